package delivery

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"time"
)

// request is one HTTP request of a sender.
type request struct {
	method, url string
	header      http.Header
	body        []byte
	provider    string   // whom the request goes to, for receipts and errors
	sensitive   []string // what must not appear in receipts and errors, such as codes and passwords
}

// response is an HTTP response; of the body, at most maxBody bytes.
type response struct {
	status int
	header http.Header
	body   []byte
}

func (p response) isSuccess() bool { return p.status >= 200 && p.status <= 299 }

// do sends a request. A response of any status is no error; the error is a *Error
// and says why there was no response.
func (g *Guard) do(ctx context.Context, r request) (response, error) {
	sent, err := http.NewRequestWithContext(ctx, r.method, r.url, bytes.NewReader(r.body))
	if err != nil {
		return response{}, &Error{Kind: Permanent, Provider: r.provider, Status: "its address is not a web address"}
	}
	maps.Copy(sent.Header, r.header)
	sent.Header.Set("User-Agent", "PingHome")
	// net/http repeats a GET when the connection that it reused turns out to be
	// closed. That would send the message twice, so a GET gets a new connection.
	sent.Close = r.method == http.MethodGet
	got, err := g.client.Do(sent)
	if err != nil {
		return response{}, connectionError(ctx, r, err)
	}
	defer got.Body.Close()
	if got.StatusCode < http.StatusOK {
		// 101 hands over the connection itself as the body, on which neither the
		// context nor Client.Timeout counts. No request asks for it.
		return response{}, &Error{Provider: r.provider, Status: fmt.Sprintf("answered %d, which is no answer to a message", got.StatusCode)}
	}
	// The same for other reads that do not end with the context.
	defer context.AfterFunc(ctx, func() { _ = got.Body.Close() })()
	// The status says whether the message was taken, so a truncated body is no error.
	body, _ := io.ReadAll(io.LimitReader(got.Body, maxBody))
	return response{got.StatusCode, got.Header, body}, nil
}

// result is the receipt or the error of a customer's receiver. Success is 2xx, as
// in Standard Webhooks. A redirect and 410 are permanent errors; others may be
// corrected at the receiver, so they are temporary.
func (p response) result(r request) (Receipt, error) {
	if p.isSuccess() {
		return Receipt{Provider: r.provider, Status: fmt.Sprintf("answered %d", p.status)}, nil
	}
	return Receipt{}, p.toError(r, string(p.body))
}

// toError is the error for a response that is not a success. text is the provider's
// explanation, unsanitised; "" for none.
func (p response) toError(r request, text string) *Error {
	e := &Error{Provider: r.provider, RetryAfter: retryAfter(p.header.Get("Retry-After"), time.Now())}
	e.Status = fmt.Sprintf("answered %d", p.status)
	if text = sanitize(text, r.sensitive...); text != "" {
		e.Status += ": " + text
	}
	switch {
	case p.status >= 300 && p.status <= 399:
		e.Kind, e.Status = Permanent, fmt.Sprintf("answered %d, and redirects are not followed", p.status)
	case p.status == http.StatusGone:
		e.Kind, e.Gone = Permanent, true
	case p.status == http.StatusTooManyRequests:
		e.Kind = RateLimited
	}
	return e
}

// maxRetryAfter is the longest wait that a provider can ask for. Messages are given
// up after MaxAge, which is as long.
const maxRetryAfter = 24 * time.Hour

// retryAfter reads the header Retry-After in both of its forms, seconds and a date
// (RFC 9110, 10.2.3); 0 when it is missing, malformed or in the past.
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(value, 10, 64); err == nil {
		return time.Duration(min(seconds, uint64(maxRetryAfter/time.Second))) * time.Second
	}
	if date, err := http.ParseTime(value); err == nil {
		return min(max(date.Sub(now), 0), maxRetryAfter)
	}
	return 0
}
