// Package keymap has every key of the console once, in one table. Dispatch,
// footer, help and the README's key table all read it, so that they cannot differ.
package keymap

// Action is something that can be done, with the keys that do it.
type Action struct {
	ID    ID
	Where Scope
	// Keys as Bubble Tea names them; the first is the one that is shown.
	Keys []string
	// Label is the text in the footer, "" for none; Title is the one in the help.
	Label, Title string
	// Changes reports that it changes data, so that --read-only turns it off.
	Changes bool
}

// table is every action, scope by scope, in the order of the help.
var table = []Action{
	{Help, Anywhere, []string{"?"}, "help", "this help", false},
	{Quit, Anywhere, []string{"q"}, "quit", "back from a page, else quit", false},
	{Screen1, Anywhere, []string{"1"}, "", "Profile", false},
	{Screen2, Anywhere, []string{"2"}, "", "Channels", false},
	{Screen3, Anywhere, []string{"3"}, "", "Feedback", false},
	{Screen4, Anywhere, []string{"4"}, "", "Activity", false},
	{Screen5, Anywhere, []string{"5"}, "", "Messages", false},
	{Screen6, Anywhere, []string{"6"}, "", "Accounts", false},
	{NextScreen, Anywhere, []string{"]", "tab"}, "", "next screen", false},
	{PrevScreen, Anywhere, []string{"[", "shift+tab"}, "", "previous screen", false},
	{Down, Anywhere, []string{"j", "down"}, "", "down", false},
	{Up, Anywhere, []string{"k", "up"}, "", "up", false},
	{HalfDown, Anywhere, []string{"ctrl+d", "pgdown"}, "", "half a page down", false},
	{HalfUp, Anywhere, []string{"ctrl+u", "pgup"}, "", "half a page up", false},
	{Top, Anywhere, []string{"g", "home"}, "", "to the top", false},
	{Bottom, Anywhere, []string{"G", "end"}, "", "to the bottom", false},
	{Open, Anywhere, []string{"enter"}, "open", "open", false},
	{Back, Anywhere, []string{"esc"}, "back", "back, layer by layer", false},
	{FindText, Anywhere, []string{"/"}, "find", "find in this list", false},
	{SortNext, Anywhere, []string{">"}, "sort", "sort by the next column", false},
	{SortPrevious, Anywhere, []string{"<"}, "", "sort by the previous column", false},
	{SortReverse, Anywhere, []string{"-"}, "", "sort from the other end", false},
	{ChooseColumns, Anywhere, []string{"C"}, "columns", "choose and order the columns", false},
	{Copy, Anywhere, []string{"y"}, "copy", "copy the value", false},
	{CopyRecord, Anywhere, []string{"Y"}, "", "copy all of it, as JSON", false},
	{ShowValues, Anywhere, []string{"m"}, "values", "show or hide values (10 s)", false},
	{Refresh, Anywhere, []string{"r", "f5"}, "refresh", "read again", false},
	{Commands, Anywhere, []string{":", "ctrl+p"}, "commands", "find what can be done, an account or a context", false},
	{Switch, Anywhere, []string{"o", "@"}, "account", "switch account or context", false},
	{RemoveDemo, Anywhere, []string{"X"}, "remove demo", "remove the demo accounts", true},
	{Undo, Anywhere, []string{"z"}, "undo", "undo your last change that can be, also of earlier days", true},
	{Redo, Anywhere, []string{"Z"}, "redo", "make it again", true},
	{NextProblem, Anywhere, []string{"p"}, "problem", "go to what fails or waits, one after the other", false},
	{Notices, Anywhere, []string{"!"}, "notices", "earlier notices", false},
	{Mouse, Anywhere, []string{"M"}, "mouse", "use the mouse here, or to select text", false},

	{EditName, Profile, []string{"e"}, "edit", "edit name and surname", true},
	{ChangeUsername, Profile, []string{"u"}, "username", "change the username (email)", true},
	{EnterUsernameCode, Profile, []string{"v"}, "enter code", "enter the code of the new username", true},
	{NewUsernameCode, Profile, []string{"V"}, "new code", "send a new code", true},
	{CancelUsername, Profile, []string{"x"}, "cancel change", "cancel the username change", true},
	{DeleteAccount, Profile, []string{"D"}, "delete account", "delete the account", true},

	{AddChannel, Channels, []string{"a", "n"}, "add", "add a channel", true},
	{EditChannel, Channels, []string{"e"}, "edit", "edit the value and the label", true},
	{VerifyChannel, Channels, []string{"v"}, "verify", "enter the code", true},
	{NewCode, Channels, []string{"V"}, "new code", "send a new code", true},
	{CancelValue, Channels, []string{"x"}, "cancel change", "give up a new value that waits for its code", true},
	{TestChannel, Channels, []string{"t"}, "test", "send a test message (stays sent)", true},
	{TestAll, Channels, []string{"T"}, "test all", "test all that are on (stays sent)", true},
	{EnterWord, Channels, []string{"w"}, "word", "say which word a test message said", true},
	{SwitchChannel, Channels, []string{"s"}, "on/off", "switch on or off", true},
	{DeleteChannel, Channels, []string{"d"}, "delete", "delete", true},
	{MoveUp, Channels, []string{"K", "alt+up"}, "", "move up, which is more important", true},
	{MoveDown, Channels, []string{"J", "alt+down"}, "", "move down", true},
	{MoveTo, Channels, []string{"P"}, "", "give it another number", true},
	{NewSecret, Channels, []string{"S"}, "new secret", "give a webhook a new signing secret", true},
	{Choose, Channels, []string{" "}, "choose", "choose", false},
	{ChooseAll, Channels, []string{"*"}, "", "choose all shown, or none", false},
	{ExtendDown, Channels, []string{"shift+down"}, "", "choose downwards", false},
	{ExtendUp, Channels, []string{"shift+up"}, "", "choose upwards", false},
	{ExportChannels, Channels, []string{"E"}, "export", "write the shown or chosen channels to a file", false},
	{FilterTypes, Channels, []string{"f"}, "types", "filter by type", false},
	{ClearTypes, Channels, []string{"F"}, "", "all types again", false},

	{WriteFeedback, Feedback, []string{"c", "a", "n"}, "write", "write feedback", false},

	{UndoEntry, Activity, []string{"u"}, "undo", "take this change back", true},
	{ShowThen, Activity, []string{"t"}, "before it", "show the account as it was before this change", false},
	{FilterKinds, Activity, []string{"f"}, "kinds", "filter by kind", false},
	{ClearKinds, Activity, []string{"F"}, "all", "all kinds again", false},
	{Export, Activity, []string{"E"}, "export", "write the entries to a file", false},

	{UseCode, Messages, []string{"c"}, "use code", "enter this code, or word, where it belongs", true},
	{SendAgain, Messages, []string{"R"}, "send again", "send again, or now", true},
	{MarkUnread, Messages, []string{"u"}, "unread", "mark as unread, or read", true},
	{DeleteMessage, Messages, []string{"d"}, "delete", "delete", true},
	{FilterStates, Messages, []string{"f"}, "states", "filter by state", false},
	{ClearStates, Messages, []string{"F"}, "all", "all states again", false},
	{ChooseMessage, Messages, []string{" "}, "choose", "choose", false},
	{ChooseAllMessages, Messages, []string{"*"}, "", "choose all shown, or none", false},

	{OnlyProblems, Accounts, []string{"f"}, "problems", "only those with a problem, or all", false},
	{AllAccounts, Accounts, []string{"F"}, "all", "all accounts again", false},

	{FormSave, Form, []string{"ctrl+s"}, "save", "save", true},
	{FormNext, Form, []string{"tab", "down"}, "next", "next field", false},
	{FormPrev, Form, []string{"shift+tab", "up"}, "", "previous field", false},
	{FormEnter, Form, []string{"enter"}, "", "next field; save from the last that is needed", false},
	{FormReset, Form, []string{"ctrl+r"}, "", "start over, without the draft; again takes that back", false},
	{FormClose, Form, []string{"esc"}, "leave (draft is kept)", "leave; the draft is kept", false},

	{ChoiceNext, Choices, []string{"right", " "}, "", "next value; letters go to the text field", false},
	{ChoicePrev, Choices, []string{"left"}, "", "previous value", false},

	{ComposeSend, Compose, []string{"ctrl+s"}, "send", "send", true},
	{ComposeEdit, Compose, []string{"ctrl+o"}, "$EDITOR", "go on in $EDITOR", false},
	{ComposeReset, Compose, []string{"ctrl+r"}, "start over", "start over, without the draft; again takes that back", false},
	{ComposeLeave, Compose, []string{"esc"}, "leave (draft is kept)", "leave; the draft is kept", false},

	{CodeSend, Code, []string{"enter"}, "verify", "send the code", true},
	{CodeResend, Code, []string{"ctrl+r"}, "new code", "send a new code", true},
	{CodeMessages, Code, []string{"ctrl+o"}, "messages", "go to the messages", false},
	{CodeLeft, Code, []string{"left"}, "", "previous digit", false},
	{CodeRight, Code, []string{"right"}, "", "next digit", false},
	{CodeClose, Code, []string{"esc"}, "later", "enter it later", false},

	{WordSend, Word, []string{"enter"}, "send", "send the word", true},
	{WordMessages, Word, []string{"ctrl+o"}, "messages", "go to the messages", false},
	{WordClose, Word, []string{"esc"}, "later", "say it later", false},

	{ConfirmYes, Confirm, []string{"y"}, "do it", "do it", false},
	{ConfirmNo, Confirm, []string{"n", "esc"}, "keep", "keep", false},
	{ConfirmNext, Confirm, []string{"tab", "left", "right", "shift+tab"}, "other button", "other button", false},
	{ConfirmDo, Confirm, []string{"enter"}, "press", "press the focused button", false},

	{FilterCycle, Filters, []string{" "}, "cycle", "all, only these, not these", false},
	{FilterClear, Filters, []string{"c"}, "clear", "all again", false},
	{FilterApply, Filters, []string{"enter"}, "apply", "apply", false},
	{FilterDown, Filters, []string{"j", "down"}, "", "down", false},
	{FilterUp, Filters, []string{"k", "up"}, "", "up", false},
	{FilterClose, Filters, []string{"esc"}, "close", "leave the filter as it was", false},

	{ColumnShow, ColumnList, []string{" "}, "show", "show or hide the column", false},
	{ColumnEarlier, ColumnList, []string{"K", "shift+up"}, "earlier", "move the column to the left", false},
	{ColumnLater, ColumnList, []string{"J", "shift+down"}, "later", "move the column to the right", false},
	{ColumnsUsual, ColumnList, []string{"c"}, "as usual", "all columns in their usual order", false},
	{ColumnsApply, ColumnList, []string{"enter"}, "apply", "apply", false},
	{ColumnsDown, ColumnList, []string{"j", "down"}, "", "down", false},
	{ColumnsUp, ColumnList, []string{"k", "up"}, "", "up", false},
	{ColumnsClose, ColumnList, []string{"esc"}, "close", "leave the columns as they were", false},

	{FindKeep, Find, []string{"enter"}, "keep", "keep what was found", false},
	{FindClear, Find, []string{"esc"}, "clear", "clear", false},

	{PickRun, Pick, []string{"enter"}, "choose", "choose", false},
	{PickDown, Pick, []string{"down", "ctrl+n"}, "", "down", false},
	{PickUp, Pick, []string{"up", "ctrl+p"}, "", "up", false},
	{PickPageDown, Pick, []string{"pgdown"}, "", "a page down", false},
	{PickPageUp, Pick, []string{"pgup"}, "", "a page up", false},
	{PickTop, Pick, []string{"home"}, "", "to the top", false},
	{PickBottom, Pick, []string{"end"}, "", "to the bottom", false},
	{PickClose, Pick, []string{"esc"}, "close", "close", false},

	{HelpRun, Helping, []string{"enter"}, "do it", "do it", false},
	{HelpFind, Helping, []string{"/"}, "find", "find; other letters begin at once", false},
	{HelpDown, Helping, []string{"j", "down"}, "down", "down", false},
	{HelpUp, Helping, []string{"k", "up"}, "", "up", false},
	{HelpPageDown, Helping, []string{"ctrl+d", "pgdown"}, "", "half a page down", false},
	{HelpPageUp, Helping, []string{"ctrl+u", "pgup"}, "", "half a page up", false},
	{HelpColumn, Helping, []string{"tab", "left", "right", "shift+tab"}, "", "other column", false},
	{HelpClose, Helping, []string{"esc", "q", "?"}, "close", "close", false},

	{ReasonNumber, Reasons, []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}, "", "the reason with this number", false},
	{DeletionNext, Deletion, []string{"tab"}, "next", "next part", false},
	{DeletionPrev, Deletion, []string{"shift+tab"}, "", "previous part", false},
	{DeletionDown, Deletion, []string{"down"}, "", "next reason", false},
	{DeletionUp, Deletion, []string{"up"}, "", "previous reason", false},
	{DeletionPress, Deletion, []string{"enter"}, "press", "go on; press the focused button", false},
	{DeletionCopy, Deletion, []string{"ctrl+y"}, "copy address", "copy the address that is to be typed; it can be pasted", false},
	{DeletionClose, Deletion, []string{"esc"}, "cancel", "cancel; nothing is deleted", false},

	{ReadDown, Reading, []string{"j", "down", "pgdown", "ctrl+d", " "}, "down", "down", false},
	{ReadUp, Reading, []string{"k", "up", "pgup", "ctrl+u"}, "up", "up", false},
	{ReadClose, Reading, []string{"esc", "q", "enter"}, "close", "close", false},

	{TestsDown, Testing, []string{"j", "down"}, "down", "down", false},
	{TestsUp, Testing, []string{"k", "up"}, "", "up", false},
	{TestsClose, Testing, []string{"esc", "q", "enter"}, "stop, then close", "stop what has not begun; then close", false},

	{RotateOverlap, NewSecrets, []string{"y"}, "new secret", "a new secret; the old one is valid for a day, too", false},
	{RotateEnd, NewSecrets, []string{"e"}, "end old now", "a new secret; the old one ends now", false},
	{RotateKeep, NewSecrets, []string{"n", "esc"}, "keep", "keep the secret", false},
	{RotateNext, NewSecrets, []string{"tab", "right", "down"}, "", "next button", false},
	{RotatePrev, NewSecrets, []string{"shift+tab", "left", "up"}, "", "previous button", false},
	{RotatePress, NewSecrets, []string{"enter"}, "", "press the focused button", false},

	{SecretCopy, Secrets, []string{"y"}, "copy", "copy the secret", false},
	{SecretNext, Secrets, []string{"tab", "left", "right", "shift+tab"}, "other button", "other button", false},
	{SecretPress, Secrets, []string{"enter"}, "press", "press the focused button: copy, or close for good", false},
	{SecretStay, Secrets, []string{"esc"}, "", "say how to close; the secret stays until you have it", false},

	{FirstRunDown, FirstRun, []string{"down", "j", "tab"}, "choose", "down", false},
	{FirstRunUp, FirstRun, []string{"up", "k", "shift+tab"}, "", "up", false},
	{FirstRunNext, FirstRun, []string{"enter"}, "go on", "go on", false},

	{WaitingTry, Waiting, []string{"r", "f5", "enter"}, "try now", "try now", false},
	{WaitingQuit, Waiting, []string{"q"}, "quit", "quit", false},

	{QuitNow, Always, []string{"ctrl+c"}, "quit", "quit, drafts are kept", false},
	{Suspend, Always, []string{"ctrl+z"}, "", "suspend", false},
	{Redraw, Always, []string{"ctrl+l"}, "", "draw again", false},
	{HelpAnywhere, Always, []string{"f1"}, "keys", "help", false},
}
