package delivery

import (
	"context"
	"fmt"
	"net/netip"

	"github.com/account-settings/pinghome/backend"
)

// Config is [delivery] of the configuration. What is nil, or not enabled, goes
// to the inbox.
type Config struct {
	Email   *Email
	SMS     *SMS
	Webhook *Webhook
	Push    *Push
}

// carrier is a Sender that knows which addresses it can reach.
type carrier interface {
	Sender
	// Check says in a sentence for the person why nothing could go to an
	// address, without asking anybody.
	Check(to string) error
	// Close closes the connections that wait for another message.
	Close()
}

// Router gives each message to the sender of its type, and to the Inbox where
// there is none. It may be used by many at once.
type Router struct {
	carriers map[backend.ChannelType]carrier
}

// section is a section of the configuration; its carrier is nil where the
// section is missing or not enabled.
type section interface{ carrier() (carrier, error) }

// sections has the section of every channel type; messages of a type without
// one are held in the inbox.
func (c Config) sections() map[backend.ChannelType]section {
	return map[backend.ChannelType]section{
		backend.TypeEmail: c.Email, backend.TypeSMS: c.SMS, backend.TypeWebhook: c.Webhook, backend.TypePush: c.Push,
	}
}

// New makes the senders that are configured. The error names the key that has
// to be mended, and says what would be right.
func New(c Config) (*Router, error) {
	r := &Router{carriers: map[backend.ChannelType]carrier{}}
	sections := c.sections()
	for _, kind := range backend.ChannelTypes { // in their order, so that the first mistake is always the same
		section := sections[kind]
		if section == nil {
			continue // the inbox holds its messages
		}
		made, err := section.carrier()
		if err != nil {
			return nil, err
		}
		if made != nil {
			r.carriers[kind] = made
		}
	}
	return r, nil
}

// Send gives the message to the sender of its type.
func (r *Router) Send(ctx context.Context, m Message) (Receipt, error) {
	if made := r.carriers[m.Type]; made != nil {
		return made.Send(ctx, m)
	}
	return Inbox{}.Send(ctx, m)
}

// Carries tells whether messages of the type leave this machine.
func (r *Router) Carries(t backend.ChannelType) bool { return r.carriers[t] != nil }

// Check says in a sentence for the person why a message could not go to the
// value of a channel; nil where it could, and where the inbox keeps it. It
// asks nobody, so it is for the moment of saving.
func (r *Router) Check(t backend.ChannelType, value string) error {
	if made := r.carriers[t]; made != nil {
		return made.Check(value)
	}
	return nil
}

// Close closes the connections that wait for another message.
func (r *Router) Close() {
	for _, made := range r.carriers {
		made.Close()
	}
}

// wrong is an error of the configuration: the key, and what would be right.
func wrong(key, format string, args ...any) error {
	return fmt.Errorf("delivery.%s %s", key, fmt.Sprintf(format, args...))
}

// prefixes reads a list of addresses and prefixes of the configuration.
func prefixes(key string, list []string) (read []netip.Prefix, err error) {
	for _, text := range list {
		p, err := netip.ParsePrefix(text)
		if addr, notAddr := netip.ParseAddr(text); err != nil && notAddr == nil && addr.Zone() == "" {
			p, err = addr.Prefix(addr.BitLen())
		}
		if err != nil || p.Addr().Is4In6() {
			return nil, wrong(key, "has %q, which is no range of addresses; write it as 10.0.0.0/8 or fd00::/8.", text)
		}
		read = append(read, p.Masked())
	}
	return read, nil
}
