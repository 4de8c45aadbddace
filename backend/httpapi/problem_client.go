package httpapi

import (
	"cmp"
	"encoding/json"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// isServerCode reports whether the client takes a code from an answer. Internal,
// offline and unknown are the client's own; an answer with one of them is read by
// its status.
func isServerCode(code backend.Code) bool {
	_, found := backend.RefusalOf(code)
	return found && code != backend.CodeInternal && code != backend.CodeOffline && code != backend.CodeUnknownOutcome
}

// refused is a refusal as it was read, from any of the shapes that servers use:
// RFC 9457, "message", "error" as a text or an object, "errors" by field or as a
// list, "detail", plain text.
type refused struct {
	code         backend.Code
	text         string
	fields       map[string][]string
	retryAfter   time.Duration
	attemptsLeft int
	missing      []int
	conflicts    []backend.Conflict
}

// refusal is the error that an answer stands for which is no success.
func (r *Remote) refusal(a ask, answered received) *backend.Error {
	read := readRefusal(answered)
	e := &backend.Error{Code: cmp.Or(read.code, codeOfStatus(a.row(), answered.status)), Message: read.text, Fields: read.fields,
		RetryAfter: cmp.Or(retryAfter(answered.header, r.options.Now()), read.retryAfter), AttemptsLeft: read.attemptsLeft, Missing: read.missing, Conflicts: read.conflicts}
	hasNoCode := read.code == "" && slices.Contains([]backend.Code{backend.CodeUnauthorized, backend.CodeUnsupported}, e.Code)
	if e.Message == "" || hasNoCode || isRedirect(answered.status) {
		e.Message = sentenceOf(answered.status)
	}
	if field := a.row().invalidField; e.Code == backend.CodeInvalid && len(e.Fields) == 0 && field != "" {
		e.Fields = map[string][]string{field: {e.Message}}
	}
	return e
}

// codeOfStatus is what a status means when the answer has no code.
func codeOfStatus(o *operation, status int) backend.Code {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return backend.CodeUnauthorized
	case http.StatusNotFound, http.StatusGone:
		return backend.CodeNotFound
	case http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return backend.CodeUnsupported
	case http.StatusConflict:
		return cmp.Or(o.conflict, backend.CodeStale)
	case http.StatusPreconditionFailed:
		return backend.CodeStale
	case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge:
		return backend.CodeInvalid
	case http.StatusTooManyRequests:
		return backend.CodeRateLimited
	}
	return backend.CodeUnavailable
}

// sentenceOf says what a status means, for an answer without a text of its own.
func sentenceOf(status int) string {
	switch {
	case isRedirect(status):
		return "The server wants to send us elsewhere, which was refused: the token goes to the configured address only. Check the address of the server."
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return "The server does not accept the token: it may be wrong, expired or revoked. Get a new one."
	case status == http.StatusNotFound:
		return "The server does not know this."
	case status == http.StatusMethodNotAllowed || status == http.StatusNotImplemented:
		return "This server does not have that."
	case status == http.StatusTooManyRequests:
		return "The server asks to wait a little."
	case status == http.StatusConflict || status == http.StatusPreconditionFailed:
		return "Something else was changed meanwhile. Look at it again."
	case status >= 500:
		return "The server has a problem (" + strconv.Itoa(status) + "); try again later."
	}
	return "The server refused this (" + strconv.Itoa(status) + ")."
}

func isRedirect(status int) bool { return status >= 300 && status < 400 }

// maxAskedWait is the longest wait of a server that is told: the longest of our own, that of a
// locked code.
const maxAskedWait = 24 * time.Hour

// waitSeconds matches a wait in seconds. RFC 9110 has whole ones; some servers write
// fractions.
var waitSeconds = regexp.MustCompile(`^[0-9]+(\.[0-9]*)?$`)

// retryAfter reads how long a server asks to wait: in seconds or until a date
// (RFC 9110, 10.2.3), maxAskedWait at most. 0 is no wait, or none that can be read.
func retryAfter(header http.Header, now time.Time) time.Duration {
	text := strings.TrimSpace(header.Get("Retry-After"))
	if waitSeconds.MatchString(text) {
		seconds, _ := strconv.ParseFloat(text, 64) // +Inf for more digits than a number has
		return waitOf(seconds)
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(0, at.Sub(now)), maxAskedWait)
	}
	return 0
}

// waitOf is a wait of seconds, rounded up to whole ones; maxAskedWait at most.
func waitOf(seconds float64) time.Duration {
	return time.Duration(math.Ceil(min(max(0, seconds), maxAskedWait.Seconds()))) * time.Second
}

// hasCode reports whether an answer is a refusal with a code of ours.
func hasCode(answered received) bool { return readRefusal(answered).code != "" }

// readRefusal reads as much of a refusal as there is.
func readRefusal(answered received) refused {
	var members map[string]json.RawMessage
	if json.Unmarshal(answered.body, &members) != nil {
		return refused{text: plainText(answered.body, answered.header.Get("Content-Type"))}
	}
	var read refused
	read.add(members)
	var inner map[string]json.RawMessage
	if json.Unmarshal(members["error"], &inner) == nil && inner != nil {
		read.add(inner)
	}
	return read
}

// add reads what an object tells and is not known yet.
func (s *refused) add(members map[string]json.RawMessage) {
	var code string
	if json.Unmarshal(members["code"], &code) == nil && s.code == "" && isServerCode(backend.Code(code)) {
		s.code = backend.Code(code)
	}
	fields, other := fieldErrors(members["errors"])
	if s.fields == nil {
		s.fields = fields
	}
	s.text = cmp.Or(s.text, firstText(members, "detail", "message", "error", "error_description", "title"), other)
	var seconds json.Number // as a number or as a text
	if json.Unmarshal(members["retry_after"], &seconds) == nil && s.retryAfter == 0 {
		f, _ := seconds.Float64() // +Inf for more than a number can be
		s.retryAfter = waitOf(f)
	}
	var left int
	if json.Unmarshal(members["attempts_left"], &left) == nil && left > 0 {
		s.attemptsLeft = left
	}
	var missing []int
	if json.Unmarshal(members["missing"], &missing) == nil {
		s.missing = missing
	}
	var conflicts []wireConflict
	if json.Unmarshal(members["conflicts"], &conflicts) == nil && len(conflicts) > 0 {
		s.conflicts = listFromWire(conflicts)
	}
}
