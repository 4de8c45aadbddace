package delivery

import (
	"context"

	"github.com/account-settings/pinghome/backend"
)

// prober is a sender that can be asked whether it works without sending anything.
type prober interface {
	// Probe returns what was found out, in a few words, or an *Error.
	Probe(ctx context.Context) (string, error)
}

// Probed is what a sender said when it was asked.
type Probed struct {
	Type   backend.ChannelType
	Status string // a few words
	Err    error  // nil when messages can be sent, as far as that can be known
}

// Probe asks the sender of every channel type whether it works, and sends nothing.
// Types without a sender are not in the result.
func (r *Router) Probe(ctx context.Context) []Probed {
	var all []Probed
	for _, kind := range backend.ChannelTypes {
		sender := r.senders[kind]
		if sender == nil {
			continue
		}
		p := Probed{Type: kind, Status: "is on; every receiver is asked when a message is sent"}
		if s, ok := sender.(prober); ok {
			p.Status, p.Err = s.Probe(ctx)
		}
		all = append(all, p)
	}
	return all
}
