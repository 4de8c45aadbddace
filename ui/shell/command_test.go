package shell_test

import (
	"testing"

	"github.com/account-settings/pinghome/ui/uitest"
)

func TestLostAnswerIsShownAsUnknown(t *testing.T) {
	f := &uitest.Faulty{LoseReply: true}
	v := uitest.OpenFaulty(t, f)
	v.Press("2", "a")
	v.Type("lost@new.example")
	v.Press("enter")
	v.See(`\? It is not known whether this was done`, `Value +lost@new.example`)
	v.Press("esc")
	v.See(`6  @ .*lo••@new.example`) // it was read again without a key
}

// countNotes returns how many notes of feedback the backend has.
func countNotes(v *uitest.Visit) int {
	v.T.Helper()
	notes, err := v.Backend().FeedbackHistory(v.T.Context(), 100)
	if err != nil {
		v.T.Fatal(err)
	}
	return len(notes)
}

func TestFeedbackWithALostAnswerIsSentAgainWithTheSameKey(t *testing.T) {
	f := &uitest.Faulty{LoseReply: true}
	v := uitest.OpenFaulty(t, f)
	before := countNotes(v)
	v.Press("3", "c")
	v.Type("only once")
	v.Press("ctrl+s")
	v.See(`\? It is not known whether this was done`)
	v.Press("ctrl+s", "x", "backspace", "ctrl+s", "esc", "ctrl+c")
	v.RestartBehind(f) // with the draft
	f.LoseReply = false
	v.Press("3", "c", "ctrl+s")
	v.See(`✓ Thank you`)
	if n := countNotes(v); n != before+1 || len(f.Keys) != 1 {
		t.Fatalf("%d notes of %d, keys %v", n, before, f.Keys)
	}
	v.Press("c")
	v.Type("only once")
	v.Press("ctrl+s") // the same text as a new command
	if n := countNotes(v); n != before+2 {
		t.Fatalf("%d notes of %d", n, before)
	}
}

func TestChangedTextIsSentWithANewKey(t *testing.T) {
	f := &uitest.Faulty{LoseReply: true}
	v := uitest.OpenFaulty(t, f)
	before := countNotes(v)
	v.Press("3", "c")
	v.Type("first")
	v.Press("ctrl+s")
	v.Type(", and more")
	v.Press("ctrl+s")
	if n := countNotes(v); n != before+2 || len(f.Keys) != 2 {
		t.Fatalf("%d notes of %d, keys %v", n, before, f.Keys)
	}
}

func TestFormWithALostAnswerIsSavedAgainWithTheSameKey(t *testing.T) {
	for _, form := range []struct {
		opens []string
		text  string
		says  string
	}{
		{[]string{"1", "e"}, "ny", `✓`},
		{[]string{"1", "u"}, "j.smith@new.example", `Confirm the new username`},
		{[]string{"2", "a"}, "lost@new.example", `✓ Added channel 6`},
		{[]string{"2", "e"}, ".uk", `the old value works until`},
	} {
		f := &uitest.Faulty{LoseReply: true}
		v := uitest.OpenFaulty(t, f)
		v.Press(form.opens...)
		v.Type(form.text)
		v.Press("ctrl+s")
		v.See(`\? It is not known whether this was done`)
		v.Miss(`✗ It is not`)
		v.Press("ctrl+s")
		f.LoseReply = false
		v.Press("ctrl+s")
		v.See(form.says)
		if len(f.Keys) != 1 {
			t.Errorf("%v was sent as %d commands", form.opens, len(f.Keys))
		}
	}
}

func TestSwitchWithALostAnswerIsNotShownAsFailed(t *testing.T) {
	v := uitest.OpenFaulty(t, &uitest.Faulty{LoseReply: true})
	v.Press("2", "s")
	v.See(`\? It is not known whether this was done. Look before doing it again. r reads`, `1  @ .* off `)
	v.Miss(`✗ It`, `Not switched`)
	v.Press("!")
	v.See(`\? It is not known`)
	v.Press("esc", "j", " ", "G", " ", "s", "y")
	v.See(`\? It is not known whether this was done. Look before doing it`)
	v.Miss(`✗ Ch`, `Not switched`)
	v.Resize(40, 15)
	v.See(`again`)
	v.Fits()
}
