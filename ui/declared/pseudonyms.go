package declared

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"github.com/account-settings/pinghome/backend"
)

// Hide replaces each value by what hide makes of it; why is for Document.Hidden.
func (d *Document) Hide(why string, hide func(kind backend.ChannelType, value string) string, hideText func(text string) string) {
	d.Hidden = why
	for _, field := range []*string{d.Name, d.Surname} {
		if field != nil {
			*field = hideText(*field)
		}
	}
	if d.Username != nil {
		*d.Username = hide(backend.TypeEmail, *d.Username)
	}
	for i, c := range d.Channels {
		d.Channels[i].Value = hide(c.Type, c.Value)
		if c.Label != nil {
			label := hideText(*c.Label)
			d.Channels[i].Label = &label
		}
	}
}

// Pseudonyms makes stand-ins: with the same key, the same for the same value, so that two dumps can be
// compared. Without the key it cannot be found out of which value one is.
type Pseudonyms struct{ Key []byte }

// Value is the stand-in for a value of a channel. It has the look of its type and leads nowhere: the
// domain is kept for documentation (RFC 2606), and no country has the number.
func (p Pseudonyms) Value(kind backend.ChannelType, value string) string {
	if value == "" {
		return ""
	}
	sum := p.sum(string(kind) + " " + backend.CanonicalValue(kind, value))
	name := hex.EncodeToString(sum[:4])
	switch kind {
	case backend.TypeEmail:
		return "person-" + name + "@example.org"
	case backend.TypeSMS:
		return fmt.Sprintf("+999%09d", binary.BigEndian.Uint64(sum)%1_000_000_000)
	default:
		return "https://example.org/" + name
	}
}

// Text is the stand-in for a name or a label.
func (p Pseudonyms) Text(text string) string {
	if text == "" {
		return ""
	}
	return "text-" + hex.EncodeToString(p.sum("text " + text)[:4])
}

func (p Pseudonyms) sum(text string) []byte {
	mac := hmac.New(sha256.New, p.Key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}
