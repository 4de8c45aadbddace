package keymap

// linearWords are the words of actions in linear mode, where these are not their labels in the console: those that have
// none there, and those that two of one screen would share.
var linearWords = map[ID]string{
	Screen1: "profile", Screen2: "channels", Screen3: "feedback", Screen4: "activity", Screen5: "messages", Screen6: "accounts",
	Refresh: "again", MoveUp: "move up", MoveDown: "move down", MoveTo: "move to", ClearTypes: "all types", UndoEntry: "take back",
	ClearKinds: "all kinds", ClearStates: "all states", OnlyProblems: "only problems", AllAccounts: "all accounts",
}

// withoutLinear says why linear mode has no such action.
var withoutLinear = map[ID]string{
	NextScreen: "a screen is named", PrevScreen: "a screen is named",
	Down: movesCursor, Up: movesCursor, HalfDown: movesCursor, HalfUp: movesCursor, Top: movesCursor, Bottom: movesCursor,
	SortNext: noColumns, SortPrevious: noColumns, SortReverse: noColumns, ChooseColumns: noColumns,
	Copy: copies, CopyRecord: copies,
	Commands: "help lists what can be done, and its word does it",
	Notices:  "the earlier notices are the earlier lines",
	Mouse:    "there is nothing to point at",
	Choose:   numbersChoose, ChooseAll: numbersChoose, ExtendDown: numbersChoose, ExtendUp: numbersChoose, ChooseMessage: numbersChoose,
	ChooseAllMessages: numbersChoose,
	QuitNow:           "ctrl+c is the terminal's own key for the end of a program",
	Suspend:           "ctrl+z is the terminal's own key for that",
	Redraw:            "nothing is drawn",
	HelpAnywhere:      "a question takes any text as its answer; help is at the next prompt",
}

const (
	movesCursor   = "it moves a cursor; a record is named by its number"
	noColumns     = "a record is a sentence, without columns"
	copies        = "the terminal copies what it has printed"
	numbersChoose = "several records are named by their numbers, as in delete 2 3"
	inDialog      = "it is a key in a dialog of another action, which linear mode asks line by line"
)

// screenScopes are the scopes of what is no dialog.
var screenScopes = map[Scope]bool{Always: true, Anywhere: true, Profile: true, Channels: true, Feedback: true, Activity: true, Messages: true, Accounts: true}

// Linear returns the word by which an action is done in linear mode. Where there is none, why says why.
func Linear(a Action) (word, why string) {
	if !screenScopes[a.Where] {
		return "", inDialog
	}
	if why := withoutLinear[a.ID]; why != "" {
		return "", why
	}
	if word := linearWords[a.ID]; word != "" {
		return word, ""
	}
	return a.Label, ""
}
