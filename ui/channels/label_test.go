package channels_test

import (
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestLabelIsGivenWithTheChannelAndFound(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("a")
	v.Type("ada@new.example")
	v.See(`enter saves · tab to the label`)
	v.Press("tab")
	v.Type(" night shift ")
	v.Press("enter")
	v.See(`Verify channel 6 · email · night shift`)
	v.Press("esc")
	v.See(`▌  6  @ night sh… +a••`)
	v.Press("/")
	v.Type("night")
	v.See(`6  @ night s\S+`, `1/1`)
	v.Press("enter", "enter")
	v.See(`Channel 6 · email · night shift`, `Label +night shift`)
	v.Resize(200, 60)
	v.See(`… #6 night shift waiting for its code`)
}

// TestLabelAloneIsChangedWithoutACode: the value stays verified, and the change is undone.
func TestLabelAloneIsChangedWithoutACode(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	v.Press("2", "j", "e")
	v.See(`Value +\+994551234567`, `Label +pager`)
	v.Press("tab")
	v.Type(" 2")
	v.Press("enter")
	v.See(`✓ Channel 2 is called pager 2 · z undo`, `▌  2  ✆ pager 2`)
	v.Miss(`Verify channel`)
	if ch := v.Channel(2); !ch.Verified || ch.Label != "pager 2" || len(sender.Sent) != 0 {
		t.Fatalf("%+v, and %d messages", ch, len(sender.Sent))
	}
	v.Press("z")
	v.See(`✓ Undone: channel 2 is called pager`, `▌  2  ✆ pager  `)
	v.Press("e", "tab", "ctrl+u", "enter")
	v.See(`✓ Channel 2 has no label now · z undo`, `▌  2  ✆  +\+994`)
	label := "elsewhere"
	if _, err := v.Backend().UpdateChannel(t.Context(), 2, v.Channel(2).Value, &label); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	v.Press("z")
	v.See(`✓ Undone: channel 2 has no label`) // the other console is the same person's
}

func TestLabelOfAnotherConsoleIsNotOverwrittenUnseen(t *testing.T) {
	v := uitest.Open(t, "2", "e", "tab", "ctrl+u")
	v.Type("mine")
	label := "theirs"
	if _, err := v.Backend().UpdateChannel(t.Context(), 1, v.Channel(1).Value, &label); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	v.Press("enter")
	v.See(`Meanwhile, the label became theirs\. ctrl\+s keeps`)
	v.Pass(uitest.ReadingTime)
	v.Press("enter")
	v.See(`✓ Channel 1 is called mine`)
	v.Press("e", "ctrl+u")
	v.Type("js@new.example")
	if _, err := v.Backend().UpdateChannel(t.Context(), 1, v.Channel(1).Value, &label); err != nil {
		t.Fatal(err)
	}
	v.Poll()
	v.Press("enter", "esc")
	if ch := v.Channel(1); ch.Label != "theirs" || ch.Value != "js@new.example" { // the label was not touched in the form
		t.Fatalf("%+v", ch)
	}
}

func TestLabelThatIsTooLongIsToldAtItsField(t *testing.T) {
	v := uitest.Open(t, "2", "e", "tab")
	v.Type(" 12345678901234567890123456789012345678901234567890")
	v.Press("ctrl+s")
	v.See(`✗ Use at most 40 characters; this has 55\.`)
	v.Press("esc", "e")
	v.See(`Your draft is back`, `Label .*4567890`)
}

func TestServerWithoutLabelsIsAskedForNone(t *testing.T) {
	v := uitest.OpenFaulty(t, &uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureLabels: "none"}})
	for value, key := range map[string]string{"ada@new.example": "a", "eva@new.example": "e"} {
		v.Press("2", "g", key)
		v.See(`Value`)
		v.Miss(`│  Label  `, `to the label`)
		v.Press("ctrl+u")
		v.Type(value)
		v.Press("enter")
		v.See(`Verify channel`)
		v.Press("esc")
	}
}

// TestUndoOfALabelSendsNoCode, also where another console has put the label back and this one
// does not know of it yet: the same value with the same label asks for a code.
func TestUndoOfALabelSendsNoCode(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	v.RestartBehind(&uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureUndo: "none"}})
	v.Press("2", "j", "j", "e", "tab")
	v.Type(" 2")
	v.Press("enter")
	v.See(`✓ Channel 3 is called ops hook 2 · z undo`)
	label := "ops hook"
	if _, err := v.Backend().UpdateChannel(t.Context(), 3, v.Channel(3).Value, &label); err != nil {
		t.Fatal(err)
	}
	v.Press("z")
	v.See(`The label could not be put back: Channel 3 has another label now\.`)
	v.Press("esc")
	v.See(`▌  3  ⇄ ops hook  `)
	v.SendQueued()
	if len(sender.Sent) != 0 {
		t.Errorf("%d messages were sent", len(sender.Sent))
	}
}

// TestUndoneVerificationSaysWhereMessagesGo, and that the code does not come back.
func TestUndoneVerificationSaysWhereMessagesGo(t *testing.T) {
	v := uitest.Open(t, "2", "e", "ctrl+u")
	v.Type("js@new.example")
	v.Press("ctrl+s")
	v.Type(v.Code("js@new.example"))
	v.See(`✓ Channel 1 is verified and on`)
	v.Press("z")
	v.See(`✓ Undone: channel 1 goes to jo••@ping-home\.org, and j\S*@new\.example needs`)
	v.Pass(uitest.WarningTime) // digits that come right after a code are dropped
	v.Press("z", "1", "u")
	v.Type("j.smith@new.example")
	v.Press("ctrl+s", "esc", "x", "y", "z")
	v.See(`✓ Undone: \S+ is the new username again, and needs a new code`)
}
