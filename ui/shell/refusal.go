package shell

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
)

// bareStatus is the number of words up to which a server's message counts as no more
// than the name of a status: "Not Found", "Bad Request".
const bareStatus = 3

// advice says for each code what a refusal means, and what to do.
var advice = map[backend.Code]string{
	backend.CodeInvalid:          "It does not accept these values. Check them, and try again.",
	backend.CodeNotFound:         "It no longer has this. Read again, and look.",
	backend.CodeUnsupported:      "It does not have this.",
	backend.CodeStale:            "Something was changed in the meantime. Read again, and look.",
	backend.CodeDuplicateChannel: "It has this already. Use another value.",
	backend.CodeEmailTaken:       "Another account has this address. Use another one.",
	backend.CodeLimitReached:     "There is no room for more.",
	backend.CodeRateLimited:      "It asks to wait. Try again in a while.",
}

// Refusal is the sentence for a change that failed. Where a server only named a
// status, it says what that means and what to do.
func Refusal(err error) string {
	text := Sentence(err)
	code := backend.ErrorCode(err)
	if IsUnknown(err) || IsOffline(err) || code == backend.CodeInternal || len(strings.Fields(text)) > bareStatus {
		return text
	}
	help := advice[code]
	if help == "" {
		help = "Try again later."
	}
	if text = strings.TrimRight(strings.TrimSpace(text), ".!"); utf8.RuneCountInString(text) > 0 {
		text = "The server says: " + text + ". "
	}
	return text + "Nothing was changed. " + help
}

// FailRead tells that something could not be read. While offline the header says so,
// once for all readings.
func (s *Shell) FailRead(what string, err error) {
	if isUnreached(err) {
		s.Disconnected(err)
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

// Unsaved is the weight and the sentence for a form that was not saved. Where nothing
// was sent, it says that what was typed is kept.
func (s *Shell) Unsaved(err error) (Weight, string) {
	switch {
	case IsUnknown(err):
		return Unknown, Sentence(err)
	case IsOffline(err):
		s.Disconnected(err)
		if backend.ErrorCode(err) == backend.CodeDatabaseAway { // which says already that nothing was changed
			return Failure, Sentence(err) + " What you typed is kept."
		}
		return Failure, Sentence(err) + " Nothing was sent; what you typed is kept."
	}
	return Failure, Refusal(err)
}

// Fail tells that something failed. An error that is about a field is shown there
// instead.
func (s *Shell) Fail(what string, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	s.LogError(what, err)
	if s.openConflicts(what, err) {
		return
	}
	switch code := backend.ErrorCode(err); code {
	case backend.CodeUnauthorized:
		s.Session.End(err)
	case backend.CodeOffline:
		s.Disconnected(err)
		s.TellOffline(Failure, "%s: %s Nothing was sent.", what, Sentence(err))
	case backend.CodeDatabaseAway:
		s.Disconnected(err)
		s.TellOffline(Failure, "%s", because(what, Sentence(err)))
	case backend.CodeUnknownOutcome:
		s.Tell(Unknown, "%s %s reads again.", Sentence(err), s.Keys.Key(keymap.Refresh))
	case backend.CodeInternal:
		s.Tell(Failure, insideText, what)
	default:
		s.Tell(Failure, "%s", because(what, Refusal(err)))
	}
}

// FailElsewhere tells that something failed that is not about the account that is open, nor about
// its server.
func (s *Shell) FailElsewhere(what string, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	s.LogError(what, err)
	if backend.ErrorCode(err) == backend.CodeInternal {
		s.Tell(Failure, insideText, what)
		return
	}
	s.Tell(Failure, "%s", because(what, Refusal(err)))
}

// insideText is told of a fault of the program.
const insideText = "%s: something went wrong inside the program; nothing was changed. Try again."

// because joins what failed to the reason, unless the reason says it too.
func because(what, why string) string {
	if strings.Contains(strings.ToLower(why), strings.ToLower(what)) {
		return why
	}
	return what + ": " + why
}

// Sentence is the message of an error, with how long to wait where that is known.
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

// IsTransient reports whether the same request may succeed later.
func IsTransient(err error) bool {
	switch backend.ErrorCode(err) {
	case backend.CodeOffline, backend.CodeDatabaseAway, backend.CodeBusy, backend.CodeRateLimited:
		return true
	}
	return false
}
