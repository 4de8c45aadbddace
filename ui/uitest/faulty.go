package uitest

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
)

// Faulty is a backend behind a connection that can fail. The faults apply to the
// methods that are defined here; all others are those of Backend. The zero value has no
// faults.
type Faulty struct {
	backend.Backend
	Offline   bool                       // nothing arrives
	ReadErr   error                      // the answer to readings; nil: they are answered
	ChangeErr error                      // the answer to changes, which are not made; nil: they are made
	LoseReply bool                       // changes are made, and the console does not get the answer
	Lacking   map[backend.Feature]string // why a feature is missing; nil: none is
	Calls     int                        // readings and changes so far
	Keys      map[string]int             // changes that were made, by their idempotency key
}

// OpenFaulty opens a console on the demo's data behind f.
func OpenFaulty(t testing.TB, f *Faulty) *Visit {
	t.Helper()
	v := Open(t)
	v.RestartBehind(f)
	return v
}

// RestartBehind opens another console, behind f, as Restart does.
func (v *Visit) RestartBehind(f *Faulty, changes ...func(*ui.Options)) {
	v.T.Helper()
	behind := Behind(func(b backend.Backend) backend.Backend { f.Backend = b; return f })
	v.Restart(append([]func(*ui.Options){behind}, changes...)...)
}

// read does a reading, if no fault prevents it.
func read[T any](f *Faulty, do func() (T, error)) (result T, err error) {
	f.Calls++
	switch {
	case f.Offline:
		return result, backend.Errorf(backend.CodeOffline, "The server cannot be reached.")
	case f.ReadErr != nil:
		return result, f.ReadErr
	}
	return do()
}

// change makes a change, if no fault prevents it, and loses the answer if it has to.
func change[T any](ctx context.Context, f *Faulty, do func() (T, error)) (result T, err error) {
	f.Calls++
	switch {
	case f.Offline:
		return result, backend.Errorf(backend.CodeOffline, "The server cannot be reached.")
	case f.ChangeErr != nil:
		return result, f.ChangeErr
	}
	if f.Keys == nil {
		f.Keys = map[string]int{}
	}
	f.Keys[backend.CommandOf(ctx).Key]++
	if result, err = do(); err == nil && f.LoseReply {
		err = backend.Errorf(backend.CodeUnknownOutcome, "It is not known whether this was done. Look before doing it again.")
	}
	return result, err
}

// Lacks says why a feature is missing.
func (f *Faulty) Lacks(feature backend.Feature) string { return f.Lacking[feature] }

// Profile is a reading.
func (f *Faulty) Profile(ctx context.Context) (backend.Profile, error) {
	return read(f, func() (backend.Profile, error) { return f.Backend.Profile(ctx) })
}

// Channels is a reading.
func (f *Faulty) Channels(ctx context.Context, filter backend.ChannelFilter) ([]backend.Channel, error) {
	return read(f, func() ([]backend.Channel, error) { return f.Backend.Channels(ctx, filter) })
}

// ChannelAttempts is a reading.
func (f *Faulty) ChannelAttempts(ctx context.Context, priority, limit int) ([]backend.Attempt, error) {
	return read(f, func() ([]backend.Attempt, error) { return f.Backend.ChannelAttempts(ctx, priority, limit) })
}

// Revision is a reading.
func (f *Faulty) Revision(ctx context.Context) (int64, error) {
	return read(f, func() (int64, error) { return f.Backend.Revision(ctx) })
}

// SendFeedback is a change.
func (f *Faulty) SendFeedback(ctx context.Context, text string) (backend.FeedbackNote, error) {
	return change(ctx, f, func() (backend.FeedbackNote, error) { return f.Backend.SendFeedback(ctx, text) })
}

// UpdateName is a change.
func (f *Faulty) UpdateName(ctx context.Context, c backend.NameChange) (backend.Profile, error) {
	return change(ctx, f, func() (backend.Profile, error) { return f.Backend.UpdateName(ctx, c) })
}

// ChangeUsername is a change.
func (f *Faulty) ChangeUsername(ctx context.Context, email string) (backend.Profile, error) {
	return change(ctx, f, func() (backend.Profile, error) { return f.Backend.ChangeUsername(ctx, email) })
}

// CreateChannel is a change.
func (f *Faulty) CreateChannel(ctx context.Context, kind backend.ChannelType, value, label string) (backend.Channel, error) {
	return change(ctx, f, func() (backend.Channel, error) { return f.Backend.CreateChannel(ctx, kind, value, label) })
}

// UpdateChannel is a change.
func (f *Faulty) UpdateChannel(ctx context.Context, priority int, value string, label *string) (backend.ChannelUpdate, error) {
	return change(ctx, f, func() (backend.ChannelUpdate, error) { return f.Backend.UpdateChannel(ctx, priority, value, label) })
}

// SetChannelsEnabled is a change.
func (f *Faulty) SetChannelsEnabled(ctx context.Context, priorities []int, on bool) ([]backend.Channel, error) {
	return change(ctx, f, func() ([]backend.Channel, error) { return f.Backend.SetChannelsEnabled(ctx, priorities, on) })
}

// OrderChannels is a change.
func (f *Faulty) OrderChannels(ctx context.Context, priorities []int) ([]backend.Channel, error) {
	return change(ctx, f, func() ([]backend.Channel, error) { return f.Backend.OrderChannels(ctx, priorities) })
}

// Undo is a change.
func (f *Faulty) Undo(ctx context.Context, entry string) (backend.JournalEntry, error) {
	return change(ctx, f, func() (backend.JournalEntry, error) { return f.Backend.Undo(ctx, entry) })
}

// Redo is a change.
func (f *Faulty) Redo(ctx context.Context) (backend.JournalEntry, error) {
	return change(ctx, f, func() (backend.JournalEntry, error) { return f.Backend.Redo(ctx) })
}

// Journal is a reading.
func (f *Faulty) Journal(ctx context.Context, q backend.JournalQuery) (backend.JournalPage, error) {
	return read(f, func() (backend.JournalPage, error) { return f.Backend.Journal(ctx, q) })
}

// SetChannelEnabled is a change.
func (f *Faulty) SetChannelEnabled(ctx context.Context, priority int, on bool) (backend.Channel, error) {
	return change(ctx, f, func() (backend.Channel, error) { return f.Backend.SetChannelEnabled(ctx, priority, on) })
}
