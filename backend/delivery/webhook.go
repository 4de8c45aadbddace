package delivery

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Webhook is the section [delivery.webhook] of the configuration. nil means that
// there is none.
type Webhook struct {
	Enabled bool
	// Allow has addresses and prefixes such as "127.0.0.0/8": messages are sent to
	// them although they are not public. nil for none.
	Allow     []string
	AllowHTTP bool // permits plain http, to addresses in Allow only

	Roots    *x509.CertPool // the trusted certificate authorities; nil means the system's
	Resolver *net.Resolver  // looks up names; nil means the system's
}

func (w *Webhook) newSender() (channelSender, error) {
	if w == nil || !w.Enabled {
		return nil, nil
	}
	allow, err := parsePrefixes("webhook.allow", w.Allow)
	return webhook{NewGuard(Policy{Allow: allow, AllowHTTP: w.AllowHTTP, Roots: w.Roots, Resolver: w.Resolver})}, err
}

// webhook posts messages as signed JSON, as in Standard Webhooks 1.0.0.
type webhook struct{ *Guard }

// event is the body of a webhook.
type event struct {
	Type      string     `json:"type"`
	ID        string     `json:"id"`
	Timestamp time.Time  `json:"timestamp"` // when the message was written, not when it was sent
	Subject   string     `json:"subject"`
	Text      string     `json:"text"`
	Code      string     `json:"code,omitempty"`
	ExpiresAt *time.Time `json:"expires_at,omitempty"`
	Word      string     `json:"word,omitempty"`
}

func newEvent(m Message) event {
	e := event{Type: "notice", ID: m.ID, Timestamp: m.writtenAt(), Subject: m.Subject, Text: m.Body}
	switch {
	case m.Code != "":
		e.Type, e.Code = "verification", m.Code
	case m.Kind == backend.KindTest:
		e.Type, e.Word = "test", m.Word
	}
	if !m.ExpiresAt.IsZero() {
		at := m.ExpiresAt.UTC()
		e.ExpiresAt = &at
	}
	return e
}

// Send posts a message. The timestamp and the signature are new at every attempt; the
// id is the same, so that the receiver can recognise a repetition.
func (w webhook) Send(ctx context.Context, m Message) (Receipt, error) {
	r := request{method: http.MethodPost, url: m.To, provider: "webhook " + displayHost(m.To), anyBody: true}
	r.sensitive = append(m.sensitive(), queryValues(m.To)...)
	body, err := json.Marshal(newEvent(m))
	if err != nil {
		return Receipt{}, &Error{Kind: Permanent, Provider: r.provider, Status: "the message cannot be written as JSON", Err: err}
	}
	timestamp := strconv.FormatInt(time.Now().Unix(), 10)
	signature, err := sign(m.SigningSecrets, m.ID, timestamp, body)
	if err != nil {
		return Receipt{}, &Error{Kind: Permanent, Provider: r.provider, Status: err.Error()}
	}
	r.body = body
	r.header = http.Header{
		"Content-Type": {"application/json"}, "Webhook-Id": {m.ID},
		"Webhook-Timestamp": {timestamp}, "Webhook-Signature": {signature},
	}
	if m.Traceparent != "" {
		r.header.Set("Traceparent", m.Traceparent)
	}
	return w.checkAndSend(ctx, r)
}

// checkAndSend sends a request to a URL that a customer chose, if Check accepts it.
func (g *Guard) checkAndSend(ctx context.Context, r request) (Receipt, error) {
	if err := g.Check(r.url); err != nil {
		return Receipt{}, &Error{Kind: Permanent, Provider: r.provider, Status: err.Error()}
	}
	got, err := g.do(ctx, r)
	if err != nil {
		return Receipt{}, err
	}
	return got.result(r)
}
