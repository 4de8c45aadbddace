package delivery

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// Push is the section [delivery.push] of the configuration. Its fields are those of
// Webhook.
type Push struct {
	Enabled   bool
	Allow     []string
	AllowHTTP bool

	Roots    *x509.CertPool
	Resolver *net.Resolver
}

func (p *Push) newSender() (channelSender, error) {
	if p == nil || !p.Enabled {
		return nil, nil
	}
	allow, err := parsePrefixes("push.allow", p.Allow)
	return push{NewGuard(Policy{Allow: allow, AllowHTTP: p.AllowHTTP, Roots: p.Roots, Resolver: p.Resolver})}, err
}

// push publishes to a topic of ntfy (https://docs.ntfy.sh/publish) or to an
// application of Gotify (https://gotify.net/api-docs#/message/createMessage).
type push struct{ *Guard }

// Send publishes a message. The values in the query of the address, such as the token
// of Gotify, are redacted in what the server answers.
func (p push) Send(ctx context.Context, m Message) (Receipt, error) {
	r := request{method: http.MethodPost, url: withoutSlash(m.To), provider: "ntfy " + displayHost(m.To), body: []byte(m.Body), header: ntfyHeader(m), onlyOnce: true}
	if isGotify(m.To) {
		body, err := json.Marshal(gotifyMessage{Title: m.Subject, Message: m.Body, Priority: urgencyOf(m).gotify})
		if err != nil {
			return Receipt{}, &Error{Kind: Permanent, Provider: r.provider, Status: "the message cannot be written as JSON", Err: err}
		}
		r.provider, r.body, r.header = "gotify "+displayHost(m.To), body, http.Header{"Content-Type": {"application/json"}}
	}
	r.sensitive = append(m.sensitive(), queryValues(m.To)...)
	if err := p.Check(m.To); err != nil {
		return Receipt{}, &Error{Kind: Permanent, Provider: r.provider, Status: err.Error()}
	}
	got, err := p.do(ctx, r)
	if err != nil {
		return Receipt{}, err
	}
	return got.pushResult(r)
}

// Check checks an address as Guard.Check does, and that it has a topic.
func (p push) Check(raw string) error {
	if err := p.Guard.Check(raw); err != nil {
		return err
	}
	if u, err := url.Parse(raw); err != nil || strings.Trim(u.Path, "/") == "" {
		return errors.New("The address lacks its topic; write it as https://ntfy.sh/your-topic, or as https://gotify.example.org/message?token=….")
	}
	return nil
}

// isGotify reports whether an address is one of Gotify and not of ntfy: it ends in
// /message and has a token, which a topic of ntfy does not need.
func isGotify(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && strings.HasSuffix(strings.TrimRight(u.Path, "/"), "/message") && u.Query().Has("token")
}

// withoutSlash is an address without the slashes at the end of its path: neither server
// has a path that ends in one. Gotify redirects to the path without, and ntfy does not
// know the topic.
func withoutSlash(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || !strings.HasSuffix(u.EscapedPath(), "/") {
		return raw
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	if u.Path, err = url.PathUnescape(path); err != nil {
		return raw
	}
	u.RawPath = path
	return u.String()
}

// gotifyMessage is the body that Gotify takes.
type gotifyMessage struct {
	Title    string `json:"title"`
	Message  string `json:"message"`
	Priority int    `json:"priority"`
}

// urgency says how much a message disturbs. In ntfy, priorities are 1 to 5 with 3 as
// the default; the apps of Gotify make a sound from 4 and ring from 8.
type urgency struct {
	ntfy, gotify int
	tag          string // ntfy shows the emoji with this name
}

// urgencyOf is higher for a code, which a person waits for.
func urgencyOf(m Message) urgency {
	switch {
	case m.Code != "":
		return urgency{4, 8, "key"}
	case m.Kind == backend.KindTest:
		return urgency{3, 5, "white_check_mark"}
	}
	return urgency{3, 5, "bell"}
}

func ntfyHeader(m Message) http.Header {
	u := urgencyOf(m)
	return http.Header{
		"Title": {headerText(m.Subject)}, "Priority": {strconv.Itoa(u.ntfy)}, "Tags": {u.tag},
		"Content-Type": {"text/plain; charset=utf-8"},
	}
}

// headerText encodes a text for a header as RFC 2047 does, which ntfy decodes; ASCII
// stays as it is. A long text is encoded in parts, which are on separate lines in
// email and must not be in HTTP.
func headerText(text string) string {
	return strings.ReplaceAll(mime.BEncoding.Encode("utf-8", sanitize(text)), "\r\n", "")
}

// pushResult reads the response. Both servers give a message an id; a status of success
// without one is not theirs: it is that of a portal, a proxy or another server, which
// publishes nothing.
func (p response) pushResult(r request) (Receipt, error) {
	answer := p.members()
	if !p.isSuccess() {
		// Gotify's description says more than its error.
		if text := answer.text("errorDescription", "error"); text != "" {
			return Receipt{}, p.toError(r, text)
		}
		return p.result(r)
	}
	id := answer.id("id")
	if id == "" {
		server, _, _ := strings.Cut(r.provider, " ")
		return Receipt{}, p.foreign(r, "in "+server+"'s words: it names no message that it has published")
	}
	return Receipt{Provider: r.provider, Status: sanitize("id "+id, r.sensitive...)}, nil
}
