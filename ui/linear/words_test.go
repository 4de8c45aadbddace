package linear

import (
	"strings"
	"testing"
)

// TestAHiddenPartIsAWord, once for all its signs.
func TestAHiddenPartIsAWord(t *testing.T) {
	for text, want := range map[string]string{
		"jo••@x.org": "jo hidden @x.org", "••@x.org": "hidden @x.org", "+994•••67": "+994 hidden 67", "h.org/••••": "h.org/ hidden",
		"jo••t••@x.org, number 2": "jo hidden t hidden @x.org, number 2", "channel 3 is h.org/••••, on": "channel 3 is h.org/ hidden, on", "John": "John", "": "",
		"email a••@x.org": "email letter a hidden @x.org", "the username is ••@x.org": "the username is hidden @x.org",
	} {
		if got := collapsed(text); got != want {
			t.Errorf("%q is said as %q", text, got)
		}
	}
}

// TestTheLastAnswerIsSaidAgain, with what came before the prompt, and also of a command; and the same once more.
func TestTheLastAnswerIsSaidAgain(t *testing.T) {
	v := begin(t)
	v.heard()
	v.types("channels")
	v.hears("Channel 1 is off.", "off 1")
	for range 2 {
		if said := v.types("repeat"); said != "Channel 1 is off.\nChannels. What to do? " {
			t.Errorf("it says %q", said)
		}
	}
	if _, err := v.Elsewhere.Backend().SetChannelEnabled(t.Context(), 1, true); err != nil {
		t.Fatal(err)
	}
	v.hears("Changed elsewhere. Switched on", "b", "repeat")
	v.wantEnd()
}

// TestNothingIsSaidInSignsAlone: screen readers pass most of them over.
func TestNothingIsSaidInSignsAlone(t *testing.T) {
	v := begin(t)
	said := v.heard()
	for _, line := range []string{"help", "profile", "help", "channels", "help", "1", "help", "feedback", "help", "activity", "help", "1", "messages", "help", "1", "help", "accounts", "help"} {
		said += v.types(line)
	}
	for _, sign := range []string{"24 h:", "(10 s)", "…", "•", "·", "→", "?,", " ? ", "key ?", "...", "—"} {
		if i := strings.Index(said, sign); i >= 0 {
			t.Errorf("it says %q in %q", sign, said[max(0, i-60):min(len(said), i+60)])
		}
	}
	for _, has := range []string{"key question mark", "key capital d", " hidden @ping-home.org"} {
		if !strings.Contains(said, has) {
			t.Errorf("it does not say %q", has)
		}
	}
	v.wantEnd()
}

// TestValuesAreSaidAtOnce: they are hidden again after a few seconds.
func TestValuesAreSaidAtOnce(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("Values are said in full for 10 seconds.\nChannels.", "channels", "values")
	v.hears("Username: john.smith@ping-home.org.", "profile")
	v.hears("Values are hidden.\nProfile. What to do?", "values")
	v.wantEnd()
}

// TestTheUsernameIsSpelledAsItIs now, and the one that waits.
func TestTheUsernameIsSpelledAsItIs(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("j, o, h, n, dot, s", "profile", "username ada@l.example", "spell")
	v.hears("New username: a, d, a, at, l, dot, e", "spell")
	v.hears("The username is letter a hidden @l.example.", "messages", "use code 1")
	if said := v.types("profile", "spell"); !strings.HasPrefix(said, "a, d, a, at, l, dot, e") {
		t.Errorf("it says %s", said)
	}
	v.wantEnd()
}
