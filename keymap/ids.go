package keymap

// ID names an action. A person does not see it.
type ID string

// Scope is where an action can be done.
type Scope string

// The scopes. Text scopes are those in which letters are letters.
const (
	Always     Scope = "Always"     // also while typing
	Anywhere   Scope = "Everywhere" // on every screen
	Profile    Scope = "Profile"
	Channels   Scope = "Channels"
	Feedback   Scope = "Feedback"
	Activity   Scope = "Activity"
	Messages   Scope = "Messages"
	Accounts   Scope = "Accounts"
	Confirm    Scope = "Questions"
	Filters    Scope = "Filters"
	ColumnList Scope = "Columns"
	Form       Scope = "Forms"         // text
	Compose    Scope = "Writing"       // text
	Code       Scope = "Codes"         // text
	Word       Scope = "Test words"    // text: the word of a test message
	Find       Scope = "Finding"       // text
	Pick       Scope = "Choosing"      // text: a list under a search field
	Choices    Scope = "Choices"       // a field with one of a few values
	Reasons    Scope = "Reasons"       // of a deletion, while they are chosen from
	Deletion   Scope = "Deletion"      // text: the last step of deleting an account
	Reading    Scope = "Reading"       // a page of text or facts
	Testing    Scope = "Tests of all"  // while they run, and their results
	Secrets    Scope = "Secrets"       // one that is shown once
	NewSecrets Scope = "New secret"    // the question before one replaces another
	Helping    Scope = "Keys"          // the list of them, while its find field is empty
	FirstRun   Scope = "First choice"  // where the accounts are
	Waiting    Scope = "No answer yet" // from the server, since the console opened
)

// The actions.
const (
	Quit         ID = "app.quit"
	QuitNow      ID = "app.quit-now"
	Suspend      ID = "app.suspend"
	Redraw       ID = "app.redraw"
	Help         ID = "app.help"
	HelpAnywhere ID = "app.help-anywhere"
	Commands     ID = "app.commands"

	Screen1    ID = "app.profile"
	Screen2    ID = "app.channels"
	Screen3    ID = "app.feedback"
	Screen4    ID = "app.activity"
	Screen5    ID = "app.messages"
	Screen6    ID = "app.accounts"
	NextScreen ID = "app.next-screen"
	PrevScreen ID = "app.previous-screen"

	Down          ID = "list.down"
	Up            ID = "list.up"
	HalfDown      ID = "list.half-page-down"
	HalfUp        ID = "list.half-page-up"
	Top           ID = "list.top"
	Bottom        ID = "list.bottom"
	Open          ID = "list.open"
	Back          ID = "app.back"
	Copy          ID = "app.copy"
	CopyRecord    ID = "app.copy-record"
	ShowValues    ID = "app.show-values"
	Refresh       ID = "app.refresh"
	Notices       ID = "app.notices"
	FindText      ID = "app.find"
	SortNext      ID = "app.sort-next"
	SortPrevious  ID = "app.sort-previous"
	SortReverse   ID = "app.sort-reverse"
	ChooseColumns ID = "app.columns"
	Switch        ID = "app.switch-account"
	RemoveDemo    ID = "app.remove-demo"
	Undo          ID = "app.undo"
	Redo          ID = "app.redo"
	Mouse         ID = "app.mouse"
	// NextProblem goes to a row that needs a look.
	NextProblem ID = "app.next-problem"

	EditName          ID = "profile.edit"
	ChangeUsername    ID = "profile.change-username"
	EnterUsernameCode ID = "profile.enter-code"
	NewUsernameCode   ID = "profile.new-code"
	CancelUsername    ID = "profile.cancel-username"
	DeleteAccount     ID = "profile.delete-account"

	AddChannel    ID = "channels.add"
	EditChannel   ID = "channels.edit"
	VerifyChannel ID = "channels.verify"
	NewCode       ID = "channels.new-code"
	CancelValue   ID = "channels.cancel-value"
	TestChannel   ID = "channels.test"
	TestAll       ID = "channels.test-all"
	EnterWord     ID = "channels.enter-word"
	NewSecret     ID = "channels.new-secret"
	SwitchChannel ID = "channels.switch"
	DeleteChannel ID = "channels.delete"
	MoveUp        ID = "channels.move-up"
	MoveDown      ID = "channels.move-down"
	MoveTo        ID = "channels.move-to"
	Choose        ID = "channels.choose"
	ChooseAll     ID = "channels.choose-all"
	ExtendDown    ID = "channels.extend-down"
	ExtendUp      ID = "channels.extend-up"
	FilterTypes   ID = "channels.types"
	ClearTypes    ID = "channels.clear-types"

	WriteFeedback ID = "feedback.write"

	UndoEntry   ID = "activity.undo"
	ShowThen    ID = "activity.then"
	FilterKinds ID = "activity.kinds"
	ClearKinds  ID = "activity.clear-kinds"
	Export      ID = "activity.export"

	ExportChannels ID = "channels.export"

	UseCode           ID = "messages.use-code"
	SendAgain         ID = "messages.send-again"
	MarkUnread        ID = "messages.unread"
	DeleteMessage     ID = "messages.delete"
	FilterStates      ID = "messages.states"
	ClearStates       ID = "messages.clear-states"
	ChooseMessage     ID = "messages.choose"
	ChooseAllMessages ID = "messages.choose-all"

	OnlyProblems ID = "accounts.problems"
	AllAccounts  ID = "accounts.all"

	ConfirmYes  ID = "confirm.yes"
	ConfirmNo   ID = "confirm.no"
	ConfirmNext ID = "confirm.next"
	ConfirmDo   ID = "confirm.press"

	FilterCycle ID = "filter.cycle"
	FilterClear ID = "filter.clear"
	FilterApply ID = "filter.apply"
	FilterDown  ID = "filter.down"
	FilterUp    ID = "filter.up"
	FilterClose ID = "filter.close"

	ColumnShow    ID = "columns.show"
	ColumnEarlier ID = "columns.earlier"
	ColumnLater   ID = "columns.later"
	ColumnsUsual  ID = "columns.usual"
	ColumnsApply  ID = "columns.apply"
	ColumnsDown   ID = "columns.down"
	ColumnsUp     ID = "columns.up"
	ColumnsClose  ID = "columns.close"

	FormSave  ID = "form.save"
	FormNext  ID = "form.next"
	FormPrev  ID = "form.previous"
	FormEnter ID = "form.enter"
	FormReset ID = "form.start-over"
	FormClose ID = "form.leave"

	ChoiceNext   ID = "choice.next"
	ChoicePrev   ID = "choice.previous"
	ReasonNumber ID = "reasons.number"
	CodeLeft     ID = "code.left"
	CodeRight    ID = "code.right"

	ComposeSend  ID = "compose.send"
	ComposeLeave ID = "compose.leave"
	ComposeReset ID = "compose.start-over"
	ComposeEdit  ID = "compose.editor"

	CodeSend     ID = "code.send"
	CodeResend   ID = "code.new"
	CodeMessages ID = "code.messages"
	CodeClose    ID = "code.later"

	WordSend     ID = "word.send"
	WordMessages ID = "word.messages"
	WordClose    ID = "word.later"

	FindKeep  ID = "find.keep"
	FindClear ID = "find.clear"

	PickRun   ID = "pick.run"
	PickDown  ID = "pick.down"
	PickUp    ID = "pick.up"
	PickClose ID = "pick.close"

	HelpRun      ID = "help.run"
	HelpFind     ID = "help.find"
	HelpDown     ID = "help.down"
	HelpUp       ID = "help.up"
	HelpPageDown ID = "help.half-page-down"
	HelpPageUp   ID = "help.half-page-up"
	HelpColumn   ID = "help.column"
	HelpClose    ID = "help.close"

	PickPageDown ID = "pick.page-down"
	PickPageUp   ID = "pick.page-up"
	PickTop      ID = "pick.top"
	PickBottom   ID = "pick.bottom"

	DeletionNext  ID = "erase.next"
	DeletionPrev  ID = "erase.previous"
	DeletionDown  ID = "erase.down"
	DeletionUp    ID = "erase.up"
	DeletionPress ID = "erase.press"
	DeletionCopy  ID = "erase.copy"
	DeletionClose ID = "erase.cancel"

	ReadDown  ID = "read.down"
	ReadUp    ID = "read.up"
	ReadClose ID = "read.close"

	TestsDown  ID = "tests.down"
	TestsUp    ID = "tests.up"
	TestsClose ID = "tests.close"

	RotateKeep    ID = "rotate.keep"
	RotateOverlap ID = "rotate.overlap"
	RotateEnd     ID = "rotate.end"
	RotateNext    ID = "rotate.next"
	RotatePrev    ID = "rotate.prev"
	RotatePress   ID = "rotate.press"

	SecretCopy  ID = "secret.copy"
	SecretNext  ID = "secret.next"
	SecretPress ID = "secret.press"
	SecretStay  ID = "secret.stay"

	FirstRunDown ID = "first.down"
	FirstRunUp   ID = "first.up"
	FirstRunNext ID = "first.next"

	WaitingTry  ID = "waiting.try"
	WaitingQuit ID = "waiting.quit"
)

// OfRow reports whether an action is done with what the cursor is on, or with what was chosen,
// so that it means nothing before these are seen.
func (id ID) OfRow() bool {
	switch id {
	case EditChannel, VerifyChannel, NewCode, CancelValue, TestChannel, EnterWord, SwitchChannel, DeleteChannel, NewSecret, MoveUp, MoveDown, MoveTo,
		Choose, ExtendDown, ExtendUp, UndoEntry, ShowThen, UseCode, SendAgain, MarkUnread, DeleteMessage, ChooseMessage:
		return true
	}
	return false
}
