// Package exit has the errors of commands: one sentence to print and an exit code.
package exit

import (
	"errors"
	"fmt"
	"regexp"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
)

// The exit codes. They are public: the README lists them, and scripts rely on
// them. A process that a signal ended exits with 128 and the signal's number,
// as shells report it.
const (
	CodeFailed   = 1 // what was asked for could not be done
	CodeUsage    = 2 // wrong flags or arguments, or no terminal for the console
	CodeNotFound = 5 // the account or the database does not exist
)

// Error is the error of a command that did not succeed.
type Error struct {
	Code int // the process's exit code, never 0
	// Err is one sentence that says what would be right. It is nil when
	// nothing is to be printed, as after a signal.
	Err error
}

// Error returns the sentence to print, "" for none. It is safe to print: it may
// quote file names and arguments, so control characters are made visible and
// what looks like a token is replaced.
func (e *Error) Error() string {
	if e.Err == nil {
		return ""
	}
	return tokenLike.ReplaceAllString(safe.Text(e.Err.Error()), "ph_…")
}

// tokenLike matches a token, also one that was cut short or mistyped.
var tokenLike = regexp.MustCompile(`(?i:\bph[_-][a-z0-9_-]{20,})|[A-Za-z0-9_-]*[a-z2-7]{40,}[A-Za-z0-9_-]*`)

// Unwrap returns Err.
func (e *Error) Unwrap() error { return e.Err }

// Usage makes an error of CodeUsage, from a sentence as fmt.Errorf takes it.
func Usage(format string, args ...any) error {
	return &Error{Code: CodeUsage, Err: fmt.Errorf(format, args...)}
}

// Failed makes an error of CodeFailed.
func Failed(format string, args ...any) error {
	return &Error{Code: CodeFailed, Err: fmt.Errorf(format, args...)}
}

// NotFound makes an error of CodeNotFound.
func NotFound(format string, args ...any) error {
	return &Error{Code: CodeNotFound, Err: fmt.Errorf(format, args...)}
}

// From gives an error of the backend its exit code. It returns nil for nil.
func From(err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	switch backend.ErrorCode(err) {
	case backend.CodeNotFound:
		return &Error{Code: CodeNotFound, Err: err}
	case backend.CodeInvalid:
		return &Error{Code: CodeUsage, Err: err}
	}
	return &Error{Code: CodeFailed, Err: err}
}
