package ui

import (
	"context"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/backend/local"
)

// postman carries messages of all types, and refuses what it is told to.
type postman struct {
	refusal *delivery.Error
	carried []delivery.Message
	asked   int
}

func (p *postman) Send(_ context.Context, m delivery.Message) (delivery.Receipt, error) {
	p.asked++
	if p.refusal != nil {
		return delivery.Receipt{}, p.refusal
	}
	p.carried = append(p.carried, m)
	return delivery.Receipt{Provider: "post.example", Status: "250 queued as 17"}, nil
}

func (p *postman) last() delivery.Message { return p.carried[len(p.carried)-1] }

var (
	later = &delivery.Error{Kind: delivery.Temporary, Provider: "post.example", Status: "451 the mailbox is busy", RetryAfter: 25 * time.Second}
	never = &delivery.Error{Kind: delivery.Permanent, Provider: "post.example", Status: "550 no such person here"}
)

// posted opens the demo with somebody who carries its messages.
func posted(t *testing.T) (*visit, *postman) {
	v, p := open(t), &postman{}
	v.post = p
	v.again(john)
	return v, p
}

// handOver does what the outbox does beside the console: it hands over what is due.
func (v *visit) handOver() {
	v.T.Helper()
	if err := v.m().shell.Session.Accounts.(*local.Accounts).HandOver(v.T.Context()); err != nil {
		v.T.Fatal(err)
	}
	v.Pass(PollInterval)
}

// attempted counts how often the attempts of channels are asked for.
type attempted struct {
	backend.Backend
	asked []int
}

func (a *attempted) ChannelAttempts(ctx context.Context, priority, limit int) ([]backend.Attempt, error) {
	a.asked = append(a.asked, priority)
	return a.Backend.ChannelAttempts(ctx, priority, limit)
}
