package backend

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"
)

// Code names a refusal for programs. The values are part of the public contract.
type Code string

// The refusals that the contract names, and the few that any store can have.
const (
	CodeInvalid        Code = "invalid"                // a value is wrong by itself; see Error.Fields
	CodeUnauthorized   Code = "unauthorized"           // this view is not, or no longer, allowed anything
	CodeNotFound       Code = "not_found"              // no such account, channel or message
	CodeEmailTaken     Code = "email_taken"            // another account has this email
	CodeEmailUnchanged Code = "email_unchanged"        // it is the present username
	CodeNoPending      Code = "no_pending_change"      // no username change is waiting for a code
	CodeDuplicate      Code = "duplicate_channel"      // the customer has this type and value already
	CodeLimit          Code = "limit_reached"          // the plan allows no more
	CodeVerified       Code = "already_verified"       // nothing is waiting for a code
	CodeNotVerified    Code = "channel_not_verified"   // prove the channel first
	CodeWrong          Code = "code_invalid"           // the code is wrong; see Error.AttemptsLeft
	CodeExpired        Code = "code_expired"           // the code is too old, or replaced; ask for a new one
	CodeExhausted      Code = "code_exhausted"         // too many tries on this code; ask for a new one
	CodeLocked         Code = "code_locked"            // too many failures in a row; see Error.RetryAfter
	CodeRateLimited    Code = "rate_limited"           // too soon or too often; see Error.RetryAfter
	CodeDelivery       Code = "delivery_failed"        // a provider refused the message
	CodeNotResendable  Code = "not_resendable"         // sending it again would make no sense
	CodeWordWrong      Code = "word_wrong"             // not the word of the last test; see Error.AttemptsLeft
	CodeNoTest         Code = "no_open_test"           // no test waits for its word
	CodeNotWebhook     Code = "not_webhook"            // only webhooks have a signing secret
	CodeStale          Code = "precondition_failed"    // something changed since it was read; read again
	CodeKeyReused      Code = "idempotency_key_reused" // the key came with something else before
	CodeUnsupported    Code = "unsupported"            // this answer does not have the feature
	CodeOffline        Code = "offline"                // the server cannot be reached; nothing was sent
	CodeUnknown        Code = "unknown_outcome"        // sent, but the answer was lost: look before doing it again
	CodeReadOnly       Code = "read_only"              // opened for reading only
	CodeBusy           Code = "busy"                   // the store did not answer in time; nothing was changed
	CodeUnavailable    Code = "unavailable"            // the store cannot be used: full, damaged, foreign, newer
	CodeInternal       Code = "internal"               // a fault of the program
)

// Error is the one error type from storage to screen. Message is a sentence
// for the person that says what to do; Err, where set, is the cause for the
// log and never shown.
type Error struct {
	Code    Code
	Message string
	// Fields holds every wrong field with its sentences.
	Fields map[string][]string
	// RetryAfter is how long to wait before the same call can succeed; 0 when waiting does not help.
	RetryAfter time.Duration
	// AttemptsLeft is how many tries the code still has; meant with CodeWrong and CodeWordWrong only.
	AttemptsLeft int
	// Missing lists the priorities that do not exist, with CodeNotFound of DeleteChannels.
	Missing []int
	Err     error
}

func (e *Error) Error() string {
	if len(e.Fields) == 0 {
		return e.Message
	}
	names := make([]string, 0, len(e.Fields))
	for name := range e.Fields {
		names = append(names, name)
	}
	sort.Strings(names)
	parts := make([]string, 0, len(names))
	for _, name := range names {
		parts = append(parts, name+": "+strings.Join(e.Fields[name], " "))
	}
	return e.Message + " (" + strings.Join(parts, "; ") + ")"
}

func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error of a code and a sentence for the person.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// ErrorCode returns the code of err: "" for nil, CodeInternal for an error
// that is not an *Error.
func ErrorCode(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}

// Faults gathers what is wrong with the fields of one request, so that all of
// it can be told at once. The zero value is ready to use.
type Faults struct{ fields map[string][]string }

// Add notes the sentence of err against a field; a nil err is no fault.
func (f *Faults) Add(field string, err error) {
	if err == nil {
		return
	}
	if f.fields == nil {
		f.fields = map[string][]string{}
	}
	f.fields[field] = append(f.fields[field], err.Error())
}

// Err returns nil, or one CodeInvalid error with every fault.
func (f *Faults) Err() error {
	switch len(f.fields) {
	case 0:
		return nil
	case 1:
		return &Error{Code: CodeInvalid, Message: "A value is not right.", Fields: f.fields}
	default:
		return &Error{Code: CodeInvalid, Message: "Some values are not right.", Fields: f.fields}
	}
}
