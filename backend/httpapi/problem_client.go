package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// refusalCodes are the codes that a server may use for itself. What only this
// machine can know, such as offline, is not among them.
var refusalCodes = []backend.Code{
	backend.CodeInvalid, backend.CodeUnauthorized, backend.CodeNotFound, backend.CodeEmailTaken, backend.CodeEmailUnchanged,
	backend.CodeNoPending, backend.CodeDuplicate, backend.CodeLimit, backend.CodeVerified, backend.CodeNotVerified,
	backend.CodeWrong, backend.CodeExpired, backend.CodeExhausted, backend.CodeLocked, backend.CodeRateLimited,
	backend.CodeDelivery, backend.CodeStale, backend.CodeKeyReused, backend.CodeUnsupported, backend.CodeReadOnly,
	backend.CodeBusy, backend.CodeUnavailable, backend.CodeNotResendable, backend.CodeWordWrong, backend.CodeNoTest, backend.CodeNotWebhook,
}

// refused is a refusal as it was read, in whichever of the shapes that are
// about: RFC 9457, `message`, `error` as a word or an object, `errors` by field
// or as a list, `detail`, plain text.
type refused struct {
	code     backend.Code
	words    string
	fields   map[string][]string
	after    time.Duration
	attempts int
	missing  []int
}

// refusal turns an answer that is no success into the error it stands for.
func (r *Remote) refusal(a ask, answered received) *backend.Error {
	said := readRefusal(answered)
	if after := retryAfter(answered.header, r.options.Now()); after > 0 {
		said.after = after
	}
	e := &backend.Error{Code: said.code, Message: said.words, Fields: said.fields, RetryAfter: said.after,
		AttemptsLeft: said.attempts, Missing: said.missing}
	if e.Code == "" {
		e.Code = codeOfStatus(a, answered.status)
	}
	isBare := said.code == "" && slices.Contains([]backend.Code{backend.CodeUnauthorized, backend.CodeUnsupported}, e.Code)
	if e.Message == "" || isBare || isRedirect(answered.status) {
		e.Message = sentenceOf(answered)
	}
	if e.Code == backend.CodeInvalid && len(e.Fields) == 0 && a.field != "" {
		e.Fields = map[string][]string{a.field: {e.Message}}
	}
	return e
}

// codeOfStatus is what a status means when the answer has no code.
func codeOfStatus(a ask, status int) backend.Code {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return backend.CodeUnauthorized
	case http.StatusNotFound, http.StatusGone:
		return backend.CodeNotFound
	case http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return backend.CodeUnsupported
	case http.StatusConflict:
		if a.conflict != "" {
			return a.conflict
		}
		return backend.CodeStale
	case http.StatusPreconditionFailed:
		return backend.CodeStale
	case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge:
		return backend.CodeInvalid
	case http.StatusTooManyRequests:
		return backend.CodeRateLimited
	}
	return backend.CodeUnavailable
}

// sentenceOf is what a status means in words, for an answer without its own.
func sentenceOf(answered received) string {
	switch status := answered.status; {
	case isRedirect(status):
		return "The server wants to send us elsewhere, which was refused: the token goes to the configured address only. Check the address of the server."
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return "The server does not accept the token: it may be wrong, expired or revoked. Get a new one."
	case status == http.StatusNotFound:
		return "The server does not know this."
	case status == http.StatusMethodNotAllowed || status == http.StatusNotImplemented:
		return "This server does not offer that."
	case status == http.StatusTooManyRequests:
		return "The server asks to wait a little."
	case status == http.StatusConflict || status == http.StatusPreconditionFailed:
		return "Something else was changed meanwhile. Look at it again."
	case status >= 500:
		return "The server has a problem (" + strconv.Itoa(status) + "); try again later."
	}
	return "The server refused this (" + strconv.Itoa(answered.status) + ")."
}

func isRedirect(status int) bool { return status >= 300 && status < 400 }

// tellsCode reports whether a body is a refusal with a code of ours.
func tellsCode(body []byte) bool { return readRefusal(received{body: body}).code != "" }

// readRefusal makes the most of a body.
func readRefusal(answered received) refused {
	var members map[string]json.RawMessage
	if json.Unmarshal(answered.body, &members) != nil {
		return refused{words: plainWords(answered)}
	}
	var said refused
	said.read(members)
	var inner map[string]json.RawMessage
	if json.Unmarshal(members["error"], &inner) == nil && inner != nil {
		said.read(inner)
	}
	return said
}

// read takes what an object tells and is not known yet.
func (s *refused) read(members map[string]json.RawMessage) {
	var code string
	if json.Unmarshal(members["code"], &code) == nil && s.code == "" && slices.Contains(refusalCodes, backend.Code(code)) {
		s.code = backend.Code(code)
	}
	fields, first := fieldWords(members["errors"])
	if s.fields == nil {
		s.fields = fields
	}
	for _, name := range []string{"detail", "message", "error", "error_description", "title"} {
		if s.words == "" {
			s.words = words(members[name])
		}
	}
	if s.words == "" {
		s.words = first
	}
	var seconds float64
	if json.Unmarshal(members["retry_after"], &seconds) == nil && seconds > 0 && seconds < 1e8 {
		s.after = time.Duration(seconds * float64(time.Second))
	}
	var left int
	if json.Unmarshal(members["attempts_left"], &left) == nil && left > 0 {
		s.attempts = left
	}
	var missing []int
	if json.Unmarshal(members["missing"], &missing) == nil {
		s.missing = missing
	}
}

// isOurMistake reports whether a request failed before anybody was asked.
func isOurMistake(err error) bool {
	var known *backend.Error
	return errors.Is(err, errNoToken) || errors.As(err, &known)
}

func mistake(err error) error {
	var known *backend.Error
	if errors.As(err, &known) {
		return known
	}
	return &backend.Error{Code: backend.CodeUnauthorized, Err: err,
		Message: "There is no usable token. Put one into a file and name it with --token-file."}
}

// unknown is the outcome of a command whose answer was lost. Its cause is kept
// as text only: a console drops what it cancelled itself, and must not drop this.
func unknown(answered received, l *lost) error {
	cause := "status " + strconv.Itoa(answered.status)
	if l != nil {
		cause = l.err.Error()
	}
	return &backend.Error{Code: backend.CodeUnknown, Err: errors.New(cause),
		Message: "It is not known whether this was done. Look before doing it again."}
}

// offline is the outcome of a request that did not reach anybody.
func offline(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return &backend.Error{Code: backend.CodeBusy, Message: "This was cancelled; nothing was changed.", Err: ctx.Err()}
	}
	return &backend.Error{Code: backend.CodeOffline, Message: "The server cannot be reached: " + whyNot(err) + ".", Err: err}
}

// clean joins what a server says to one short line without anything that moves
// the cursor or turns the text around. HTML is no words at all.
func clean(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(c rune) bool { return !isShown(c) }), " ")
	text = strings.ToValidUTF8(text, "�")
	if looksLikeHTML(text) {
		return ""
	}
	if runes := []rune(text); len(runes) > maxWords {
		return strings.TrimSpace(string(runes[:maxWords-1])) + "…"
	}
	return text
}
