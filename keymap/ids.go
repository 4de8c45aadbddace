package keymap

// ID names an action for the program and for people's own key files.
type ID string

// Scope is where an action can be done.
type Scope string

// The scopes. Text scopes are those in which letters are letters.
const (
	Always   Scope = "Always"     // also while typing
	Anywhere Scope = "Everywhere" // on every screen
	Profile  Scope = "Profile"
	Channels Scope = "Channels"
	Feedback Scope = "Feedback"
	Messages Scope = "Messages"
	Confirm  Scope = "Questions"
	Types    Scope = "Type filter"
	Form     Scope = "Forms"         // text
	Compose  Scope = "Writing"       // text
	Boxes    Scope = "Code boxes"    // text
	Words    Scope = "Test words"    // text: the word of a test message
	Find     Scope = "Finding"       // text
	Pick     Scope = "Choosing"      // text: a list under a search field
	Choices  Scope = "Choices"       // a field that is turned
	Reasons  Scope = "Reasons"       // of a deletion, while they are chosen from
	Erase    Scope = "Deletion"      // text: the last step of deleting an account
	Reading  Scope = "Reading"       // a page of text or facts
	Testing  Scope = "Tests of all"  // while they run, and their results
	Secrets  Scope = "Secrets"       // one that is shown once
	FirstRun Scope = "First choice"  // where the accounts are
	Waiting  Scope = "No answer yet" // from the server, since the console opened
)

// The actions.
const (
	Quit    ID = "app.quit"
	HardQt  ID = "app.quit-now"
	Suspend ID = "app.suspend"
	Redraw  ID = "app.redraw"
	Help    ID = "app.help"
	HelpAny ID = "app.help-anywhere"

	Screen1    ID = "app.profile"
	Screen2    ID = "app.channels"
	Screen3    ID = "app.feedback"
	Screen4    ID = "app.messages"
	NextScreen ID = "app.next-screen"
	PrevScreen ID = "app.previous-screen"

	Down     ID = "list.down"
	Up       ID = "list.up"
	HalfDown ID = "list.half-page-down"
	HalfUp   ID = "list.half-page-up"
	Top      ID = "list.top"
	Bottom   ID = "list.bottom"
	Open     ID = "list.open"
	Back     ID = "app.back"
	Copy     ID = "app.copy"
	Unmask   ID = "app.show-values"
	Refresh  ID = "app.refresh"
	News     ID = "app.notices"
	FindText ID = "app.find"
	Switch   ID = "app.switch-account"
	Undo     ID = "app.undo"

	EditName       ID = "profile.edit"
	ChangeUsername ID = "profile.change-username"
	EnterCode      ID = "profile.enter-code"
	NewUsername    ID = "profile.new-code"
	CancelUsername ID = "profile.cancel-username"
	DeleteAccount  ID = "profile.delete-account"

	AddChannel    ID = "channels.add"
	EditChannel   ID = "channels.edit"
	VerifyChannel ID = "channels.verify"
	NewCode       ID = "channels.new-code"
	TestChannel   ID = "channels.test"
	TestAll       ID = "channels.test-all"
	GiveWord      ID = "channels.receipt"
	NewSecret     ID = "channels.new-secret"
	SwitchChannel ID = "channels.switch"
	DeleteChannel ID = "channels.delete"
	Choose        ID = "channels.choose"
	ChooseAll     ID = "channels.choose-all"
	ExtendDown    ID = "channels.extend-down"
	ExtendUp      ID = "channels.extend-up"
	FilterTypes   ID = "channels.types"
	ClearTypes    ID = "channels.clear-types"

	WriteFeedback ID = "feedback.write"

	UseCode       ID = "messages.use-code"
	SendAgain     ID = "messages.send-again"
	MarkUnread    ID = "messages.unread"
	DeleteMessage ID = "messages.delete"
	FilterStates  ID = "messages.states"
	ClearStates   ID = "messages.clear-states"
	ChooseMessage ID = "messages.choose"
	ChooseEvery   ID = "messages.choose-all"

	ConfirmYes  ID = "confirm.yes"
	ConfirmNo   ID = "confirm.no"
	ConfirmNext ID = "confirm.next"
	ConfirmDo   ID = "confirm.press"

	TypesCycle ID = "types.cycle"
	TypesClear ID = "types.clear"
	TypesApply ID = "types.apply"
	TypesDown  ID = "types.down"
	TypesUp    ID = "types.up"
	TypesClose ID = "types.close"

	FormSave  ID = "form.save"
	FormNext  ID = "form.next"
	FormPrev  ID = "form.previous"
	FormEnter ID = "form.enter"
	FormReset ID = "form.start-over"
	FormClose ID = "form.leave"

	TurnNext   ID = "choice.next"
	TurnPrev   ID = "choice.previous"
	PickReason ID = "reasons.number"
	BoxesLeft  ID = "code.left"
	BoxesRight ID = "code.right"

	ComposeSend  ID = "compose.send"
	ComposeLeave ID = "compose.leave"
	ComposeEmpty ID = "compose.start-over"
	ComposeEdit  ID = "compose.editor"

	BoxesSend   ID = "code.send"
	BoxesResend ID = "code.new"
	BoxesInbox  ID = "code.messages"
	BoxesClose  ID = "code.later"

	WordSend     ID = "word.send"
	WordMessages ID = "word.messages"
	WordClose    ID = "word.later"

	FindKeep  ID = "find.keep"
	FindClear ID = "find.clear"

	PickRun   ID = "pick.run"
	PickDown  ID = "pick.down"
	PickUp    ID = "pick.up"
	PickClose ID = "pick.close"

	EraseNext  ID = "erase.next"
	ErasePrev  ID = "erase.previous"
	EraseDown  ID = "erase.down"
	EraseUp    ID = "erase.up"
	ErasePress ID = "erase.press"
	EraseClose ID = "erase.cancel"

	ReadDown  ID = "read.down"
	ReadUp    ID = "read.up"
	ReadClose ID = "read.close"

	TestsDown  ID = "tests.down"
	TestsUp    ID = "tests.up"
	TestsClose ID = "tests.close"

	SecretCopy  ID = "secret.copy"
	SecretClose ID = "secret.close"

	FirstDown ID = "first.down"
	FirstUp   ID = "first.up"
	FirstNext ID = "first.next"

	TryNow   ID = "waiting.try"
	WaitQuit ID = "waiting.quit"
)
