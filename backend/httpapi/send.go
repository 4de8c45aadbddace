package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// ask is one request, before it is known where it goes.
type ask struct {
	role   role
	method string
	path   string // below the base, escaped
	params url.Values
	body   any // nil: none
	// customer is whom an operator acts for, "" for the token's own.
	customer string
	// key and match are the headers of a command.
	key, match string
	// conflict is what a 409 without a code means here, and field what a 422
	// without fields is about.
	conflict backend.Code
	field    string
	// isEither: a command that one of the documented layouts has on the query base.
	isEither bool
	// isSending: a command that answers what a provider says, which takes long.
	isSending bool
	// isOpen: it is for everybody to see, so the token is not shown.
	isOpen bool
	limit  time.Duration // of one attempt
}

// received is an answer, whatever it says.
type received struct {
	status int
	header http.Header
	body   []byte
	isLong bool // the body was longer than maxAnswer, and is not all here
}

func (r received) isSuccess() bool { return r.status >= 200 && r.status < 300 }

// lost is a request that got no whole answer.
type lost struct {
	// isSent is false when certainly nothing of it left this machine.
	isSent bool
	err    error
}

var errNoToken = errors.New("no token")

// send sends one request once, and reads its answer.
func (r *Remote) send(ctx context.Context, way *http.Client, a ask, base string) (received, *lost) {
	ctx, cancel := context.WithTimeout(ctx, a.limit)
	defer cancel()
	// From the moment that a connection is handed to the request nobody can
	// tell what of it went out: net/http writes on its own.
	var isSent atomic.Bool
	isSent.Store(!r.ways.isTraced)
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { isSent.Store(true) }})
	request, err := r.request(ctx, a, base)
	if err != nil {
		return received{}, &lost{false, err}
	}
	response, err := way.Do(request)
	if err != nil {
		return received{}, &lost{isSent.Load(), withoutAddress(err)}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	answered := received{status: response.StatusCode, header: response.Header, body: body}
	if len(body) > maxAnswer {
		answered.body, answered.isLong = nil, true
	}
	if err != nil && answered.isSuccess() { // a refusal says enough with its status
		return received{}, &lost{true, err}
	}
	return answered, nil
}

// request puts a request together. The token is asked for each time, so that
// one that was replaced is taken up.
func (r *Remote) request(ctx context.Context, a ask, base string) (*http.Request, error) {
	var body io.Reader
	if a.body != nil {
		text, err := json.Marshal(a.body)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(text)
	}
	address := base + a.path
	if len(a.params) > 0 {
		address += "?" + a.params.Encode()
	}
	request, err := http.NewRequestWithContext(ctx, a.method, address, body)
	if err != nil {
		return nil, err
	}
	request.GetBody = nil // net/http repeats only what it can rewind
	request.Header.Set("Accept", "application/json, application/problem+json")
	request.Header.Set("User-Agent", "pinghome")
	set := func(name, value string) {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	if body != nil {
		set("Content-Type", "application/json")
	}
	set(headerCustomer, a.customer)
	set("If-Match", a.match)
	if a.key != "" {
		// Spelt so that net/http does not know it: it would take the header for
		// a leave to repeat a command that has no body (Request.isReplayable).
		// On the wire the case of a header's name means nothing.
		request.Header[strings.ToLower(headerKey)] = []string{a.key}
	}
	if a.isOpen {
		return request, nil
	}
	return request, r.authorize(ctx, request)
}

func (r *Remote) authorize(ctx context.Context, request *http.Request) error {
	token, err := r.options.Token(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", errNoToken, err)
	}
	text := strings.TrimSpace(string(token))
	if text == "" || strings.ContainsFunc(text, func(c rune) bool { return c <= ' ' || c > '~' }) {
		return errNoToken
	}
	request.Header.Set("Authorization", "Bearer "+text)
	return nil
}

// withoutAddress drops the address that net/http puts before its errors: it
// holds a customer's id.
func withoutAddress(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
