package backend

import "time"

// Message is one message to one of the customer's addresses.
type Message struct {
	ID   string
	At   time.Time
	Type ChannelType
	To   string // an address, number or URL, by Type
	Kind MessageKind
	// Subject is one line; Body is a few lines of plain text.
	Subject, Body string
	// Code is the six digits in the Body, "" where there is none.
	Code          string
	CodeExpiresAt time.Time // zero where there is no code
	Word          string    // the test word; "" where there is none
	State         MessageState
	Provider      string    // of the last attempt, such as "inbox"; "" before the first
	Detail        string    // the answer of the provider; the reason when failed
	Read          bool      // true as well when there is nothing to read: it waits, or was sent
	Attempts      int       // made so far
	NextAt        time.Time // of the next attempt at a queued message; zero for the others
}

// IsDelayed reports whether a try to send it has failed, and another one comes.
func (m Message) IsDelayed() bool { return m.State == StateQueued && m.Attempts > 0 }

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
	StateQueued MessageState = "queued" // waits for the attempt at NextAt; Detail says why the last one failed
	StateHeld   MessageState = "held"   // kept in the inbox, since no sender is configured for its type
	StateSent   MessageState = "sent"   // accepted by a provider
	StateFailed MessageState = "failed" // refused for good, or too late; Detail says why
	// StateUnknown is that of a message that a provider may have accepted: its answer was lost,
	// and it is not tried again. Detail says how.
	StateUnknown MessageState = "unknown"
)

// MessageList is the newest messages, and how many there are in all.
type MessageList struct {
	Messages      []Message // newest first
	Total, Unread int
}
