package delivery

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// Push is [delivery.push] of the configuration. Its fields mean what those of
// Webhook do.
type Push struct {
	Enabled   bool
	Allow     []string
	AllowHTTP bool

	Roots    *x509.CertPool
	Resolver *net.Resolver
}

func (p *Push) carrier() (carrier, error) {
	if p == nil || !p.Enabled {
		return nil, nil
	}
	allow, err := prefixes("push.allow", p.Allow)
	return push{NewGuard(Reach{Allow: allow, AllowHTTP: p.AllowHTTP, Roots: p.Roots, Resolver: p.Resolver})}, err
}

// push publishes to the address of a topic as ntfy has it
// (https://docs.ntfy.sh/publish), or to that of an application on Gotify
// (https://gotify.net/api-docs#/message/createMessage).
type push struct{ *Guard }

// Send publishes the message. The token of a Gotify address, and what else
// stands after its ?, is struck from every word that comes back.
func (p push) Send(ctx context.Context, m Message) (Receipt, error) {
	r := request{method: http.MethodPost, url: m.To, provider: "ntfy " + hostName(m.To), body: []byte(m.Body), header: ntfyHeader(m)}
	if isGotify(m.To) {
		body, err := json.Marshal(gotifyMessage{Title: m.Subject, Message: m.Body, Priority: urgency(m).gotify})
		if err != nil {
			return Receipt{}, &Error{Kind: Permanent, Provider: r.provider, Status: "the message cannot be written as JSON", Err: err}
		}
		r.provider, r.body, r.header = "gotify "+hostName(m.To), body, http.Header{"Content-Type": {"application/json"}}
	}
	r.secrets = append(m.secrets(), queryValues(m.To)...)
	if err := p.Check(m.To); err != nil {
		return Receipt{}, &Error{Kind: Permanent, Provider: r.provider, Status: err.Error()}
	}
	got, err := p.do(ctx, r)
	if err != nil {
		return Receipt{}, err
	}
	return got.pushReceipt(r)
}

// Check is the guard's, and wants the topic of the address, too.
func (p push) Check(raw string) error {
	if err := p.Guard.Check(raw); err != nil {
		return err
	}
	if u, err := url.Parse(raw); err != nil || strings.Trim(u.Path, "/") == "" {
		return errors.New("The address lacks its topic; write it as https://ntfy.sh/your-topic, or as https://gotify.example.org/message?token=….")
	}
	return nil
}

// isGotify tells the two apart by the address: /message with a token is
// Gotify's, and a topic of ntfy needs none.
func isGotify(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && strings.HasSuffix(u.Path, "/message") && u.Query().Has("token")
}

// gotifyMessage is the body that Gotify takes.
type gotifyMessage struct {
	Title    string `json:"title"`
	Message  string `json:"message"`
	Priority int    `json:"priority"`
}

// A code is wanted now, so it rings: ntfy's priorities go from 1 to 5 with 3
// as the default, Gotify's apps ring from 8 on and make a sound from 4 on.
type urgencies struct {
	ntfy, gotify int
	tag          string // drawn by ntfy as the emoji of this name
}

func urgency(m Message) urgencies {
	switch {
	case m.Code != "":
		return urgencies{4, 8, "key"}
	case m.Kind == backend.KindTest:
		return urgencies{3, 5, "white_check_mark"}
	}
	return urgencies{3, 5, "bell"}
}

func ntfyHeader(m Message) http.Header {
	u := urgency(m)
	return http.Header{
		"Title": {headerText(m.Subject)}, "Priority": {strconv.Itoa(u.ntfy)}, "Tags": {u.tag},
		"Content-Type": {"text/plain; charset=utf-8"},
	}
}

// headerText is a text for a header: as it is in ASCII, and as RFC 2047
// encodes it otherwise, which ntfy reads back. A long one is encoded in parts,
// which mail divides by new lines and HTTP must not.
func headerText(text string) string {
	return strings.ReplaceAll(mime.BEncoding.Encode("utf-8", words(text)), "\r\n", "")
}

// pushReceipt names the message by the id that the server gave it, where it did.
func (a answer) pushReceipt(r request) (Receipt, error) {
	var said struct {
		ID               any
		Error            string
		ErrorDescription string // Gotify's, the longer of its two
	}
	_ = json.Unmarshal(a.body, &said) // other words are words as well
	if !a.isSuccess() {
		switch {
		case said.ErrorDescription != "":
			return Receipt{}, a.fault(r, said.ErrorDescription)
		case said.Error != "":
			return Receipt{}, a.fault(r, said.Error)
		}
		return a.receipt(r)
	}
	receipt, err := a.receipt(r)
	switch id := said.ID.(type) {
	case string:
		receipt.Status = words("id "+id, r.secrets...)
	case float64:
		receipt.Status = fmt.Sprintf("id %.0f", id)
	}
	return receipt, err
}
