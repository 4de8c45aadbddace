package ui

import (
	"errors"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

func TestKeysThatArriveTogetherAreAllHeard(t *testing.T) {
	v := open(t)
	v.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("2jj")})
	v.see(`\[2 Channels\]`, `3/5`)
}

func TestLettersThatSpellAKeyAreLetters(t *testing.T) {
	v := open(t)
	v.press("3", "c")
	for _, word := range []string{"ctrl+c", " tab", " esc", " f1"} {
		v.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(word)})
	}
	v.see(`ctrl\+c tab esc f1`)
	if v.quit {
		t.Fatal("a word quit the program")
	}
	v.press("esc", "2", "a", "tab")
	v.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("down")})
	v.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("enter")})
	v.see(`Value +downenter`)
}

func TestEscapeAndALetterInOneReadAreTwoKeys(t *testing.T) {
	v := open(t)
	v.press("2", " ")
	v.see(`1 chosen`)
	v.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("j"), Alt: true})
	v.see(`3/5`)
	v.miss(`chosen`)
}

func TestAPastedQNeverQuits(t *testing.T) {
	v := open(t)
	v.paste("q")
	if v.quit {
		t.Fatal("it quit")
	}
	v.see(`no text field to paste into`)
}

func TestALateAnswerOfTheTerminalIsNoKey(t *testing.T) {
	v := open(t)
	v.press("2")
	v.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("]"), Alt: true})
	v.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("11;rgb:1e1e/1e1e/1e1e")})
	v.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(`\`), Alt: true})
	v.see(`\[2 Channels\]`, `1/5`)
}

func TestHelpShowsTheKeysAndDoesThem(t *testing.T) {
	v := open(t)
	v.press("2", "?")
	v.see(`Keys`, `Channels: add a channel +a n`)
	v.write("test mess")
	v.see(`Channels: send a test message +t`)
	v.press("enter")
	v.see(`▯ Channel 1: test message`)
}

func TestHelpWhileTypingShowsTheKeysOfTyping(t *testing.T) {
	v := open(t)
	v.press("2", "a", "f1")
	v.see(`Forms: save +ctrl\+s`)
	v.press("esc")
	v.see(`Add channel`)
	v.press("esc")
	v.miss(`Add channel`)
}

func TestEveryActionOfAScreenHasAnAnswer(t *testing.T) {
	for place, s := range screens {
		for _, a := range append(keymap.New().In(s.scope), keymap.New().In(keymap.Anywhere)...) {
			if a.ID == keymap.Quit || a.ID == keymap.Refresh {
				continue
			}
			v := open(t)
			v.press(string(rune('1' + place)))
			if s.scope == keymap.Channels {
				v.press("j", "j") // a channel with a code waiting
			}
			before := v.screen()
			_, cmd := v.m.Update(keyMsg(a.Keys[0]))
			if v.screen() == before && cmd == nil && !isQuiet(a.ID) {
				t.Errorf("%s (%s) on %s does nothing and says nothing:\n%s", a.ID, a.Keys[0], s.scope, v.screen())
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

func keyMsg(name string) tea.KeyMsg {
	for _, k := range []tea.KeyType{tea.KeyUp, tea.KeyDown, tea.KeyEnter, tea.KeyEsc, tea.KeyTab, tea.KeyShiftUp, tea.KeyShiftDown, tea.KeyF5, tea.KeyCtrlD, tea.KeyCtrlU} {
		if k.String() == name {
			return tea.KeyMsg{Type: k}
		}
	}
	return keyOf(name)
}

func TestQuittingWaitsForWhatIsBeingSaved(t *testing.T) {
	v := open(t)
	v.press("2")
	_, saving := v.m.Update(keyOf("t"))
	v.press("q")
	if v.quit {
		t.Fatal("it did not wait")
	}
	v.see(`1 change being saved · q again to leave`)
	v.run(saving)
	if !v.quit {
		t.Fatal("it waited for nothing")
	}
}

func TestASecondQLeavesAtOnce(t *testing.T) {
	v := open(t)
	v.press("2")
	v.m.Update(keyOf("t"))
	v.press("q", "q")
	if !v.quit {
		t.Fatal("it did not leave")
	}
}

func TestTwoSecondsAreEnough(t *testing.T) {
	v := open(t)
	v.press("2")
	v.m.Update(keyOf("t"))
	v.press("ctrl+c")
	v.pass(2 * time.Second)
	if !v.quit {
		t.Fatal("it waits for ever")
	}
}

func TestAReplyThatCameTooLateIsDropped(t *testing.T) {
	v := open(t)
	v.press("2")
	_, old := v.m.Update(keyOf("r"))
	v.press("r")
	v.press("a", "tab")
	v.write("later@new.example")
	v.press("enter", "esc")
	v.see(`6 of 10`)
	v.run(old)
	v.see(`6 of 10`)
}

func TestWhatTakesLongIsToldAndCanBeGivenUp(t *testing.T) {
	v := open(t)
	v.press("2")
	v.m.Update(keyOf("t"))
	v.pass(4 * time.Second)
	v.see(`◌ working`, `Still working · esc gives up`)
	v.press("esc")
	v.see(`\? It is not known whether the change was done. r reads what is there`)
}

func TestLoadingIsShownAfterAMoment(t *testing.T) {
	v := open(t)
	v.m = New(Options{Shell: shell.Options{Place: "demo", Look: v.m.shell.Look, Now: v.clock, Still: true}, Start: v.opened(john)})
	v.size(80, 24)
	reading := v.m.Init()
	v.press("2")
	v.miss(`░`, `loading`)
	v.now = v.now.Add(200 * time.Millisecond)
	v.m.Update(struct{}{})
	v.see(`◌ loading`, `░░░░░░░`)
	v.run(reading)
	v.see(`● demo`, `1  @ email`)
	v.miss(`░`)
}

func TestAFailedReadingIsToldWithAWayOut(t *testing.T) {
	f := &far{unreadable: errors.New("the disk is on fire")}
	v := farVisit(t, f)
	v.see(`✗ The profile could not be read`, `r tries again`)
	f.unreadable = nil
	v.press("r")
	v.see(`Name +John`)
}

func TestEarlierNoticesAreKept(t *testing.T) {
	v := open(t)
	v.press("y", "!")
	v.see(`Earlier notices`, `Gave the customer id`)
	v.press("esc")
	v.miss(`Earlier notices`)
}

func TestSwitchingTheAccount(t *testing.T) {
	v := open(t)
	v.press("o")
	v.see(`Switch account`, `John Smith`, `here`, `Anna Smits`, `Smilla Berg`)
	v.write("smla")
	v.press("enter")
	v.see(`Name +Smilla`, `Trial +until`)
}

func TestNoticesStayOnTheirScreenAndHideNoTyping(t *testing.T) {
	v := open(t)
	v.press("4", "/")
	v.see(`! There is nothing to find on this screen`)
	v.press("2")
	v.miss(`nothing to find`)
	v.press("s", "/")
	v.write("sms")
	v.see(`/sms`, `1/1`)
}

func TestATestThatWasGivenUpDoesNotSilenceTheNext(t *testing.T) {
	v := open(t)
	v.press("2")
	v.m.Update(keyOf("t"))
	v.pass(4 * time.Second)
	v.press("esc", "t")
	v.see(`▯ Channel 1: test message`)
}

func TestAMessageNobodyKnowsChangesNothing(t *testing.T) {
	v := open(t)
	before := v.screen()
	v.send(struct{}{})
	if v.screen() != before {
		t.Fatal("it changed")
	}
}
