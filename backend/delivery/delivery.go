// Package delivery hands messages to whoever carries them.
//
// A Sender carries one message and answers with a receipt, or with an *Error
// that says whether trying again can help. It is always called outside of a
// transaction, and may be called more than once for one message, with the
// same id each time.
//
// With nothing configured the sender is the Inbox: the message stays on this
// machine, where the console shows it. A Router has a sender for each type of
// channel that is configured, and the Inbox for the others.
//
// Everything goes out by a Guard. What providers answer is foreign text, and
// passes words() before anybody keeps or sees it.
package delivery

import (
	"context"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Sender carries messages.
type Sender interface {
	// Send carries one message, or says in an *Error why not. It returns soon
	// after ctx has ended.
	Send(ctx context.Context, m Message) (Receipt, error)
}

// Message is what is carried.
type Message struct {
	ID            string // the same on every try
	Type          backend.ChannelType
	To            string // an address, a number in E.164, or an absolute URL
	Kind          backend.MessageKind
	Subject, Body string
	// HTML says the same as Body, for email; "" for plain text only.
	HTML string
	// Code is the six digits in the Body, for carriers with a field for them; "" where there is none.
	Code string
	// Word is what a person who got a test reads in its Body; "" where there is none.
	Word string
	// Secrets sign a webhook, each "whsec_" and base64: the current one, and
	// for a while after a change the one before it, too.
	Secrets []string
	// At is when the message was written, the same on every try; zero for now.
	At time.Time
	// ExpiresAt is when the message is of no more use; zero for never.
	ExpiresAt time.Time
}

// Receipt is what the provider said when it took a message.
type Receipt struct {
	Provider string // who took it, such as "inbox" or "smtp mail.example.org"
	Status   string // in the provider's own words
	// Held says that the message went no further than this machine.
	Held bool
}
