package ui

import "github.com/account-settings/pinghome/keymap"

// alsoCalled are words by which people look for actions, and that are in neither their titles
// nor their names.
var alsoCalled = map[keymap.ID]string{
	keymap.Quit:           "exit close",
	keymap.Help:           "keys shortcuts manual",
	keymap.Screen2:        "contacts notifications",
	keymap.Screen4:        "journal history audit log",
	keymap.Screen5:        "inbox outbox mail codes",
	keymap.Screen6:        "customers users people",
	keymap.FindText:       "search filter",
	keymap.ShowValues:     "mask reveal unmask",
	keymap.Refresh:        "reload",
	keymap.Notices:        "errors log",
	keymap.Switch:         "customer organization server",
	keymap.Undo:           "revert",
	keymap.UndoEntry:      "undo revert",
	keymap.Redo:           "redo repeat",
	keymap.NextProblem:    "errors failing",
	keymap.ChangeUsername: "login address",
	keymap.DeleteAccount:  "close remove",
	keymap.AddChannel:     "new create",
	keymap.NewCode:        "resend",
	keymap.SwitchChannel:  "enable disable toggle mute",
	keymap.DeleteChannel:  "remove",
	keymap.MoveUp:         "priority order",
	keymap.MoveDown:       "priority order",
	keymap.MoveTo:         "priority order move",
	keymap.NewSecret:      "rotate key",
	keymap.EnterWord:      "confirm receipt seen",
	keymap.WriteFeedback:  "new send",
	keymap.Export:         "save csv json",
	keymap.ExportChannels: "save csv json",
	keymap.SendAgain:      "resend retry",
	keymap.DeleteMessage:  "remove",
}
