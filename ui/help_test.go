package ui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestHelpShowsTheActionsAndDoesThem(t *testing.T) {
	v := uitest.Open(t)
	v.Press("2", "?")
	v.See(`Keys`, `Channels · this screen`, `add a channel +a n`)
	v.Type("test mess")
	v.See(`Channels · this screen`, `send a test message \(stays sent\) +t`)
	v.Press("enter")
	v.See(`Channel 1: test message held`)
}

func TestHelpSaysWhatCanBeFound(t *testing.T) {
	v := uitest.Open(t, "5", "?")
	v.Type("find")
	v.See(`find in this list +/`)
}

func TestHelpHasTwoColumnsWhereThereIsRoom(t *testing.T) {
	v := uitest.Open(t, "2", "?")
	v.Miss(`Everywhere`)
	v.Press("ctrl+d", "ctrl+d", "ctrl+d")
	v.See(`Everywhere`)
	v.Press("esc")
	v.Resize(120, 50)
	v.Press("?")
	v.See(`Everywhere +Channels · this screen`, `▌ add a channel`, `Also while text is typed`, `Profile`, `Feedback`)
	v.Press("left")
	v.See(`▌ this help`)
	v.Press("right", "j")
	v.See(`▌ edit the value`)
	v.Press("tab", "j", "enter")
	v.See(`\[1 Profile\]`)
	v.Miss(`this screen`)
}

// TestHelpClosesAsItOpened: while nothing is typed, letters that are keys elsewhere are
// keys.
func TestHelpClosesAsItOpened(t *testing.T) {
	v := uitest.Open(t, "2")
	for _, key := range []string{"?", "q", "esc", "f1"} {
		v.Press("?", "j", "k", "down", key)
		v.Miss(`Keys`)
	}
	if v.HasQuit {
		t.Fatal("q quit")
	}
	v.Press("?", "/")
	v.Type("q")
	v.See(`> q`, `quit, drafts are kept|back from a page, else quit`)
	v.Press("esc")
	v.See(`> type to find`)
	v.Press("esc")
	v.Miss(`Keys`)
}

func TestHelpOfAnotherScreenSaysWhereItsKeysWork(t *testing.T) {
	v := uitest.Open(t, "1", "?")
	v.Type("add a channel")
	v.Press("enter")
	v.Miss(`Keys`)
	v.See(`! a n is a key of Channels: 2 goes there\.`)
}

func TestHelpWhileTypingShowsTheKeysOfTyping(t *testing.T) {
	v := uitest.Open(t)
	v.Press("2", "a")
	v.See(`F1 keys  esc leave`)
	v.Press("f1")
	v.See(`Forms`, `save +ctrl\+s`)
	v.Miss(`do it`)
	v.Press("esc")
	v.See(`Add channel`)
	v.Press("esc")
	v.Miss(`Add channel`)
}

func TestHelpSaysWhyAnActionIsOff(t *testing.T) {
	v := uitest.Open(t)
	for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 15}} {
		v.Resize(size[0], size[1])
		v.Press("?")
		v.Type("undo")
		v.Press("enter")
		v.Miss(`Keys`)
		v.See(`! Nothing to undo`)
		v.Fits()
		v.Pass(10 * time.Second)
	}
}

func TestAnUnknownKeyIsToldOnce(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("Q")
	v.See(`There is no key Q here · \? lists them\.`)
	v.Pass(10 * time.Second)
	v.Miss(`no key`)
	v.Press("Q", "Q")
	v.Miss(`no key`)
	v.Press("ctrl+x")
	v.See(`There is no key ctrl\+x here`)
	v.Pass(10 * time.Second)
	v.Press("j", "Q")
	v.See(`There is no key Q here`)
	v.Press("j")
	v.Miss(`no key`)
}

func TestUnknownKeysOfDialogsAndStartScreens(t *testing.T) {
	v := uitest.Open(t, "2", "d", "Q")
	v.See(`There is no key Q here`, `Keep`)
	v.Press("?")
	v.See(`Questions`)
	v.Press("?", "n")
	v.Pass(10 * time.Second)
	v.Press("a", "Q", "é", "ctrl+x")
	v.See(`Value +Qé`)
	v.Miss(`no key`)
	v.Restart()
	v.Press("\x01")
	if strings.ContainsRune(v.Screen(), 1) {
		t.Error("a control character is on the screen")
	}
	v = openFirstRun(t, ui.Setup{})
	v.Press("Q")
	v.See(`There is no key Q here`)
	v.Fits()
	v.Press("?")
	v.See(`First choice`)
	v.Press("?", "2")
	v.See(`There is nothing here before you have chosen`)
}

// TestQGoesBackFromAPage that enter opened, and quits only from the list.
func TestQGoesBackFromAPage(t *testing.T) {
	v := uitest.Open(t, "2", "enter")
	v.See(`esc back`)
	v.Press("q")
	v.Miss(`esc back`)
	if v.HasQuit {
		t.Fatal("it quit from the page")
	}
	v.Press("q")
	if !v.HasQuit {
		t.Fatal("it stayed in the list")
	}
}
