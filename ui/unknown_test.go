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

func TestFeedbackThatMayHaveBeenSentIsSentAgainAsTheSameCommand(t *testing.T) {
	v, f := deafVisit(t)
	before := v.notes()
	v.Press("3", "c")
	v.Type("only once")
	v.Press("ctrl+s")
	v.See(`\? It is not known whether this was done`)
	v.Press("ctrl+s", "x", "backspace", "ctrl+s", "esc", "ctrl+c")
	v.behind(f) // the next day, perhaps
	f.lost = false
	v.Press("3", "c", "ctrl+s")
	v.See(`✓ Thank you`)
	if n := v.notes(); n != before+1 || len(f.keys) != 1 {
		t.Fatalf("%d notes of %d, keys %v", n, before, f.keys)
	}
	v.Press("c")
	v.Type("only once")
	v.Press("ctrl+s") // the same words, meant anew
	if n := v.notes(); n != before+2 {
		t.Fatalf("%d notes of %d", n, before)
	}
}

func TestOtherWordsAreAnotherCommand(t *testing.T) {
	v, f := deafVisit(t)
	before := v.notes()
	v.Press("3", "c")
	v.Type("first")
	v.Press("ctrl+s")
	v.Type(", and more")
	v.Press("ctrl+s")
	if n := v.notes(); n != before+2 || len(f.keys) != 2 {
		t.Fatalf("%d notes of %d, keys %v", n, before, f.keys)
	}
}

func TestAFormThatMayHaveBeenSavedIsSavedAgainAsTheSameCommand(t *testing.T) {
	for _, form := range []struct {
		opens []string
		text  string
		says  string
	}{
		{[]string{"1", "e"}, "ny", `✓`},
		{[]string{"1", "u"}, "j.smith@new.example", `Confirm the new username`},
		{[]string{"2", "a", "tab"}, "lost@new.example", `✓ Added channel 6`},
		{[]string{"2", "e"}, ".uk", `the old value works until`},
	} {
		v, f := deafVisit(t)
		v.Press(form.opens...)
		v.Type(form.text)
		v.Press("ctrl+s")
		v.See(`\? It is not known whether this was done`)
		v.Miss(`✗ It is not`)
		v.Press("ctrl+s")
		f.lost = false
		v.Press("ctrl+s")
		v.See(form.says)
		if len(f.keys) != 1 {
			t.Errorf("%v was sent as %d commands", form.opens, len(f.keys))
		}
	}
}

func TestASwitchThatMayHaveBeenMadeIsNotToldAsAFailure(t *testing.T) {
	v, _ := deafVisit(t)
	v.Press("2", "s")
	v.See(`\? It is not known whether this was done. Look before doing it again. r reads`, `1  @ email .* off `)
	v.Miss(`✗ It`, `Not switched`)
	v.Press("!")
	v.See(`\? It is not known`)
	v.Press("esc", "j", " ", "G", " ", "s")
	v.See(`\? Channel 2: It is not known whether this was done. Look before doing it`, `again. r reads again. Not tried: channel 5`)
	v.Miss(`✗ Ch`, `Not switched`)
	v.Resize(40, 15)
	v.See(`again`)
	v.Fits()
}
