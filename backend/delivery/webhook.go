package delivery

import (
	"cmp"
	"context"
	"crypto/x509"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Webhook is [delivery.webhook] of the configuration.
type Webhook struct {
	Enabled bool
	// Allow has prefixes such as "127.0.0.0/8": addresses that customers' URLs
	// may reach although they are not public.
	Allow     []string
	AllowHTTP bool // plain http, inside Allow only

	Roots    *x509.CertPool // who may sign certificates; nil for the system's own
	Resolver *net.Resolver  // looks names up; nil for the system's own
}

func (w *Webhook) carrier() (carrier, error) {
	if w == nil || !w.Enabled {
		return nil, nil
	}
	allow, err := prefixes("webhook.allow", w.Allow)
	return webhook{NewGuard(Reach{Allow: allow, AllowHTTP: w.AllowHTTP, Roots: w.Roots, Resolver: w.Resolver})}, err
}

// webhook posts messages as signed JSON, as Standard Webhooks 1.0.0 has it.
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

// writtenAt is At, or now where the message does not say.
func (m Message) writtenAt() time.Time {
	if m.At.IsZero() {
		return time.Now().UTC()
	}
	return m.At.UTC()
}

// Send posts the message. The signature is of this try; the id, by which the
// receiver knows a message that comes twice, is the message's own.
func (w webhook) Send(ctx context.Context, m Message) (Receipt, error) {
	r := request{method: http.MethodPost, url: m.To, provider: "webhook " + hostName(m.To)}
	r.secrets = append(m.secrets(), queryValues(m.To)...)
	body, err := json.Marshal(newEvent(m))
	if err != nil {
		return Receipt{}, &Error{Kind: Permanent, Provider: r.provider, Status: "the message cannot be written as JSON", Err: err}
	}
	timestamp := strconv.FormatInt(time.Now().Unix(), 10)
	signature, err := sign(m.Secrets, m.ID, timestamp, body)
	if err != nil {
		return Receipt{}, &Error{Kind: Permanent, Provider: r.provider, Status: err.Error()}
	}
	r.body = body
	r.header = http.Header{
		"Content-Type": {"application/json"}, "Webhook-Id": {m.ID},
		"Webhook-Timestamp": {timestamp}, "Webhook-Signature": {signature},
	}
	return w.toCustomer(ctx, r)
}

// toCustomer sends a request to an address that a customer has chosen, if the
// guard finds nothing wrong with it.
func (g *Guard) toCustomer(ctx context.Context, r request) (Receipt, error) {
	if err := g.Check(r.url); err != nil {
		return Receipt{}, &Error{Kind: Permanent, Provider: r.provider, Status: err.Error()}
	}
	got, err := g.do(ctx, r)
	if err != nil {
		return Receipt{}, err
	}
	return got.receipt(r)
}

// secrets is what of the message must not be repeated in a provider's words.
func (m Message) secrets() []string { return append([]string{m.Code, m.Word}, m.Secrets...) }

// minToken is the shortest value in a URL that is taken for a secret: striking
// out shorter ones would only spoil the words around them.
const minToken = 4

// queryValues are the values after the ? of a URL, where tokens are kept, as
// they are written there and as they are meant.
func queryValues(raw string) (values []string) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil
	}
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		_, written, _ := strings.Cut(pair, "=")
		meant, _ := url.QueryUnescape(written)
		for _, v := range []string{written, meant} {
			if len(v) >= minToken {
				values = append(values, v)
			}
		}
	}
	return values
}

// hostName is the host of a URL as a person may read it, with its port.
func hostName(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return "?"
	}
	return shortened(cmp.Or(words(u.Host), "?"), 60)
}
