package ui

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/drive"
)

func TestKeysThatArriveTogetherAreAllHeard(t *testing.T) {
	v := open(t)
	v.Burst("2jj")
	v.See(`\[2 Channels\]`, `3/5`)
}

func TestLettersThatSpellAKeyAreLetters(t *testing.T) {
	v := open(t)
	v.Press("3", "c")
	for _, word := range []string{"ctrl+c", " tab", " esc", " f1"} {
		v.Burst(word)
	}
	v.See(`ctrl\+c tab esc f1`)
	if v.HasQuit {
		t.Fatal("a word quit the program")
	}
	v.Press("esc", "2", "a", "tab")
	v.Burst("down")
	v.Burst("enter")
	v.See(`Value +downenter`)
}

func TestEscapeAndALetterInOneReadAreTwoKeys(t *testing.T) {
	v := open(t)
	v.Press("2", " ")
	v.See(`1 chosen`)
	v.Press("alt+j")
	v.See(`3/5`)
	v.Miss(`chosen`)
}

func TestAPastedQNeverQuits(t *testing.T) {
	v := open(t)
	v.Paste("q")
	if v.HasQuit {
		t.Fatal("it quit")
	}
	v.See(`no text field to paste into`)
}

func TestALateAnswerOfTheTerminalIsNoKey(t *testing.T) {
	v := open(t)
	v.Press("2")
	v.Press("alt+]")
	v.Burst("11;rgb:1e1e/1e1e/1e1e")
	v.Press(`alt+\`)
	v.See(`\[2 Channels\]`, `1/5`)
}

func TestHelpShowsTheKeysAndDoesThem(t *testing.T) {
	v := open(t)
	v.Press("2", "?")
	v.See(`Keys`, `Channels: add a channel +a n`)
	v.Type("test mess")
	v.See(`Channels: send a test message +t`)
	v.Press("enter")
	v.See(`▯ Channel 1: test message`)
}

func TestHelpWhileTypingShowsTheKeysOfTyping(t *testing.T) {
	v := open(t)
	v.Press("2", "a", "f1")
	v.See(`Forms: save +ctrl\+s`)
	v.Press("esc")
	v.See(`Add channel`)
	v.Press("esc")
	v.Miss(`Add channel`)
}

func TestEveryActionOfAScreenHasAnAnswer(t *testing.T) {
	for place, s := range screens {
		for _, a := range append(keymap.New().In(s.scope), keymap.New().In(keymap.Anywhere)...) {
			if a.ID == keymap.Quit || a.ID == keymap.Refresh {
				continue
			}
			v := open(t)
			v.Press(string(rune('1' + place)))
			if s.scope == keymap.Channels {
				v.Press("j", "j") // a channel with a code waiting
			}
			before := v.Screen()
			cmd := v.Update(drive.Key(a.Keys[0]))
			if v.Screen() == before && cmd == nil && !isQuiet(a.ID) {
				t.Errorf("%s (%s) on %s does nothing and says nothing:\n%s", a.ID, a.Keys[0], s.scope, v.Screen())
			}
		}
	}
}

// isQuiet names actions that may have nothing to change: the cursor stands
// there already, or nothing is open.
func isQuiet(id keymap.ID) bool {
	switch id {
	case keymap.Up, keymap.Top, keymap.HalfUp, keymap.Back, keymap.Down, keymap.Bottom, keymap.HalfDown, keymap.Screen1, keymap.Screen2,
		keymap.Screen3, keymap.Screen4, keymap.ClearTypes, keymap.ClearStates, keymap.ShowValues:
		return true
	}
	return false
}

func TestQuittingWaitsForWhatIsBeingSaved(t *testing.T) {
	v := open(t)
	v.Press("2")
	saving := v.Update(drive.Key("t"))
	v.Press("q")
	if v.HasQuit {
		t.Fatal("it did not wait")
	}
	v.See(`1 change being saved · q again to leave`)
	v.Run(saving)
	if !v.HasQuit {
		t.Fatal("it waited for nothing")
	}
}

func TestASecondQLeavesAtOnce(t *testing.T) {
	v := open(t)
	v.Press("2")
	v.Update(drive.Key("t"))
	v.Press("q", "q")
	if !v.HasQuit {
		t.Fatal("it did not leave")
	}
}

func TestTwoSecondsAreEnough(t *testing.T) {
	v := open(t)
	v.Press("2")
	v.Update(drive.Key("t"))
	v.Press("ctrl+c")
	v.Pass(2 * time.Second)
	if !v.HasQuit {
		t.Fatal("it waits for ever")
	}
}

func TestSwitchingTheAccount(t *testing.T) {
	v := open(t)
	v.Press("o")
	v.See(`Switch account`, `John Smith`, `here`, `Anna Smits`, `Smilla Berg`)
	v.Type("smla")
	v.Press("enter")
	v.See(`Name +Smilla`, `Trial +until`)
}

func TestAMessageNobodyKnowsChangesNothing(t *testing.T) {
	v := open(t)
	before := v.Screen()
	v.Send(struct{}{})
	if v.Screen() != before {
		t.Fatal("it changed")
	}
}
