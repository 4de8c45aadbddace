package main

// scene is a moment at the console: a window, and the keys that lead there.
type scene struct {
	name  string // of the file
	title string // read out in place of the picture
	w, h  int
	keys  []string
}

// scenes send no codes: a fresh code is random, and a picture of it would
// never be the same again.
var scenes = []scene{
	{"profile", "The profile: name, username, team, organization and limits", 80, 24, nil},
	{"channels", "The list of channels, with the one under the cursor in detail", 120, 24, keys("2")},
	{"verify", "Entering the code of a channel", 80, 24, keys("2", "j", "j", "v", "0", "8", "7")},
	{"delete", "The question before two channels are deleted", 80, 24, keys("2", "j", " ", "j", " ", "d")},
	{"feedback", "Feedback being written", 80, 24,
		keys("3", "c", "Thank you for the quiet hours. One wish:", "enter", "let a channel be paused until a date.")},
	{"messages", "Everything that was sent or held, with a message that carries a code", 80, 24, keys("4")},
	{"compact", "The list of channels in a small window", 40, 15, keys("2")},
}

func keys(names ...string) []string { return names }
