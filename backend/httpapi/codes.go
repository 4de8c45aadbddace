package httpapi

import (
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
	// the log has that message.
	detail string
}

// meanings is the table of statuses. There is no 403: what a caller may not see
// is answered as not found.
var meanings = map[backend.Code]meaning{
	codeBadJSON:                {status: 400, title: "The body is not JSON"},
	backend.CodeUnauthorized:   {status: 401, title: "The token is not valid"},
	backend.CodeNotFound:       {status: 404, title: "Not found"},
	backend.CodeUnsupported:    {status: 404, title: "This server does not have it"},
	codeBadMethod:              {status: 405, title: "Method not allowed"},
	backend.CodeEmailTaken:     {status: 409, title: "The email is taken"},
	backend.CodeEmailUnchanged: {status: 409, title: "The email is the present one"},
	backend.CodeNoPending:      {status: 409, title: "No change is waiting"},
	backend.CodeDuplicate:      {status: 409, title: "The channel exists already"},
	backend.CodeLimit:          {status: 409, title: "The plan allows no more"},
	backend.CodeVerified:       {status: 409, title: "Verified already"},
	backend.CodeNotVerified:    {status: 409, title: "Not verified yet"},
	backend.CodeNotResendable:  {status: 409, title: "Not to be sent again"},
	backend.CodeNoTest:         {status: 409, title: "No test waits for its word"},
	backend.CodeNotWebhook:     {status: 409, title: "Not a webhook"},
	backend.CodeStale:          {status: 412, title: "Changed in the meantime"},
	codeBodyTooBig:             {status: 413, title: "The body is too large"},
	codeBadType:                {status: 415, title: "The body is not of a JSON type"},
	backend.CodeInvalid:        {status: 422, title: "A value is not right"},
	backend.CodeWrong:          {status: 422, title: "The code is wrong"},
	backend.CodeExpired:        {status: 422, title: "The code is not valid any more"},
	backend.CodeWordWrong:      {status: 422, title: "The word is wrong"},
	backend.CodeKeyReused:      {status: 422, title: "The idempotency key came with something else"},
	backend.CodeExhausted:      {status: 429, title: "Too many tries"},
	backend.CodeLocked:         {status: 429, title: "Locked for a while"},
	backend.CodeRateLimited:    {status: 429, title: "Too often"},
	backend.CodeInternal:       {status: 500, title: "A fault of the server", detail: faultSentence},
	backend.CodeUnknown:        {status: 500, title: "The outcome is not known"},
	backend.CodeDelivery:       {status: 502, title: "Not delivered"},
	backend.CodeOffline:        {status: 503, title: "Not available", detail: unavailableSentence},
	backend.CodeBusy:           {status: 503, title: "Busy", detail: busySentence},
	backend.CodeReadOnly:       {status: 503, title: "Not available", detail: unavailableSentence},
	backend.CodeUnavailable:    {status: 503, title: "Not available", detail: unavailableSentence},
}

const (
	faultSentence       = "Something went wrong in the server. Tell whoever runs it the request_id; it is in the log."
	busySentence        = "The server did not get to it in time, so nothing was changed. Try again in a moment."
	unavailableSentence = "The server cannot do this at the moment, and nothing was changed. Tell whoever runs it the request_id; it is in the log."
)

// defaultWaits are the seconds to wait when the backend gives none, for refusals
// that pass with time. An exhausted code is none of those: a new one has to be
// asked for.
var defaultWaits = map[backend.Code]int{
	backend.CodeBusy:        1,
	backend.CodeRateLimited: 1,
	backend.CodeLocked:      int(backend.CodeLock.Seconds()),
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
