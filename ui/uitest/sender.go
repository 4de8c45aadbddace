package uitest

import (
	"context"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/backend/local"
)

// Sender is a fake provider for messages of all types. It takes them, as the provider
// "post.example", or refuses them while Refusal is set.
type Sender struct {
	Refusal *delivery.Error
	Sent    []delivery.Message // those that it accepted
}

// Send takes or refuses a message.
func (s *Sender) Send(_ context.Context, m delivery.Message) (delivery.Receipt, error) {
	if s.Refusal != nil {
		return delivery.Receipt{}, s.Refusal
	}
	s.Sent = append(s.Sent, m)
	return delivery.Receipt{Provider: "post.example", Status: "250 queued as 17"}, nil
}

// Last returns the message that it accepted last. It panics if there is none.
func (s *Sender) Last() delivery.Message { return s.Sent[len(s.Sent)-1] }

// Refusals of a provider.
var (
	Busy    = &delivery.Error{Kind: delivery.Temporary, Provider: "post.example", Status: "451 the mailbox is busy", RetryAfter: 25 * time.Second}
	Refused = &delivery.Error{Kind: delivery.Permanent, Provider: "post.example", Status: "550 no such person here"}
	CutOff  = &delivery.Error{Kind: delivery.Unknown, Provider: "post.example", Status: "hung up, so it may have been taken"}
	// NoSignIn is the operator's to correct.
	NoSignIn = &delivery.Error{Provider: "post.example", Status: "refused the sign-in: 535 (the operator has to correct the password)", Ours: true}
)

// OpenSending opens a console on the demo's data whose messages are sent by the Sender
// that it returns.
func OpenSending(t testing.TB) (*Visit, *Sender) {
	t.Helper()
	v, s := Open(t), &Sender{}
	v.Sender = s
	v.Restart()
	return v, s
}

// SendQueued sends the messages that are due, as the worker beside the console does,
// and lets one poll interval pass.
func (v *Visit) SendQueued() {
	v.T.Helper()
	if err := v.Account(JohnID).Accounts.(*local.Accounts).DeliverDue(v.T.Context()); err != nil {
		v.T.Fatal(err)
	}
	v.Poll()
}
