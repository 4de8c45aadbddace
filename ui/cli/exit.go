package cli

import (
	"errors"
	"fmt"
	"regexp"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
)

// The exit codes. They are public: the README lists them, scripts rely on
// them. A signal ends with 128 and its number, as shells count.
const (
	ExitFailed   = 1 // what was asked for could not be done
	ExitUsage    = 2 // what was asked for makes no sense, or not here
	ExitNotFound = 5 // the account or the database is not there
)

// ExitError is how a command ends when not well.
type ExitError struct {
	Code int
	// Err is one sentence that says what would be right; nil when there is
	// nobody to tell, as after a signal.
	Err error
}

func (e *ExitError) Error() string {
	if e.Err == nil {
		return ""
	}
	// It may quote file names and arguments, and a token that was given in the place of one.
	return tokenLike.ReplaceAllString(safe.Text(e.Err.Error()), "ph_…")
}

// tokenLike is a token, and what is left of one that was cut or mistyped.
var tokenLike = regexp.MustCompile(`(?i:\bph[_-][a-z0-9_-]{20,})|[A-Za-z0-9_-]*[a-z2-7]{40,}[A-Za-z0-9_-]*`)

func (e *ExitError) Unwrap() error { return e.Err }

func usage(format string, args ...any) error {
	return &ExitError{Code: ExitUsage, Err: fmt.Errorf(format, args...)}
}

func failed(format string, args ...any) error {
	return &ExitError{Code: ExitFailed, Err: fmt.Errorf(format, args...)}
}

func notFound(format string, args ...any) error {
	return &ExitError{Code: ExitNotFound, Err: fmt.Errorf(format, args...)}
}

// exitOf gives an error of the backend its exit code.
func exitOf(err error) error {
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
