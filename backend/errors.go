package backend

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"
)

// Error is the one error type from storage to screen.
type Error struct {
	Code Code
	// Message is a sentence for the person that says what to do.
	Message string
	// Fields has the sentences of every wrong field, by its name in the API; nil when
	// the error is about no field.
	Fields map[string][]string
	// RetryAfter is how long to wait before the same call can succeed; 0 when waiting
	// does not help.
	RetryAfter time.Duration
	// AttemptsLeft is how many tries the code or test word still has; set with
	// CodeWrong and CodeWordWrong only.
	AttemptsLeft int
	// Missing lists the priorities that do not exist, ascending; set with CodeNotFound
	// of DeleteChannels only.
	Missing []int
	// Conflicts lists what is different from what was expected; set with CodeChangedSince,
	// and by the console with CodeStale.
	Conflicts []Conflict
	// Err is the cause, for the log; it is never shown. nil when there is none.
	Err error
}

// Error returns the message and, in parentheses, the sentences of the fields by name.
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
		parts = append(parts, name+": "+strings.TrimSuffix(strings.Join(e.Fields[name], " "), "."))
	}
	return e.Message + " (" + strings.Join(parts, "; ") + ")"
}

// Unwrap returns the cause, or nil.
func (e *Error) Unwrap() error { return e.Err }

// Errorf returns an Error with a code and a sentence for the person.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// ErrorCode returns the code of err: "" for nil, CodeInternal for an error
// that is not an *Error.
func ErrorCode(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return CodeInternal
}

// FieldErrors collects the errors of all fields of one request, so that they can be
// shown at once. The zero value is ready to use.
type FieldErrors struct{ fields map[string][]string }

// Add adds the sentence of err to a field; a nil err adds nothing.
func (f *FieldErrors) Add(field string, err error) {
	if err == nil {
		return
	}
	if f.fields == nil {
		f.fields = map[string][]string{}
	}
	f.fields[field] = append(f.fields[field], err.Error())
}

// Err returns nil, or one CodeInvalid error with all faults.
func (f *FieldErrors) Err() error {
	switch len(f.fields) {
	case 0:
		return nil
	case 1:
		return &Error{Code: CodeInvalid, Message: "A value is not right.", Fields: f.fields}
	default:
		return &Error{Code: CodeInvalid, Message: "Some values are not right.", Fields: f.fields}
	}
}
