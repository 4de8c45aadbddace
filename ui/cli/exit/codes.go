package exit

import (
	"cmp"
	"errors"

	"github.com/account-settings/pinghome/backend"
)

// The exit codes. They are public: the README lists them, and scripts rely on
// them. A process that a signal ended exits with 128 and the signal's number,
// as shells report it.
const (
	CodeFailed       = 1  // what was asked for could not be done
	CodeUsage        = 2  // wrong flags, arguments or values, or no terminal for the console
	CodeWanted       = 3  // a plan has changes, or something of it is still open
	CodeRefused      = 4  // not allowed with this token, or not possible on this server or for reading only
	CodeNotFound     = 5  // the account, the database or what was named in them does not exist
	CodeConflict     = 6  // the account is not in the state that this needs, or is another than was expected
	CodeWrongCode    = 7  // the code or the word is wrong or not valid any more
	CodeTooOften     = 8  // too soon or too often; wait
	CodeUnreachable  = 9  // the server or the database does not answer; nothing was changed
	CodeUnknown      = 10 // it may have been done: read before trying again
	CodeNotDelivered = 11 // a provider refused the message
)

// Meanings says what each code means, by code, in a few words for help and documentation.
var Meanings = []struct {
	Code  int
	Words string
}{
	{0, "done"}, {CodeFailed, "failed"}, {CodeUsage, "wrong use or value, or no terminal"}, {CodeWanted, "changes are wanted"}, {CodeRefused, "not allowed, or not possible there"},
	{CodeNotFound, "not found"}, {CodeConflict, "conflict"}, {CodeWrongCode, "wrong code or word"}, {CodeTooOften, "too often"},
	{CodeUnreachable, "no answer, nothing changed"}, {CodeUnknown, "outcome not known"}, {CodeNotDelivered, "not delivered"},
}

// codes is the exit code of each refusal of the backend.
var codes = map[backend.Code]int{
	backend.CodeInvalid:          CodeUsage,
	backend.CodeUnauthorized:     CodeRefused,
	backend.CodeReadOnly:         CodeRefused,
	backend.CodeUnsupported:      CodeRefused,
	backend.CodeNotFound:         CodeNotFound,
	backend.CodeEmailTaken:       CodeConflict,
	backend.CodeEmailUnchanged:   CodeConflict,
	backend.CodeNoPendingChange:  CodeConflict,
	backend.CodeDuplicateChannel: CodeConflict,
	backend.CodeLimitReached:     CodeConflict,
	backend.CodeAlreadyVerified:  CodeConflict,
	backend.CodeNotVerified:      CodeConflict,
	backend.CodeNotResendable:    CodeConflict,
	backend.CodeNoOpenTest:       CodeConflict,
	backend.CodeNotWebhook:       CodeConflict,
	backend.CodeStale:            CodeConflict,
	backend.CodeOrderChanged:     CodeConflict,
	backend.CodeNothingToUndo:    CodeConflict,
	backend.CodeNotUndoable:      CodeConflict,
	backend.CodeChangedSince:     CodeConflict,
	backend.CodeKeyReused:        CodeConflict,
	backend.CodeWrong:            CodeWrongCode,
	backend.CodeExpired:          CodeWrongCode,
	backend.CodeExhausted:        CodeWrongCode,
	backend.CodeWordWrong:        CodeWrongCode,
	backend.CodeLocked:           CodeTooOften,
	backend.CodeRateLimited:      CodeTooOften,
	backend.CodeOffline:          CodeUnreachable,
	backend.CodeBusy:             CodeUnreachable,
	backend.CodeDatabaseAway:     CodeUnreachable,
	backend.CodeUnknownOutcome:   CodeUnknown,
	backend.CodeDeliveryFailed:   CodeNotDelivered,
	backend.CodeUnavailable:      CodeFailed,
	backend.CodeInternal:         CodeFailed,
}

// CodeOf is the exit code of an error of a command or of the backend; CodeFailed of any other.
func CodeOf(err error) int {
	if known, isKnown := errors.AsType[*Error](err); isKnown {
		return known.Code
	}
	if code, isKnown := codes[backend.ErrorCode(err)]; isKnown {
		return code
	}
	return CodeFailed
}

// statuses are the exit codes of answers of HTTP that have no code of ours. Those that are missing are
// CodeFailed.
var statuses = map[int]int{
	400: CodeUsage, 413: CodeUsage, 415: CodeUsage, 422: CodeUsage, 401: CodeRefused, 403: CodeRefused, 405: CodeRefused, 501: CodeRefused,
	404: CodeNotFound, 410: CodeNotFound, 409: CodeConflict, 412: CodeConflict, 429: CodeTooOften, 502: CodeUnreachable, 503: CodeUnreachable, 504: CodeUnreachable,
}

// OfStatus makes an error of an answer of HTTP: by the code of its problem document, or else by its status. A gateway
// that lost a change (isChange) does not know whether it was made.
func OfStatus(status int, code backend.Code, isChange bool, sentence string) error {
	number, isKnown := codes[code]
	switch {
	case isKnown:
	case isChange && (status == 502 || status == 504):
		number = CodeUnknown
		sentence += " It is not known whether it was done: read before you try it again."
	default:
		number = cmp.Or(statuses[status], CodeFailed)
	}
	return &Error{Code: number, Err: errors.New(sentence)}
}
