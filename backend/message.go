package backend

import "time"

// Message is something sent to one of the customer's addresses.
type Message struct {
	ID   string
	At   time.Time
	Type ChannelType // how it was sent
	To   string
	Kind MessageKind
	// Subject is one line; Body is plain text of a few.
	Subject, Body string
	// Code is the six digits in the Body, "" where there is none.
	Code          string
	CodeExpiresAt time.Time // zero where there is no code
	Word          string    // what a test asks to be given back; "" where there is none
	State         MessageState
	Provider      string    // who took it, such as "inbox"
	Detail        string    // in the provider's words; the reason when failed
	Read          bool      // or nothing to read here: it waits, or has gone elsewhere
	Attempts      int       // how often it was handed over
	NextAt        time.Time // when a queued one is tried again; zero for the others
}

// MessageKind is what a message is for.
type MessageKind string

// The kinds of messages.
const (
	KindVerification MessageKind = "verification" // the code of a channel
	KindUsername     MessageKind = "username"     // the code of a username change
	KindNotice       MessageKind = "notice"       // news about the account, to the old address
	KindTest         MessageKind = "test"
)

// MessageState is how far a message has come.
type MessageState string

// The states of a message.
const (
	StateQueued MessageState = "queued" // to be handed over at NextAt; Detail says why it was not taken yet
	StateHeld   MessageState = "held"   // kept in the inbox on this machine
	StateSent   MessageState = "sent"   // taken by a provider
	StateFailed MessageState = "failed" // refused; Detail says why
)

// Inbox is the newest messages and how many there are in all.
type Inbox struct {
	Messages      []Message // newest first
	Total, Unread int
}

// JournalEntry is one change that was made.
type JournalEntry struct {
	ID     string
	At     time.Time
	Actor  string // who did it, such as "console"
	Action string // what was done, such as "channel.verified"
	// Detail names the thing without secrets, such as "channel 3 (sms)".
	Detail string
}
