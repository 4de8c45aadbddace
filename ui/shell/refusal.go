package shell

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
)

// bare is how many words a server says at most that says no more than the
// name of a status: "Not Found", "Bad Request".
const bareStatus = 3

// advice is what the codes come to for who reads a refusal, and what to do.
var advice = map[backend.Code]string{
	backend.CodeInvalid:     "It does not take these values. Look at them, and try again.",
	backend.CodeNotFound:    "It does not have what this is about. Read again, and look.",
	backend.CodeUnsupported: "It does not offer this.",
	backend.CodeStale:       "Something else was changed meanwhile. Read again, and look.",
	backend.CodeDuplicate:   "It has this already. Use another value.",
	backend.CodeEmailTaken:  "Another account has this address. Use another one.",
	backend.CodeLimit:       "There is no room for more.",
	backend.CodeRateLimited: "It asks to wait a little. Try again then.",
}

// refusal is the error of a change in words. Where a server only named a
// status, what that means and what to do is added.
func Refusal(err error) string {
	words := Sentence(err)
	code := backend.ErrorCode(err)
	if IsUnknown(err) || IsOffline(err) || code == backend.CodeInternal || len(strings.Fields(words)) > bareStatus {
		return words
	}
	help := advice[code]
	if help == "" {
		help = "Try again later."
	}
	if words = strings.TrimRight(strings.TrimSpace(words), ".!"); utf8.RuneCountInString(words) > 0 {
		words = "The server says: " + words + ". "
	}
	return words + "Nothing was changed. " + help
}

// failRead tells that something could not be read. That the line is down
// stands in the header, once for all readings.
func (s *Shell) FailRead(what string, err error) {
	if IsOffline(err) {
		s.Disconnected()
		return
	}
	switch code := backend.ErrorCode(err); {
	case errors.Is(err, context.Canceled), code == backend.CodeUnauthorized, code == backend.CodeInternal:
		s.Fail(what, err)
		return
	}
	s.LogError(what, err)
	s.Tell(Failure, "%s", because(what, Sentence(err)))
}

// unsaved is a change that was not answered with yes, in words: what was typed
// is kept, and that is said where nothing was sent.
func (s *Shell) Unsaved(err error) (Weight, string) {
	switch {
	case IsUnknown(err):
		return Unknown, Sentence(err)
	case IsOffline(err):
		s.Disconnected()
		return Failure, Sentence(err) + " Nothing was sent; what you typed is kept."
	}
	return Failure, Refusal(err)
}

// fail tells an error that belongs to no field.
func (s *Shell) Fail(what string, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	s.LogError(what, err)
	switch code := backend.ErrorCode(err); code {
	case backend.CodeUnauthorized:
		s.Session.End(err)
	case backend.CodeOffline:
		s.Disconnected()
		s.Tell(Failure, "%s: %s Nothing was sent.", what, Sentence(err))
	case backend.CodeUnknown:
		s.Tell(Unknown, "%s %s reads again.", Sentence(err), s.Keys.Key(keymap.Refresh))
	case backend.CodeInternal:
		s.Tell(Failure, "%s: something went wrong inside the program; nothing was changed. Try again.", what)
	default:
		s.Tell(Failure, "%s", because(what, Refusal(err)))
	}
}

// because joins what went wrong to the reason, unless the reason says it too.
func because(what, why string) string {
	if strings.Contains(strings.ToLower(why), strings.ToLower(what)) {
		return why
	}
	return what + ": " + why
}

// sentence is an error in words, with how long to wait where that helps.
func Sentence(err error) string {
	var e *backend.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	if e.RetryAfter > 0 && !strings.ContainsAny(e.Message, "0123456789") {
		return e.Message + " (" + Span(e.RetryAfter) + ")" // a server that does not say how long
	}
	return e.Message
}

// IsTransient reports whether an error may be gone at the next try.
func IsTransient(err error) bool {
	switch backend.ErrorCode(err) {
	case backend.CodeOffline, backend.CodeBusy, backend.CodeRateLimited:
		return true
	}
	return false
}
