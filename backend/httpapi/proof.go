package httpapi

import (
	"context"

	"github.com/account-settings/pinghome/backend"
)

// The field and body that confirm a receipt.
var (
	fieldWord = field[string]{"word", `{"example": "heron", "type": "string", "minLength": 1, "description": "What the last test message asks to be given back, in any case"}`, cleanWord}

	bodyChannelWord = &body{name: "ChannelWord", required: []anyField{fieldWord, fieldPriority}}
)

// wireProof is what is known of a channel's messages.
type wireProof struct {
	AcceptedAt instant `json:"accepted_at"`
	AcceptedBy string  `json:"accepted_by"`
	Held       *bool   `json:"held"` // nil from a server that does not tell
	SeenAt     instant `json:"seen_at"`
	StaleAt    instant `json:"stale_at"`
	WordSentAt instant `json:"word_sent_at"`
}

// wireSigningSecret is the answer to the rotation of a webhook's secret.
type wireSigningSecret struct {
	Secret   string  `json:"secret"`
	OldUntil instant `json:"old_until"`
}

func proofToWire(p backend.Proof) wireProof {
	return wireProof{AcceptedAt: instantOf(p.AcceptedAt), AcceptedBy: p.AcceptedBy, Held: &p.Held, SeenAt: instantOf(p.SeenAt),
		StaleAt: instantOf(p.StaleAt), WordSentAt: instantOf(p.WordSentAt)}
}

func (w wireProof) fromWire() backend.Proof {
	return backend.Proof{AcceptedAt: w.AcceptedAt.when(), AcceptedBy: w.AcceptedBy, Held: heldFromWire(w.Held, w.AcceptedBy), SeenAt: w.SeenAt.when(),
		StaleAt: w.StaleAt.when(), WordSentAt: w.WordSentAt.when()}
}

// heldFromWire tells whether a message is held in an inbox. A server of before
// this field tells it by the name of the provider alone.
func heldFromWire(held *bool, provider string) bool {
	if held == nil {
		return provider == "inbox"
	}
	return *held
}

func (c *call) confirmReceipt(ctx context.Context) (reply, error) {
	word, priority := c.text(fieldWord), c.number(fieldPriority)
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	ch, err := c.view.ConfirmReceipt(ctx, priority, word)
	return reply{message: "The test message was seen by a person.", data: channelToWire(ch)}, err
}

func (c *call) rotateSecret(ctx context.Context) (reply, error) {
	priority := c.number(fieldPriority)
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	s, err := c.view.RotateSecret(ctx, priority)
	message := "This is the signing secret of the channel. It is not shown again."
	if !s.OldUntil.IsZero() {
		message = "This is the new signing secret of the channel. It is not shown again. Until old_until, messages carry the signature of the old one, too."
	}
	return reply{message: message, data: wireSigningSecret{Secret: s.Secret, OldUntil: instantOf(s.OldUntil)}}, err
}

// cleanWord wants a word to be there; which one it is, only the backend knows.
func cleanWord(word string) (string, error) { return word, present(word) }
