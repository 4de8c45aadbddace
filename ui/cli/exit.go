package cli

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
	ExitFailed   = 1 // what was asked for could not be done
	ExitUsage    = 2 // wrong flags or arguments, or no terminal for the console
	ExitNotFound = 5 // the account or the database does not exist
)

// ExitError is the error of a command that did not succeed.
type ExitError struct {
	Code int // the process's exit code, never 0
	// Err is one sentence that says what would be right. It is nil when
	// nothing is to be printed, as after a signal.
	Err error
}

// Error returns the sentence to print, "" for none. It is safe to print: it may
// quote file names and arguments, so control characters are made visible and
// what looks like a token is replaced.
func (e *ExitError) Error() string {
	if e.Err == nil {
		return ""
	}
	return tokenLike.ReplaceAllString(safe.Text(e.Err.Error()), "ph_…")
}

// tokenLike matches a token, also one that was cut short or mistyped.
var tokenLike = regexp.MustCompile(`(?i:\bph[_-][a-z0-9_-]{20,})|[A-Za-z0-9_-]*[a-z2-7]{40,}[A-Za-z0-9_-]*`)

// Unwrap returns Err.
func (e *ExitError) Unwrap() error { return e.Err }

// usage, failed and notFound make the errors of the three codes.
func usage(format string, args ...any) error {
	return &ExitError{Code: ExitUsage, Err: fmt.Errorf(format, args...)}
}

func failed(format string, args ...any) error {
	return &ExitError{Code: ExitFailed, Err: fmt.Errorf(format, args...)}
}

func notFound(format string, args ...any) error {
	return &ExitError{Code: ExitNotFound, Err: fmt.Errorf(format, args...)}
}

// asExitError gives an error of the backend its exit code. It returns nil for nil.
func asExitError(err error) error {
	var known *ExitError
	if err == nil || errors.As(err, &known) {
		return err
	}
	switch backend.ErrorCode(err) {
	case backend.CodeNotFound:
		return &ExitError{Code: ExitNotFound, Err: err}
	case backend.CodeInvalid:
		return &ExitError{Code: ExitUsage, Err: err}
	}
	return &ExitError{Code: ExitFailed, Err: err}
}
