package ui_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestKeysReadTogetherAreHandledOneByOne(t *testing.T) {
	v := uitest.Open(t)
	v.Burst("2jj")
	v.See(`\[2 Channels`, `3/5`)
}

func TestTextThatSpellsAKeyIsText(t *testing.T) {
	v := uitest.Open(t)
	v.Press("3", "c")
	for _, word := range []string{"ctrl+c", " tab", " esc", " f1"} {
		v.Burst(word)
	}
	v.See(`ctrl\+c tab esc f1`)
	if v.HasQuit {
		t.Fatal("a word quit the program")
	}
	v.Press("esc", "2", "a")
	v.Burst("down")
	v.Burst("enter")
	v.See(`Value +downenter`)
}

func TestEscAndALetterReadTogetherAreTwoKeys(t *testing.T) {
	v := uitest.Open(t)
	v.Press("2", " ")
	v.See(`1 chosen`)
	v.Press("alt+j")
	v.See(`3/5`)
	v.Miss(`chosen`)
}

func TestPastedQDoesNotQuit(t *testing.T) {
	v := uitest.Open(t)
	v.Paste("q")
	if v.HasQuit {
		t.Fatal("it quit")
	}
	v.See(`no text field to paste into`)
}

// TestKeysInAWindowThatIsTooSmallDoNothing, since what they would do is not seen.
func TestKeysInAWindowThatIsTooSmallDoNothing(t *testing.T) {
	v := uitest.Open(t, "2")
	before := v.Screen()
	v.Resize(30, 10)
	v.Press("s", "j", "enter", "a", "x", "D", "3")
	v.Resize(80, 24)
	if v.Screen() != before {
		t.Errorf("something was done:\n%s", v.Screen())
	}
	v.Resize(30, 10)
	v.Press("ctrl+c")
	if !v.HasQuit {
		t.Error("ctrl+c does not quit")
	}
}

// TestBytesThatAreNoTextAreShownInAField, so that it is seen that something is missing.
func TestBytesThatAreNoTextAreShownInAField(t *testing.T) {
	v := uitest.Open(t, "3", "c")
	v.Burst("caf\ufffd")
	v.Paste("p\ufffdq")
	v.See(`caf\?p\?q`)
}

func TestEveryActionOfAScreenShowsAnEffect(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED IN SHORT RUNS: what a key shows is drawn by one goroutine, and this draws hundreds of screens")
	}
	for place, tab := range tabs(uitest.Open(t)) {
		scope := keymap.Scope(tab)
		of := keymap.New().In(scope)
		if len(of) == 0 {
			t.Errorf("there are no keys for the screen %s", tab)
		}
		for _, a := range append(of, keymap.New().In(keymap.Anywhere)...) {
			if a.ID == keymap.Quit || a.ID == keymap.Refresh {
				continue
			}
			v := uitest.Open(t)
			v.Press(string(rune('1' + place)))
			if scope == keymap.Channels {
				v.Press("j", "j") // a channel with a code waiting
			}
			before := v.Screen()
			cmd := v.Update(drive.Key(a.Keys[0]))
			if v.Screen() == before && cmd == nil && !isQuiet(a.ID) {
				t.Errorf("%s (%s) on %s does nothing and says nothing:\n%s", a.ID, a.Keys[0], scope, v.Screen())
			}
		}
	}
}

func TestUnknownMessageChangesNothing(t *testing.T) {
	v := uitest.Open(t)
	before := v.Screen()
	v.Send(struct{}{})
	if v.Screen() != before {
		t.Fatal("it changed")
	}
}

// isQuiet reports whether an action may have nothing to do, because the cursor is there
// already or nothing is open.
func isQuiet(id keymap.ID) bool {
	switch id {
	case keymap.Up, keymap.Top, keymap.HalfUp, keymap.Back, keymap.Down, keymap.Bottom, keymap.HalfDown, keymap.Screen1, keymap.Screen2,
		keymap.Screen3, keymap.Screen4, keymap.Screen5, keymap.Screen6, keymap.AllAccounts, keymap.ClearTypes, keymap.ClearStates, keymap.ClearKinds, keymap.ShowValues:
		return true
	}
	return false
}

// tabs returns the titles of all screens.
func tabs(v *uitest.Visit) (titles []string) {
	line := strings.Split(v.Screen(), "\n")[1]
	for _, tab := range regexp.MustCompile(`\b\d (\pL{2,})`).FindAllStringSubmatch(line, -1) {
		titles = append(titles, tab[1])
	}
	return titles
}
