package keymap

// commands are the commands that do the same as an action of the console, as the words behind "pinghome".
var commands = map[ID]string{
	Screen1: "profile show", Screen2: "channel list", Screen3: "feedback list", Screen4: "activity list", Screen5: "messages list", Screen6: "account list",
	RemoveDemo: "account remove-demo", Undo: "activity undo", Redo: "activity redo",

	EditName: "profile edit", ChangeUsername: "username change", EnterUsernameCode: "username confirm", NewUsernameCode: "username send-code",
	CancelUsername: "username cancel", DeleteAccount: "account delete",

	AddChannel: "channel add", EditChannel: "channel edit", VerifyChannel: "channel verify", NewCode: "channel send-code", CancelValue: "channel cancel",
	TestChannel: "channel test", TestAll: "channel test-all", EnterWord: "channel confirm", SwitchChannel: "channel enable", DeleteChannel: "channel delete",
	MoveUp: "channel reorder", MoveDown: "channel reorder", MoveTo: "channel reorder", NewSecret: "channel rotate-secret", ExportChannels: "channel list",
	FilterTypes: "channel list",

	WriteFeedback: "feedback send",

	UndoEntry: "activity undo", ShowThen: "activity at", FilterKinds: "activity list", Export: "activity export",

	SendAgain: "messages resend", MarkUnread: "messages read", DeleteMessage: "messages delete", FilterStates: "messages list",

	OnlyProblems: "account list",
}

// withoutCommand says why there is no command for an action that changes data.
var withoutCommand = map[ID]string{
	UseCode:  "it carries a code or a word from a message to where it is entered; channel verify, channel confirm and username confirm take it",
	FormSave: partOfOther, ComposeSend: partOfOther, CodeSend: partOfOther, CodeResend: partOfOther, WordSend: partOfOther,
}

const partOfOther = "it is a key in the dialog of another action"

// Command returns the command that does the same as an action, as the words behind "pinghome". Where there is
// none for an action that changes data, why says so.
func Command(id ID) (words, why string) { return commands[id], withoutCommand[id] }
