package backend

import "time"

// Attempt is one try to hand a message to whoever carries it.
type Attempt struct {
	MessageID string
	Kind      MessageKind
	At        time.Time // when it began
	Outcome   Outcome
	Provider  string        // who was asked, such as "inbox" or "smtp mail.example.org"
	Status    string        // in the provider's own words
	Duration  time.Duration // how long the provider took
}

// Outcome is how an attempt ended.
type Outcome string

// The outcomes of an attempt.
const (
	OutcomeSent    Outcome = "sent"    // a provider took it
	OutcomeHeld    Outcome = "held"    // it is kept in the inbox on this machine
	OutcomeDelayed Outcome = "delayed" // refused for now; it is tried again
	OutcomeFailed  Outcome = "failed"  // refused for good
)

// Reached reports whether the message went where it was meant to go.
func (o Outcome) Reached() bool { return o == OutcomeSent || o == OutcomeHeld }

// Failure is a message that did not arrive.
type Failure struct {
	At       time.Time
	Kind     MessageKind
	Provider string
	Status   string // in the provider's own words
}

// Proof is what is known of a channel's messages: that somebody took them, and
// that a person saw one. It is about the value in force.
type Proof struct {
	// AcceptedAt is when a provider last took a message; zero when none has yet.
	AcceptedAt time.Time
	AcceptedBy string
	Held       bool // that message is kept in an inbox, since no sender is configured for its type
	// SeenAt is when a person last gave back what a message said: its code, or
	// the word of a test. Zero when nobody has yet.
	SeenAt time.Time
	// StaleAt is when SeenAt is too old to be relied on; zero with SeenAt.
	StaleAt time.Time
	// WordSentAt is when the last test with a word went out that nobody has
	// given back yet; zero when none is open.
	WordSentAt time.Time
}

// Stale reports whether nobody has seen a message for too long.
func (p Proof) Stale(now time.Time) bool { return !now.Before(p.StaleAt) }

// SigningSecret is what a webhook's receiver checks signatures with
// (Standard Webhooks). It is told once, when it is made.
type SigningSecret struct {
	Secret string // "whsec_" and base64
	// OldUntil is until when messages carry the signature of the secret before
	// it, too; zero when there was none.
	OldUntil time.Time
}
