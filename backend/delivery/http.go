package delivery

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"
)

// request is one HTTP request of a sender.
type request struct {
	method, url string
	header      http.Header
	body        []byte
	provider    string   // whom the request goes to, for receipts and errors
	sensitive   []string // what must not appear in receipts and errors, such as codes and passwords
	// onlyOnce says that the receiver does not recognise a repetition, such as an SMS gateway: what
	// was cut off after the whole request may be a second copy when it is tried again.
	onlyOnce bool
	anyBody  bool // an answer of success is one with any body or none
}

// response is an HTTP response; of the body, at most maxBody bytes, and what came in time.
type response struct {
	status int
	header http.Header
	body   []byte
	isCut  bool // the rest of the body did not come
}

func (p response) isSuccess() bool { return p.status >= 200 && p.status <= 299 }

// do sends a request. A response of any status is no error; the error is a *Error
// and says why there was no response.
func (g *Guard) do(ctx context.Context, r request) (response, error) {
	var wasWritten atomic.Bool // the whole request
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn:      func(string) { wasWritten.Store(false) }, // net/http begins again on another connection
		WroteRequest: func(w httptrace.WroteRequestInfo) { wasWritten.Store(w.Err == nil) },
	})
	sent, err := http.NewRequestWithContext(traced, r.method, r.url, bytes.NewReader(r.body))
	if err != nil {
		return response{}, &Error{Kind: Permanent, Provider: r.provider, Status: "its address is not a web address"}
	}
	maps.Copy(sent.Header, r.header)
	sent.Header.Set("User-Agent", "PingHome")
	// net/http repeats a GET when the connection that it reused turns out to be
	// closed. That would send the message twice, so a GET gets a new connection.
	sent.Close = r.method == http.MethodGet
	if !r.onlyOnce {
		// Whereas here the receiver knows a repetition. This key without a value, which is not sent, has
		// net/http repeat the request then, so that an old connection's end is not taken for a failure.
		sent.Header["Idempotency-Key"] = nil
	}
	got, err := g.client.Do(sent)
	if err != nil {
		return response{}, connectionError(ctx, r, err, wasWritten.Load())
	}
	defer got.Body.Close()
	if got.StatusCode < http.StatusOK {
		// 101 hands over the connection itself as the body, on which neither the
		// context nor Client.Timeout counts. No request asks for it.
		return response{}, r.cutOff(&Error{Provider: r.provider, Status: fmt.Sprintf("answered %d, which is no answer to a message", got.StatusCode)})
	}
	limit := bodyTime
	if r.anyBody && got.StatusCode <= 299 {
		limit = spareBodyTime
	}
	body, isCut := readBody(ctx, got, limit)
	return response{got.StatusCode, got.Header, body, isCut}, nil
}

const (
	// bodyTime is how long a body is waited for after its header: it has some hundred bytes.
	bodyTime = 2 * time.Second
	// spareBodyTime is the same for a body in which nothing is looked for. It is read so that the connection
	// can be used again.
	spareBodyTime = 100 * time.Millisecond
)

// readBody reads at most maxBody bytes, of a body that is compressed without having been
// asked for, too: that many of what it says. isCut says that the rest did not come within
// the limit, or at all.
func readBody(ctx context.Context, got *http.Response, limit time.Duration) (body []byte, isCut bool) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	defer context.AfterFunc(ctx, func() { _ = got.Body.Close() })() // ends the read
	received := &faultReader{from: got.Body}
	var from io.Reader = io.LimitReader(received, maxBody)
	if coding := got.Header.Get("Content-Encoding"); strings.EqualFold(coding, "gzip") || strings.EqualFold(coding, "x-gzip") {
		expanded, err := gzip.NewReader(from)
		if err != nil {
			return nil, received.isBroken
		}
		from = io.LimitReader(expanded, maxBody)
	}
	body, _ = io.ReadAll(from)
	return body, received.isBroken
}

// faultReader remembers whether a reader ended with an error.
type faultReader struct {
	from     io.Reader
	isBroken bool
}

func (f *faultReader) Read(p []byte) (int, error) {
	n, err := f.from.Read(p)
	f.isBroken = f.isBroken || err != nil && err != io.EOF
	return n, err
}

// result is the receipt or the error of a customer's receiver. Success is 2xx with any
// body or none, as in Standard Webhooks: that is all that a receiver has to say. A redirect and 410 are permanent errors; others may be
// corrected at the receiver, so they are temporary.
func (p response) result(r request) (Receipt, error) {
	if p.isSuccess() {
		return Receipt{Provider: r.provider, Status: fmt.Sprintf("answered %d", p.status)}, nil
	}
	return Receipt{}, p.toError(r, string(p.body))
}

// foreign is the error for a status of success that is not the provider's: it is not
// what the provider says of a message that was taken, such as "in Kannel's words".
func (p response) foreign(r request, words string) *Error {
	e := &Error{Kind: Permanent, Provider: r.provider, Status: fmt.Sprintf("answered %d, but not %s", p.status, words)}
	if p.isCut {
		e.Status = fmt.Sprintf("answered %d, and the rest of its answer did not come", p.status)
		return r.cutOff(e)
	}
	return e
}

// toError is the error for a response that is not a success. text is the provider's
// explanation, unsanitised; "" for none.
func (p response) toError(r request, text string) *Error {
	e := &Error{Provider: r.provider, RetryAfter: retryAfterOf(p.header, time.Now())}
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
	case p.status == http.StatusGatewayTimeout, p.status == 524:
		// A proxy in front of the receiver has passed the request on, and got no answer; 524 is
		// Cloudflare's.
		return r.cutOff(e)
	}
	return e
}

// wholeWasSent follows what is said of a message that was cut off after it was sent.
const wholeWasSent = "; the whole message was sent by then, so it may have been taken"

// cutOff makes e the error of a request that was written, and whose answer was lost. It
// stays as it is for a receiver that recognises a repetition.
func (r request) cutOff(e *Error) *Error {
	if r.onlyOnce {
		e.Kind, e.RetryAfter = Unknown, 0
		e.Status += wholeWasSent
	}
	return e
}
