package backend

import "time"

// Attempt is one try to deliver a message to a provider.
type Attempt struct {
	ID        string // "" from a server of an older version
	MessageID string
	Kind      MessageKind
	At        time.Time // when it began
	Outcome   Outcome
	Provider  string        // such as "inbox" or "smtp mail.example.org"
	Status    string        // in the provider's own words
	Duration  time.Duration // how long the provider took
	// Stopped says that the person has asked the provider for no more messages.
	Stopped bool
}

// Outcome is how an attempt ended.
type Outcome string

// The outcomes of an attempt.
const (
	OutcomeSent    Outcome = "sent"    // a provider accepted it
	OutcomeHeld    Outcome = "held"    // it is kept in the inbox, since no sender is configured for its type
	OutcomeDelayed Outcome = "delayed" // refused for now; another attempt follows
	OutcomeFailed  Outcome = "failed"  // refused for good
	OutcomeUnknown Outcome = "unknown" // given to a provider that did not answer: it may have been accepted
	OutcomeBlocked Outcome = "blocked" // not accepted for a reason on our side, which tells nothing of the address
)

// Reached reports whether the message was accepted by a provider or the inbox.
func (o Outcome) Reached() bool { return o == OutcomeSent || o == OutcomeHeld }

// Failure is an attempt that did not reach its address.
type Failure struct {
	At       time.Time
	Kind     MessageKind
	Provider string
	Status   string // in the provider's own words
	// Since is when the first message failed of those since the last that arrived; zero
	// from a server that does not tell.
	Since time.Time
	// Stopped says that the person has asked the provider for no more messages: the answer
	// STOP to an SMS. It stays until a message arrives or the value is another one.
	Stopped bool
}

// Proof is what is known about the messages to a channel's value in force: when a
// provider last accepted one, and when a person last saw one.
type Proof struct {
	// AcceptedAt is when a provider last accepted a message; zero before the first.
	AcceptedAt time.Time
	AcceptedBy string // the provider; "" before the first
	Held       bool   // that message is kept in an inbox, since no sender is configured for its type
	// SeenAt is when a person last entered what a message said: its code, or the
	// test word. Zero before the first time.
	SeenAt time.Time
	// StaleAt is when SeenAt becomes too old to rely on; zero with SeenAt.
	StaleAt time.Time
	// WordSentAt is when the last test was sent whose word can still be entered;
	// zero when there is none.
	WordSentAt time.Time
}

// Stale reports whether, at the time now, no person has seen a message for too long.
func (p Proof) Stale(now time.Time) bool { return !now.Before(p.StaleAt) }

// SigningSecret is the key with which a webhook's receiver checks signatures
// (Standard Webhooks). It is shown once, when it is made.
type SigningSecret struct {
	Secret string // "whsec_" and base64
	// OldUntil is the end of the time in which messages carry the signature of the
	// previous secret, too; zero when there was none.
	OldUntil time.Time
}
