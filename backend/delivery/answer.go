package delivery

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"syscall"
	"time"
)

// request is one HTTP request of a sender.
type request struct {
	method, url string
	header      http.Header
	body        []byte
	provider    string   // who is asked, for receipts and errors
	secrets     []string // what must not come back in anybody's words
}

// answer is what came back, read to maxBody.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a answer) isSuccess() bool { return a.status >= 200 && a.status <= 299 }

// do sends a request. An answer of any status is an answer; the error is a
// *Error, and says that there was none.
func (g *Guard) do(ctx context.Context, r request) (answer, error) {
	sent, err := http.NewRequestWithContext(ctx, r.method, r.url, bytes.NewReader(r.body))
	if err != nil {
		return answer{}, &Error{Kind: Permanent, Provider: r.provider, Status: "its address is not a web address"}
	}
	for name, values := range r.header {
		sent.Header[name] = values
	}
	sent.Header.Set("User-Agent", "PingHome")
	// net/http repeats a GET whose connection turns out dead, and the message
	// with it; on a connection of its own there is nothing to repeat.
	sent.Close = r.method == http.MethodGet
	got, err := g.client.Do(sent)
	if err != nil {
		return answer{}, unreached(ctx, r, err)
	}
	defer got.Body.Close()
	// The status has the verdict; a body that breaks off has only fewer words.
	body, _ := io.ReadAll(io.LimitReader(got.Body, maxBody))
	return answer{got.StatusCode, got.Header, body}, nil
}

// unreached says why there was no answer. The error of net/http names the
// whole URL, tokens included, and may quote what was received, so nothing of
// it is passed on as it is.
func unreached(ctx context.Context, r request, err error) *Error {
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	e := &Error{Provider: r.provider, Err: errors.New(words(err.Error(), r.secrets...))}
	var refused refusal
	if errors.As(err, &refused) {
		e.Kind = Permanent
	}
	e.Status = whyUnreached(ctx, err)
	return e
}

// whyUnreached says what went wrong with a connection, in our words: those of
// the libraries can hold addresses of the network inside.
func whyUnreached(ctx context.Context, err error) string {
	var (
		refused     refusal
		lookup      *net.DNSError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		alert       *net.OpError
		timeout     net.Error
	)
	switch {
	case errors.As(err, &refused):
		return refused.Error()
	case errors.Is(ctx.Err(), context.Canceled):
		return "the sending was stopped before there was an answer"
	case errors.As(err, &lookup) && lookup.IsNotFound:
		return "its name was not found"
	case errors.As(err, &lookup):
		return "its name could not be looked up"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), ctx.Err() != nil,
		errors.As(err, &timeout) && timeout.Timeout():
		return "did not answer in time"
	case errors.As(err, &certificate):
		return "its certificate does not verify: " + words(certificate.Err.Error())
	case errors.As(err, &record):
		return "does not speak TLS there"
	case errors.As(err, &alert) && alert.Op == "remote error": // what crypto/tls makes of an alert
		return "refused TLS: " + words(alert.Err.Error())
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused the connection"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "cannot be reached from here"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "hung up without an answer"
	}
	return "did not answer as it should"
}

// receipt is the verdict of a receiver that a customer has chosen. Success is
// 2xx, as Standard Webhooks has it. A redirect stays what it is and 410 is an
// end; everything else may be mended there, so it is worth another try.
func (a answer) receipt(r request) (Receipt, error) {
	if a.isSuccess() {
		return Receipt{Provider: r.provider, Status: fmt.Sprintf("answered %d", a.status)}, nil
	}
	return Receipt{}, a.fault(r, string(a.body))
}

// fault is the error of an answer that is no success, with the provider's own
// words for it.
func (a answer) fault(r request, said string) *Error {
	e := &Error{Provider: r.provider, RetryAfter: retryAfter(a.header.Get("Retry-After"), time.Now())}
	e.Status = fmt.Sprintf("answered %d", a.status)
	if said = words(said, r.secrets...); said != "" {
		e.Status += ": " + said
	}
	switch {
	case a.status >= 300 && a.status <= 399:
		e.Kind, e.Status = Permanent, fmt.Sprintf("answered %d, and redirects are not followed", a.status)
	case a.status == http.StatusGone:
		e.Kind, e.Gone = Permanent, true
	case a.status == http.StatusTooManyRequests:
		e.Kind = RateLimited
	}
	return e
}

// maxRetryAfter is the longest wait that is taken from anybody: messages are given up after it.
const maxRetryAfter = 24 * time.Hour

// retryAfter reads the header in both of its forms, seconds and a date (RFC
// 9110, 10.2.3); 0 where it says nothing, or is past.
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(value, 10, 64); err == nil {
		return time.Duration(min(seconds, uint64(maxRetryAfter/time.Second))) * time.Second
	}
	if date, err := http.ParseTime(value); err == nil {
		return min(max(date.Sub(now), 0), maxRetryAfter)
	}
	return 0
}
