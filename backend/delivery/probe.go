package delivery

import (
	"context"
	"fmt"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// prober is a sender that can be asked whether it works without sending anything.
type prober interface {
	// Probe returns what was found out, in a few words, or an *Error.
	Probe(ctx context.Context) (string, error)
}

// probeTime is how long a sender is waited for when it is asked: a person looks on. A mail server
// may take longer, so that one that has not answered by then may work all the same.
const probeTime = 15 * time.Second

// Probed is what a sender said when it was asked.
type Probed struct {
	Type   backend.ChannelType
	Status string // a few words
	Err    error  // nil when messages can be sent, as far as that can be known
	// Unknown says that the sender has not answered within the time that a person waits.
	Unknown bool
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
			p.probe(ctx, s)
		}
		all = append(all, p)
	}
	return all
}

// probe asks a sender, and waits for probeTime.
func (p *Probed) probe(ctx context.Context, s prober) {
	limited, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	p.Status, p.Err = s.Probe(limited)
	if p.Err == nil || ctx.Err() != nil || limited.Err() == nil || TimeLimit(p.Type) <= probeTime {
		return
	}
	p.Unknown, p.Err = true, nil
	p.Status = fmt.Sprintf("not known yet: it has not answered within %d s; a message waits longer for it", probeTime/time.Second)
}
