package channels_test

import (
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

// elsewhere gives channel 1 another value and label, as another console would; "" for the value
// and nil for the label leave them as they are.
func elsewhere(v *uitest.Visit, value string, label *string) {
	v.T.Helper()
	if value == "" {
		value = v.Channel(1).Value
	}
	if _, err := v.Backend().UpdateChannel(v.T.Context(), 1, value, label); err != nil {
		v.T.Fatal(err)
	}
}

func theirs() *string { label := "theirs"; return &label }

// TestFormSendsOnlyWhatWasChanged, also where the console has not heard of the other change yet.
func TestFormSendsOnlyWhatWasChanged(t *testing.T) {
	const value, other = "js@new.example", "jo@other.example"
	for name, c := range map[string]struct {
		keys      []string // until the text that is typed
		text      string
		change    func(*uitest.Visit)
		isPolled  bool
		wantValue string
		wantLabel string
	}{
		"value, and their label":              {[]string{"ctrl+u"}, value, func(v *uitest.Visit) { elsewhere(v, "", theirs()) }, true, value, "theirs"},
		"value, and their label, not polled":  {[]string{"ctrl+u"}, value, func(v *uitest.Visit) { elsewhere(v, "", theirs()) }, false, value, "theirs"},
		"label, and their value":              {[]string{"tab", "ctrl+u"}, "mine", func(v *uitest.Visit) { elsewhere(v, other, nil) }, true, other, "mine"},
		"label, and their value, not polled":  {[]string{"tab", "ctrl+u"}, "mine", func(v *uitest.Visit) { elsewhere(v, other, nil) }, false, other, "mine"},
		"the label that they have given, too": {[]string{"tab", "ctrl+u"}, "theirs", func(v *uitest.Visit) { elsewhere(v, "", theirs()) }, false, "john.smith@ping-home.org", "theirs"},
	} {
		t.Run(name, func(t *testing.T) {
			v := uitest.Open(t, "2", "e")
			v.Press(c.keys...)
			v.Type(c.text)
			c.change(v)
			if c.isPolled {
				v.Poll()
			}
			v.Press("ctrl+s")
			v.Miss(`Edit channel`)
			if ch := v.Channel(1); ch.Value != c.wantValue || ch.Label != c.wantLabel {
				t.Fatalf("%s, %s", ch.Value, ch.Label)
			}
		})
	}
}

// TestLabelOfAnotherConsoleIsKeptUntilItWasSeen: it was changed right before the form opened or
// was saved, and this console has not heard of it.
func TestLabelOfAnotherConsoleIsKeptUntilItWasSeen(t *testing.T) {
	v := uitest.Open(t, "2")
	elsewhere(v, "", theirs())
	v.Press("e", "tab", "ctrl+u")
	v.Type("mine")
	v.Press("ctrl+s")
	v.See(`! Meanwhile, the label became theirs`, `takes theirs`, `Label +mine`)
	if ch := v.Channel(1); ch.Label != "theirs" {
		t.Fatal(ch.Label)
	}
	v.Pass(uitest.ReadingTime)
	v.Press("ctrl+s")
	v.See(`✓ Channel 1 is called mine`)
}

// TestDraftOverwritesNothingUnseen that was changed after it was typed.
func TestDraftOverwritesNothingUnseen(t *testing.T) {
	v := uitest.Open(t, "2", "e", "ctrl+u")
	v.Type("js@new.example")
	v.Press("esc")
	elsewhere(v, "", theirs())
	v.Poll()
	v.Press("e")
	v.See(`Your draft is back`, `Value +js@new.example`, `Label +theirs`)
	v.Press("tab", "ctrl+u")
	v.Type("mine")
	v.Press("esc")
	label := "theirs 2"
	elsewhere(v, "", &label)
	v.Poll()
	v.Restart()
	v.Press("2", "e")
	v.See(`Your draft is back\. Meanwhile, the label became theirs`, `Value +js@new.example`, `Label +mine`)
	v.Press("ctrl+s")
	v.See(`Edit channel 1`, `the label became theirs\s`)
	v.Press("ctrl+r")
	v.See(`Value +js@new.example`, `Label +theirs 2`, `Theirs is taken · ctrl\+r brings yours back`)
	v.Press("ctrl+r")
	v.See(`Label +mine`, `the label became theirs\s`)
	v.Pass(uitest.ReadingTime)
	v.Press("ctrl+s")
	v.See(`Verify channel 1 · email · mine`)
	if ch := v.Channel(1); ch.Label != "mine" || ch.Value != "js@new.example" {
		t.Fatal(ch.Value, ch.Label)
	}
}

// TestLabelOfAPendingChannelAsksForNoCode where another console has given it the same label.
func TestLabelOfAPendingChannelAsksForNoCode(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	v.Press("2", "j", "j", "e", "tab", "ctrl+u")
	v.Type("theirs")
	if _, err := v.Backend().UpdateChannel(t.Context(), 3, v.Channel(3).Value, theirs()); err != nil {
		t.Fatal(err)
	}
	v.Press("ctrl+s")
	v.See(`✓ Channel 3 is called theirs`)
	v.Miss(`Verify channel`)
	v.SendQueued()
	if ch := v.Channel(3); len(sender.Sent) != 0 || ch.Label != "theirs" || ch.Status() != backend.StatusPending {
		t.Errorf("%d messages were sent, %+v", len(sender.Sent), ch)
	}
}
