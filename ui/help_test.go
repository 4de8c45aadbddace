package ui_test

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui/uitest"
)

func TestHelpShowsTheActionsAndDoesThem(t *testing.T) {
	v := uitest.Open(t)
	v.Press("2", "?")
	v.See(`Keys`, `Channels: add a channel +a n`)
	v.Type("test mess")
	v.See(`Channels: send a test message +t`)
	v.Press("enter")
	v.See(`Channel 1: test message held`)
}

func TestHelpSaysWhatCanBeFound(t *testing.T) {
	v := uitest.Open(t, "4", "?")
	v.Type("find")
	v.See(`find in this list +/`)
}

func TestHelpWhileTypingShowsTheKeysOfTyping(t *testing.T) {
	v := uitest.Open(t)
	v.Press("2", "a", "f1")
	v.See(`Forms: save +ctrl\+s`)
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
		v.See(`Keys`, `! Nothing to undo`)
		v.Fits()
		v.Press("esc")
		v.Pass(10 * time.Second)
	}
}
