package main

import "github.com/account-settings/pinghome/ui/drive"

// scene is one picture: a window, and the keys that lead to what it shows.
type scene struct {
	name  string // of the file
	title string // read out in place of the picture
	w, h  int    // in cells
	play  func(*drive.Driver)
}

// scenes must not send codes: a new code is random, and so would be the picture.
var scenes = []scene{
	{"profile", "The profile: name, username, team, organization and limits", 80, 24, press()},
	{"channels", "The list of channels, with the one under the cursor in detail", 120, 24, press("2")},
	{"verify", "Entering the code of a channel", 80, 24, press("2", "j", "j", "v", "0", "8", "7")},
	{"delete", "The question before two channels are deleted", 80, 24, press("2", "j", " ", "j", " ", "d")},
	{"feedback", "Feedback being written", 80, 24, writeFeedback},
	{"messages", "Everything that was sent or held, with a message that carries a code", 80, 24, press("4")},
	{"compact", "The list of channels in a small window", 40, 15, press("2")},
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
}
