package ui

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

// far is a backend behind a line that can be cut, in front of the demo.
type far struct {
	backend.Backend
	cut        bool
	unreadable error // what readings are answered
	refuses    error // what changes are answered, and not made
	lost       bool  // changes are done, and their answers lost
	lacks      map[backend.Feature]string
	calls      int
}

func (f *far) Lacks(x backend.Feature) string { return f.lacks[x] }

func (f *far) fault() error {
	f.calls++
	if f.cut {
		return backend.Errorf(backend.CodeOffline, "The server cannot be reached.")
	}
	return f.unreadable
}

func (f *far) ChannelAttempts(ctx context.Context, priority, limit int) ([]backend.Attempt, error) {
	if err := f.fault(); err != nil {
		return nil, err
	}
	return f.Backend.ChannelAttempts(ctx, priority, limit)
}

func (f *far) Profile(ctx context.Context) (backend.Profile, error) {
	if err := f.fault(); err != nil {
		return backend.Profile{}, err
	}
	return f.Backend.Profile(ctx)
}

func (f *far) Channels(ctx context.Context, filter backend.ChannelFilter) ([]backend.Channel, error) {
	if err := f.fault(); err != nil {
		return nil, err
	}
	return f.Backend.Channels(ctx, filter)
}

func (f *far) Revision(ctx context.Context) (int64, error) {
	if err := f.fault(); err != nil {
		return 0, err
	}
	return f.Backend.Revision(ctx)
}

func (f *far) SendFeedback(ctx context.Context, text string) (backend.FeedbackNote, error) {
	if err := f.fault(); err != nil {
		return backend.FeedbackNote{}, err
	}
	return f.Backend.SendFeedback(ctx, text)
}

func (f *far) UpdateName(ctx context.Context, c backend.NameChange) (backend.Profile, error) {
	if err := f.fault(); err != nil {
		return backend.Profile{}, err
	}
	return f.Backend.UpdateName(ctx, c)
}

func (f *far) CreateChannel(ctx context.Context, kind backend.ChannelType, value string) (backend.Channel, error) {
	if f.refuses != nil {
		return backend.Channel{}, f.refuses
	}
	ch, err := f.Backend.CreateChannel(ctx, kind, value)
	if err == nil && f.lost {
		return backend.Channel{}, backend.Errorf(backend.CodeUnknown, "It is not known whether this was done.")
	}
	return ch, err
}

// farVisit opens the demo behind a line.
func farVisit(t *testing.T, f *far) *visit {
	t.Helper()
	v := open(t)
	o := v.options()
	o.Start = v.opened(john)
	f.Backend = o.Start.View
	o.Start.View = f
	v.start(o)
	return v
}

// damaged is a backend whose channels cannot be read.
type damaged struct {
	backend.Backend
	broken bool
}

func (u *damaged) Channels(ctx context.Context, f backend.ChannelFilter) ([]backend.Channel, error) {
	if u.broken {
		return nil, backend.Errorf(backend.CodeUnavailable, "The database is damaged.")
	}
	return u.Backend.Channels(ctx, f)
}
