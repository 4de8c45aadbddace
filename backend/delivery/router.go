package delivery

import (
	"context"

	"github.com/account-settings/pinghome/backend"
)

// Router is a Sender that passes each message to the sender of its type, or to the
// Inbox when there is none. It is safe for concurrent use.
type Router struct {
	senders map[backend.ChannelType]channelSender // of the configured types only
}

// New makes the senders that are configured. The zero Config is valid: the Inbox
// holds everything. The error is about the configuration: it names the key and says
// what would be right. Close has to be called at the end.
func New(c Config) (*Router, error) {
	r := &Router{senders: map[backend.ChannelType]channelSender{}}
	sections := c.sections()
	for _, kind := range backend.ChannelTypes { // in their order, so that the same configuration has the same error
		section := sections[kind]
		if section == nil {
			continue // its messages are held in the inbox
		}
		sender, err := section.newSender()
		if err != nil {
			return nil, err
		}
		if sender != nil {
			r.senders[kind] = sender
		}
	}
	return r, nil
}

// Send passes a message to the sender of its type. A message of a type without a
// sender, also of an unknown one, is held in the Inbox.
func (r *Router) Send(ctx context.Context, m Message) (Receipt, error) {
	if sender := r.senders[m.Type]; sender != nil {
		return sender.Send(ctx, m)
	}
	return Inbox{}.Send(ctx, m)
}

// HasSender reports whether a sender is configured for a type: its messages leave
// this machine.
func (r *Router) HasSender(t backend.ChannelType) bool { return r.senders[t] != nil }

// Check returns an error, a sentence for the person, when no message could be sent
// to the value of a channel; nil when one could, and when the type has no sender.
// It makes no connections, so it can be called when a channel is saved.
func (r *Router) Check(t backend.ChannelType, value string) error {
	if sender := r.senders[t]; sender != nil {
		return sender.Check(value)
	}
	return nil
}

// Close closes idle connections.
func (r *Router) Close() {
	for _, sender := range r.senders {
		sender.Close()
	}
}
