package ui

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

// deaf is a backend whose answers to changes are lost: the change is made, and
// nobody hears of it. It counts the keys that it was given.
type deaf struct {
	backend.Backend
	lost bool
	keys map[string]int
}

func (f *deaf) answer(ctx context.Context, err error) error {
	f.keys[backend.CommandOf(ctx).Key]++
	if err == nil && f.lost {
		return backend.Errorf(backend.CodeUnknown, "It is not known whether this was done. Look before doing it again.")
	}
	return err
}

func (f *deaf) SendFeedback(ctx context.Context, text string) (backend.FeedbackNote, error) {
	note, err := f.Backend.SendFeedback(ctx, text)
	return note, f.answer(ctx, err)
}

func (f *deaf) UpdateName(ctx context.Context, c backend.NameChange) (backend.Profile, error) {
	p, err := f.Backend.UpdateName(ctx, c)
	return p, f.answer(ctx, err)
}

func (f *deaf) ChangeUsername(ctx context.Context, email string) (backend.Profile, error) {
	p, err := f.Backend.ChangeUsername(ctx, email)
	return p, f.answer(ctx, err)
}

func (f *deaf) CreateChannel(ctx context.Context, kind backend.ChannelType, value string) (backend.Channel, error) {
	ch, err := f.Backend.CreateChannel(ctx, kind, value)
	return ch, f.answer(ctx, err)
}

func (f *deaf) UpdateChannel(ctx context.Context, priority int, value string) (backend.ChannelUpdate, error) {
	u, err := f.Backend.UpdateChannel(ctx, priority, value)
	return u, f.answer(ctx, err)
}

func (f *deaf) SetChannelEnabled(ctx context.Context, priority int, on bool) (backend.Channel, error) {
	ch, err := f.Backend.SetChannelEnabled(ctx, priority, on)
	return ch, f.answer(ctx, err)
}

// deafVisit opens the demo where answers to changes are lost.
func deafVisit(t *testing.T) (*visit, *deaf) {
	t.Helper()
	v, f := open(t), &deaf{lost: true, keys: map[string]int{}}
	v.behind(f)
	return v, f
}

// behind starts another console behind the same bad line.
func (v *visit) behind(f *deaf) {
	v.T.Helper()
	o := v.options()
	o.Start = v.opened(john)
	f.Backend, o.Start.View = o.Start.View, f
	v.start(o)
}

func (v *visit) notes() int {
	v.T.Helper()
	notes, err := v.m().shell.Session.View.FeedbackHistory(v.T.Context(), 100)
	if err != nil {
		v.T.Fatal(err)
	}
	return len(notes)
}
