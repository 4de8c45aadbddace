package httpapi

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"

	"github.com/account-settings/pinghome/backend"
)

// maxAnswer is the longest body that is read from any server. The longest of
// our own, a hundred messages of a few lines, is far below it.
const maxAnswer = 4 << 20

// lost is a request that got no complete answer.
type lost struct {
	// isSent is false when certainly nothing of the request left this machine.
	isSent bool
	err    error
}

var errNoToken = errors.New("no token")

// send sends one request once, and reads its answer.
func (r *Remote) send(ctx context.Context, client *http.Client, a ask, base string) (received, *lost) {
	ctx, cancel := context.WithTimeout(ctx, a.timeout)
	defer cancel()
	// From the moment that the request has a connection it is not known what of
	// it went out: net/http writes in the background.
	var isSent atomic.Bool
	isSent.Store(!r.clients.isTraced)
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { isSent.Store(true) }})
	request, err := r.request(ctx, a, base)
	if err != nil {
		return received{}, &lost{false, err}
	}
	response, err := client.Do(request)
	if err != nil {
		return received{}, &lost{isSent.Load(), withoutAddress(err)}
	}
	defer response.Body.Close()
	if response.StatusCode < http.StatusOK {
		// 101 hands over the connection itself, on which neither the context nor any
		// timeout of net/http counts. No request asks for it.
		return received{}, &lost{true, errors.New("the server switched protocols")}
	}
	// The same for other reads that do not end with the context.
	defer context.AfterFunc(ctx, func() { response.Body.Close() })()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	answered := received{status: response.StatusCode, header: response.Header, body: bytes.TrimPrefix(body, []byte(backend.ByteOrderMark))}
	if len(body) > maxAnswer {
		answered.body, answered.isLong = nil, true
	}
	if err != nil && answered.isSuccess() { // a refusal says enough with its status
		return received{}, &lost{true, err}
	}
	return answered, nil
}

// request makes the HTTP request of a call.
func (r *Remote) request(ctx context.Context, a ask, base string) (*http.Request, error) {
	o := a.row()
	var body io.Reader
	if a.body != nil {
		text, err := o.body.fill(a.body)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, o.method, a.address(base), body)
	if err != nil {
		return nil, err
	}
	request.GetBody = nil // net/http repeats a request only if it can read its body again
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
	if o.subject == ownAccount {
		set(headerCustomer, a.customer)
	}
	set("If-Match", a.match)
	set(headerTrace, a.trace)
	if a.key != "" {
		// In lower case, so that net/http does not recognise it: it would take
		// the header for permission to repeat a command that has no body
		// (Request.isReplayable). On the wire the case of a name means nothing.
		request.Header[strings.ToLower(headerKey)] = []string{a.key}
	}
	if o.subject == noAccount { // public, so the token is not shown
		return request, nil
	}
	return request, r.authorize(ctx, request)
}

// authorize adds the token.
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

// withoutAddress drops the address that net/http puts before its errors: a
// customer's id is in it.
func withoutAddress(err error) error {
	if wrapper, ok := errors.AsType[*url.Error](err); ok {
		return wrapper.Err
	}
	return err
}

// isRequestError reports whether a request failed before anything was sent.
func isRequestError(err error) bool {
	var known *backend.Error
	return errors.Is(err, errNoToken) || errors.As(err, &known)
}

// requestError is the error of such a request.
func requestError(err error) error {
	if known, ok := errors.AsType[*backend.Error](err); ok {
		return known
	}
	return &backend.Error{Code: backend.CodeUnauthorized, Err: err,
		Message: "There is no usable token. Put one into a file and name it with --token-file."}
}

// offline is the error of a request that did not reach a server.
func offline(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return &backend.Error{Code: backend.CodeBusy, Message: "This was cancelled; nothing was changed.", Err: ctx.Err()}
	}
	return &backend.Error{Code: backend.CodeOffline, Message: "The server cannot be reached: " + whyOffline(err) + ".", Err: err}
}

// unknown is the error of a command whose answer was lost. Its cause is kept as
// text only: a console does not show an error that wraps context.Canceled,
// since it cancelled the call itself, and it must show this one.
func unknown(answered received, l *lost) error {
	cause := "status " + strconv.Itoa(answered.status)
	if l != nil {
		cause = l.err.Error()
	}
	return &backend.Error{Code: backend.CodeUnknownOutcome, Err: errors.New(cause),
		Message: "It is not known whether this was done. Look before doing it again."}
}

// whyOffline says in a few words why a connection failed.
func whyOffline(err error) string {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &name):
		return "its name is not known here"
	case errors.As(err, &certificate), errors.As(err, &authority):
		return "its certificate is not to be trusted"
	case errors.Is(err, errNotThisMachine):
		return "plain http goes to this machine only"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing answers there"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "it did not answer in time"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "there is no way to it"
	}
	return "the connection broke"
}
