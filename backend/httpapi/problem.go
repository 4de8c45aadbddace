package httpapi

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// problem is the body of every refusal (RFC 9457). The members from Code on are
// extensions in the sense of that RFC.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	// Code is a backend.Code, or one of the codes of HTTP itself.
	Code string `json:"code"`
	// Message is Detail again, by the name that the public documentation uses.
	Message string `json:"message"`
	// Errors has every wrong field with its sentences.
	Errors    map[string][]string `json:"errors,omitempty"`
	RequestID string              `json:"request_id"`
	// RetryAfter is in whole seconds, rounded up; 0 when waiting does not help.
	RetryAfter int `json:"retry_after,omitempty"`
	// AttemptsLeft comes with code_invalid and word_wrong only, and may be 0.
	AttemptsLeft *int `json:"attempts_left,omitempty"`
	// Missing lists the priorities of a deletion that do not exist.
	Missing []int `json:"missing,omitempty"`
	// Conflicts lists what was expected and what is, with changed_since only.
	Conflicts []wireConflict `json:"conflicts,omitempty"`
}

// writeProblem answers with a refusal. An error that is no *backend.Error is a
// fault of the server.
func writeProblem(w http.ResponseWriter, err error) {
	var e *backend.Error
	if !errors.As(err, &e) {
		e = &backend.Error{Code: backend.CodeInternal, Err: err}
	}
	header := w.Header()
	p := problemOf(e, header.Get(headerRequestID))
	if p.RetryAfter > 0 {
		header.Set("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	if p.Status == http.StatusUnauthorized && header.Get("WWW-Authenticate") == "" {
		header.Set("WWW-Authenticate", challengeInvalid) // the token was valid until its account was deleted
	}
	// A problem is made of strings and numbers; it cannot fail to be JSON.
	_ = encode(p, func(body []byte) { writeBody(w, p.Status, "application/problem+json", body) })
}

// problemOf is a refusal as the answer to a request has it.
func problemOf(e *backend.Error, requestID string) problem {
	m := meaningOf(e.Code)
	p := problem{Type: "urn:pinghome:problem:" + string(e.Code), Title: m.title, Status: m.status, Detail: m.sentence(e),
		Code: string(e.Code), Errors: e.Fields, RequestID: requestID, Missing: e.Missing}
	if requestID != "" { // a console shows the sentence alone
		p.Detail = strings.Replace(p.Detail, "the request_id;", "the request_id "+requestID+";", 1)
	}
	p.Message = p.Detail
	if len(e.Conflicts) > 0 {
		p.Conflicts = listToWire(e.Conflicts, conflictToWire)
	}
	if e.Code == backend.CodeWrong || e.Code == backend.CodeWordWrong {
		p.AttemptsLeft = &e.AttemptsLeft
	}
	if p.RetryAfter = seconds(e.RetryAfter); p.RetryAfter == 0 {
		p.RetryAfter = defaultWaits[e.Code]
	}
	return p
}

// seconds rounds a wait up, so that a caller who waits that long is not early.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

// What a caller without a valid token is asked for (RFC 6750, 3): a token, or
// another one.
const (
	challenge        = `Bearer realm="pinghome"`
	challengeInvalid = challenge + `, error="invalid_token"`
)
