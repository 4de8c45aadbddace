package httpapi

import (
	"context"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// The field and body that confirm a receipt. Which word is right, only the
// backend knows.
var (
	fieldWord = field[string]{"word", `{"examples": ["heron"], "type": "string", "minLength": 1, "description": "What the last test message asks to be given back, in any case"}`, notBlank}

	fieldOverlap = field[bool]{"overlap", `{"type": "boolean", "examples": [true], "default": true, "description": "Whether the old secret goes on signing for a day, so that the receiver can change over; false stops it at once, as for a secret that others know"}`, nil}

	bodySecretChange = &body{name: "SecretChange", required: []anyField{fieldPriority}, optional: []anyField{fieldOverlap}}
	bodyChannelWord  = &body{name: "ChannelWord", required: []anyField{fieldWord, fieldPriority}}
)

// wireAttempt is one attempt to deliver a message.
type wireAttempt struct {
	ID         string  `json:"id"`
	MessageID  string  `json:"message_id"`
	Kind       string  `json:"kind"`
	At         instant `json:"at"`
	Outcome    string  `json:"outcome"`
	Provider   string  `json:"provider"`
	Status     string  `json:"status"`
	DurationMS int64   `json:"duration_ms"`
	Stopped    bool    `json:"stopped"`
}

// wireFailure is a message that was not delivered.
type wireFailure struct {
	At       instant `json:"at"`
	Kind     string  `json:"kind"`
	Provider string  `json:"provider"`
	Status   string  `json:"status"`
	Since    instant `json:"since"` // null from a server that does not tell
	Stopped  bool    `json:"stopped"`
}

// wireProof is what is known of the messages to a channel.
type wireProof struct {
	AcceptedAt instant `json:"accepted_at"`
	AcceptedBy string  `json:"accepted_by"`
	Held       *bool   `json:"held"` // nil from a server that does not tell
	SeenAt     instant `json:"seen_at"`
	StaleAt    instant `json:"stale_at"`
	WordSentAt instant `json:"word_sent_at"`
}

// wireSigningSecret is a webhook's new signing secret.
type wireSigningSecret struct {
	Secret   string  `json:"secret"`
	OldUntil instant `json:"old_until"`
}

func attemptToWire(a backend.Attempt) wireAttempt {
	return wireAttempt{ID: a.ID, MessageID: a.MessageID, Kind: string(a.Kind), At: instantOf(a.At), Outcome: string(a.Outcome),
		Provider: a.Provider, Status: a.Status, DurationMS: a.Duration.Milliseconds(), Stopped: a.Stopped}
}

func (w wireAttempt) fromWire() backend.Attempt {
	return backend.Attempt{ID: w.ID, MessageID: w.MessageID, Kind: backend.MessageKind(w.Kind), At: w.At.when(), Outcome: backend.Outcome(w.Outcome),
		Provider: w.Provider, Status: w.Status, Duration: time.Duration(w.DurationMS) * time.Millisecond, Stopped: w.Stopped}
}

func failureToWire(f backend.Failure) wireFailure {
	return wireFailure{At: instantOf(f.At), Kind: string(f.Kind), Provider: f.Provider, Status: f.Status, Since: instantOf(f.Since), Stopped: f.Stopped}
}

func (w wireFailure) fromWire() backend.Failure {
	return backend.Failure{At: w.At.when(), Kind: backend.MessageKind(w.Kind), Provider: w.Provider, Status: w.Status, Since: w.Since.when(), Stopped: w.Stopped}
}

func proofToWire(p backend.Proof) wireProof {
	return wireProof{AcceptedAt: instantOf(p.AcceptedAt), AcceptedBy: p.AcceptedBy, Held: &p.Held, SeenAt: instantOf(p.SeenAt),
		StaleAt: instantOf(p.StaleAt), WordSentAt: instantOf(p.WordSentAt)}
}

func (w wireProof) fromWire() backend.Proof {
	return backend.Proof{AcceptedAt: w.AcceptedAt.when(), AcceptedBy: w.AcceptedBy, Held: heldFromWire(w.Held, w.AcceptedBy), SeenAt: w.SeenAt.when(),
		StaleAt: w.StaleAt.when(), WordSentAt: w.WordSentAt.when()}
}

// heldFromWire tells whether a message is kept in an inbox. A server that does
// not tell it names the inbox as the provider.
func heldFromWire(held *bool, provider string) bool {
	if held == nil {
		return provider == "inbox"
	}
	return *held
}

func (c *call) listChannelAttempts(ctx context.Context) (reply, error) {
	priority, err := priorityIn(c.query)
	c.Add("priority", err)
	limit, err := c.limit()
	if err != nil {
		return reply{}, err
	}
	list, err := c.view.OlderAttempts(ctx, priority, c.query.Get(paramCursor), limit+1)
	list, next := cut(list, limit, func(a backend.Attempt) string { return a.ID })
	return reply{message: "These are the attempts to reach the channel, newest first.", data: listToWire(list, attemptToWire), next: c.behind(next)}, err
}

func (c *call) listMessageAttempts(ctx context.Context) (reply, error) {
	list, err := c.view.MessageAttempts(ctx, c.message())
	return reply{message: "These are the attempts to send the message, oldest first.", data: listToWire(list, attemptToWire)}, err
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
	priority, overlap := c.number(fieldPriority), !c.has(fieldOverlap.name) || c.truth(fieldOverlap)
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	s, err := c.view.RotateSecret(ctx, priority, overlap)
	message := "This is the new signing secret of the channel, and the only one. It is not shown again."
	if !s.OldUntil.IsZero() {
		message = "This is the new signing secret of the channel. It is not shown again. Until old_until, messages carry the signature of the old one, too."
	}
	return reply{message: message, data: wireSigningSecret{Secret: s.Secret, OldUntil: instantOf(s.OldUntil)}}, err
}
