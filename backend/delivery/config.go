package delivery

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// Config is the section [delivery] of the configuration. Messages of a type whose
// section is nil or not enabled are held in the inbox.
type Config struct {
	Email   *Email
	SMS     *SMS
	Webhook *Webhook
	Push    *Push
}

// section is the configuration of one channel type.
type section interface {
	// newSender returns the sender; nil when the section is nil or not enabled.
	newSender() (channelSender, error)
}

// sections has the section of every channel type. Messages of a type that is not
// in it are held in the inbox.
func (c Config) sections() map[backend.ChannelType]section {
	return map[backend.ChannelType]section{
		backend.TypeEmail: c.Email, backend.TypeSMS: c.SMS, backend.TypeWebhook: c.Webhook, backend.TypePush: c.Push,
	}
}

// configError is an error in the configuration: the key without "delivery.", then
// what is wrong and what would be right.
func configError(key, format string, args ...any) error {
	return fmt.Errorf("delivery.%s %s", key, fmt.Sprintf(format, args...))
}

// parsePrefixes reads a list of addresses and prefixes, the value of a key.
func parsePrefixes(key string, list []string) (read []netip.Prefix, err error) {
	for _, text := range list {
		p, err := netip.ParsePrefix(text)
		if addr, notAddr := netip.ParseAddr(text); err != nil && notAddr == nil && addr.Zone() == "" {
			p, err = addr.Prefix(addr.BitLen())
		}
		if err != nil || p.Addr().Is4In6() {
			return nil, configError(key, "has %q, which is no range of addresses; write it as 10.0.0.0/8 or fd00::/8.", text)
		}
		read = append(read, p.Masked())
	}
	return read, nil
}

// hasLineBreak reports whether a text for a single line could end it: it has a line
// break or a NUL.
func hasLineBreak(text string) bool { return strings.ContainsAny(text, "\r\n\x00") }
