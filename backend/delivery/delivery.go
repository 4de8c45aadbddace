// Package delivery sends messages to providers: mail servers, SMS gateways,
// webhooks and push servers.
//
// A Sender sends one message and returns a receipt, or an *Error that says whether
// another attempt can help. It is called outside of transactions, and may be called
// more than once for one message, with the same id each time.
//
// A Router has a sender for each channel type that is configured. Messages of the
// other types are held in the Inbox: they stay on this machine, where the console
// shows them.
//
// All connections are made by a Guard, which keeps the addresses that customers
// choose from reaching internal services. What providers answer is untrusted text,
// and is sanitised before it is stored or shown.
package delivery

import (
	"context"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Sender sends messages. It is safe for concurrent use.
type Sender interface {
	// Send makes one attempt to send a message. The error is an *Error, and the
	// receipt is the zero value with it. Send returns soon after ctx has ended.
	Send(ctx context.Context, m Message) (Receipt, error)
}

// TimeLimit is how long one call of Send may take for messages of a type: long enough for a
// slow mail server, and for the others what a receiver of webhooks gets to answer.
func TimeLimit(t backend.ChannelType) time.Duration {
	if t == backend.TypeEmail {
		return smtpTimeout
	}
	return httpTimeout
}

// Message is a message to send.
type Message struct {
	ID            string // the same on every attempt
	Type          backend.ChannelType
	To            string // by Type: an email address, a phone number in E.164, or an absolute URL
	Kind          backend.MessageKind
	Subject, Body string
	// HTML has the same content as Body, for email; "" for plain text only.
	HTML string
	// Code is the six-digit code in Body, for senders with a field for it; "" for none.
	Code string
	// Word is the test word in Body; "" for none.
	Word string
	// SigningSecrets sign a webhook, each "whsec_" and base64: the current one
	// and, for a while after a change, the ones before it. nil for other types.
	SigningSecrets []string
	// Traceparent says to which trace the message belongs (W3C Trace Context), for webhooks; ""
	// for none.
	Traceparent string
	// At is when the message was written, the same on every attempt; zero means now.
	At time.Time
	// ExpiresAt is when the code expires; zero for a message that does not expire.
	ExpiresAt time.Time
}

// Receipt is the answer of a provider that accepted a message.
type Receipt struct {
	Provider string // who accepted it, such as "inbox" or "smtp mail.example.org"
	Status   string // what the provider answered, sanitised; one line of at most 200 characters
	// Held says that the message is held in the inbox: it did not leave this machine.
	Held bool
}

// writtenAt is At in UTC, or now when At is zero.
func (m Message) writtenAt() time.Time {
	if m.At.IsZero() {
		return time.Now().UTC()
	}
	return m.At.UTC()
}

// sensitive is what of the message must not appear in receipts and errors.
func (m Message) sensitive() []string { return append([]string{m.Code, m.Word}, m.SigningSecrets...) }

// channelSender is the Sender of one channel type.
type channelSender interface {
	Sender
	// Check returns an error, a sentence for the person, when no message could be
	// sent to an address. It makes no connections.
	Check(to string) error
	// Close closes idle connections.
	Close()
}
