// Package exit has the errors of commands: one sentence to print and an exit code.
package exit

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/account-settings/pinghome/ui/safe"
)

// Error is the error of a command that did not succeed.
type Error struct {
	Code int // the process's exit code, never 0
	// Err is one sentence that says what would be right, or several of errors.Join. It is
	// nil when nothing is to be printed, as after a signal.
	Err error
	// Cause is what Err tells of in other words; nil where that is Err itself.
	Cause error
	// Document is printed in the place of the sentences; "" prints those.
	Document string
}

// Error returns the sentences to print in one line; see Lines.
func (e *Error) Error() string { return strings.Join(e.Lines(), " ") }

// Lines returns the sentences to print, one a line; nil for none. They are safe to print:
// they may quote file names and arguments, so control characters are made visible and
// what looks like a token or the password of an address is replaced.
func (e *Error) Lines() (lines []string) {
	list := []error{e.Err}
	if several, ok := e.Err.(interface{ Unwrap() []error }); ok {
		list = several.Unwrap()
	}
	for _, err := range list {
		if err != nil {
			text := err.Error()
			if strings.HasSuffix(text, "..") && !strings.HasSuffix(text, "...") { // what Windows says of a fault ends with a period of its own
				text = text[:len(text)-1]
			}
			lines = append(lines, tokenLike.ReplaceAllString(WithoutPassword(safe.Text(text)), "ph_…"))
		}
	}
	return lines
}

// tokenLike matches a token, also one that was cut short or mistyped.
var tokenLike = regexp.MustCompile(`(?i:\bph[_-][a-z0-9_-]{20,})|[A-Za-z0-9_-]*[a-z2-7]{40,}[A-Za-z0-9_-]*`)

// queryPassword, passwordLike and wordPassword match the password in an address that was given by mistake, between
// what is before it and what is behind. Any sign may be in it, unescaped. Among libpq's words it may be in quotes.
var (
	wordPassword  = regexp.MustCompile(`((?:^|[^\w?&])(?i:ssl)?(?i:password)\s*=\s*)(?:'(?:[^'\\]|\\.)*(?:'|$)|(?:\\.|\S)+)`)
	queryPassword = regexp.MustCompile(`([?&](?i:ssl)?(?i:password)=)[^&\s]+`)
	passwordLike  = regexp.MustCompile(`(:/+[^\s:]*:)\S+(@)`)
)

// WithoutPassword is a text without the password of an address in it, also of one that is mistyped.
func WithoutPassword(text string) string {
	text = wordPassword.ReplaceAllString(text, "$1…")
	return passwordLike.ReplaceAllString(queryPassword.ReplaceAllString(text, "$1…"), "$1…$2")
}

// Unwrap returns Err and Cause, as far as they are there.
func (e *Error) Unwrap() (list []error) {
	for _, err := range []error{e.Err, e.Cause} {
		if err != nil {
			list = append(list, err)
		}
	}
	return list
}

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
	return &Error{Code: CodeOf(err), Err: err}
}
