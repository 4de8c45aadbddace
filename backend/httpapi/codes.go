package httpapi

import (
	"slices"

	"github.com/account-settings/pinghome/backend"
)

// The codes of HTTP itself, beside those of the backend.
const (
	codeBadJSON    backend.Code = "bad_json"               // the body is not one JSON text
	codeBadMethod  backend.Code = "method_not_allowed"     // see the Allow header
	codeBodyTooBig backend.Code = "body_too_large"         // over maxBody
	codeBadType    backend.Code = "unsupported_media_type" // the body is something else than JSON
)

// meaning is what a code is in HTTP.
type meaning struct {
	status int
	title  string
	// detail replaces the backend's message, which may name files of the server;
	// the log has that message. "" shows the backend's message.
	detail string
}

// httpRefusals are the rows of the codes above, beside backend.Refusals.
var httpRefusals = []backend.Refusal{
	{Code: codeBadJSON, Status: 400, Title: "The body is not JSON"},
	{Code: codeBadMethod, Status: 405, Title: "Method not allowed"},
	{Code: codeBodyTooBig, Status: 413, Title: "The body is too large"},
	{Code: codeBadType, Status: 415, Title: "The body is not of a JSON type"},
}

var details = map[backend.Code]string{
	backend.CodeInternal:       faultSentence,
	backend.CodeOffline:        unavailableSentence,
	backend.CodeBusy:           busySentence,
	backend.CodeUnknownOutcome: unknownSentence,
	backend.CodeReadOnly:       unavailableSentence,
	backend.CodeUnavailable:    unavailableSentence,
	backend.CodeDatabaseAway:   awaySentence,
}

// meanings is what each code is in HTTP, by code.
var meanings = func() map[backend.Code]meaning {
	all := map[backend.Code]meaning{}
	for _, r := range slices.Concat(backend.Refusals, httpRefusals) {
		all[r.Code] = meaning{status: r.Status, title: r.Title, detail: details[r.Code]}
	}
	return all
}()

const (
	faultSentence       = "Something went wrong in the server. Tell the operator the request_id; it is in the log."
	busySentence        = "The server did not get to it in time, so nothing was changed. Try again in a moment."
	awaySentence        = "The server cannot reach its database at the moment, and nothing was changed. Try again in a moment."
	unknownSentence     = "It is not known whether this was done. Send it again with the same Idempotency-Key, or read before doing it again."
	unavailableSentence = "The server cannot do this at the moment, and nothing was changed. Tell the operator the request_id; it is in the log."
)

// defaultWaits are the seconds to wait when the backend gives none, for refusals
// that pass with time. An exhausted code is none of those: a new one has to be
// asked for.
var defaultWaits = map[backend.Code]int{
	backend.CodeBusy:           1,
	backend.CodeDatabaseAway:   2,
	backend.CodeUnknownOutcome: 1,
	backend.CodeRateLimited:    1,
	backend.CodeLocked:         int(backend.CodeLockDuration.Seconds()),
}

// meaningOf is the meaning of a code; of an unknown one, a fault of the server.
func meaningOf(code backend.Code) meaning {
	if m, known := meanings[code]; known {
		return m
	}
	return meanings[backend.CodeInternal]
}

// sentence is the detail of a problem. The message of a busy backend is shown only
// if the error has no cause: with one, the message is the store's.
func (m meaning) sentence(e *backend.Error) string {
	if m.detail == "" || e.Code == backend.CodeBusy && e.Err == nil && e.Message != "" {
		return e.Message
	}
	return m.detail
}
