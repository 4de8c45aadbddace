package main

import (
	"fmt"
	"time"

	"github.com/account-settings/pinghome/ui/drive"
)

// size is that of a window, in cells.
type size struct{ w, h int }

func (s size) String() string { return fmt.Sprintf("%dx%d", s.w, s.h) }

// The sizes of the pictures: the smallest window that is not compact, a usual one
// and a large one; and one that is compact.
var (
	sizes   = []size{{80, 24}, {120, 40}, {200, 60}}
	compact = []size{{40, 15}}
)

// scene is what a picture shows, and the keys that lead there.
type scene struct {
	name  string // of the file, before size and shade
	title string // read out in place of the picture
	sizes []size
	play  func(*drive.Driver)
}

var scenes = []scene{
	{"profile", "The profile: name, username, team, organization and limits", sizes, press()},
	{"channels", "The list of channels, with the one under the cursor in detail", sizes, press("2")},
	{"verify", "Entering the code of a channel", sizes, press("2", "j", "j", "v", "0", "8", "7")},
	{"delete", "The question before two channels are deleted", sizes, press("2", "j", " ", "j", " ", "d")},
	{"feedback", "Feedback being written", sizes, writeFeedback},
	{"activity", "Who changed what, with what was before and after", sizes, press("2", "s", "4")},
	{"messages", "Everything that was sent or held, with a message that carries a code", sizes, press("5")},
	{"compact", "The list of channels in a small window", compact, press("2")},
}

// press returns the play function of a scene that needs keys only.
func press(names ...string) func(*drive.Driver) {
	return func(d *drive.Driver) { d.Press(names...) }
}

func writeFeedback(d *drive.Driver) {
	d.Press("3", "c")
	d.Type("Thank you for the quiet hours. One wish:")
	d.Press("enter")
	d.Type("let a channel be paused until a date.")
	d.Pass(time.Second) // the draft is written
}
