package backend

// Code names a refusal for programs. The values are part of the public contract
// and never change. What a code means to a client of the HTTP API stands in
// Refusals.
type Code string

// The codes of refusals.
const (
	CodeInvalid          Code = "invalid"                // a value is wrong by itself; see Error.Fields
	CodeUnauthorized     Code = "unauthorized"           // the account is gone, or the token is not valid
	CodeNotFound         Code = "not_found"              // no such account, channel, message or token
	CodeEmailTaken       Code = "email_taken"            // another account has this email
	CodeEmailUnchanged   Code = "email_unchanged"        // the email is the present username
	CodeNoPendingChange  Code = "no_pending_change"      // no username change waits for a code
	CodeDuplicateChannel Code = "duplicate_channel"      // the customer has a channel of this type and value
	CodeLimitReached     Code = "limit_reached"          // the plan allows no more channels
	CodeAlreadyVerified  Code = "already_verified"       // the channel waits for no code
	CodeNotVerified      Code = "channel_not_verified"   // the channel has to be verified first
	CodeWrong            Code = "code_invalid"           // the code is wrong; see Error.AttemptsLeft
	CodeExpired          Code = "code_expired"           // the code is too old or was replaced; ask for a new one
	CodeExhausted        Code = "code_exhausted"         // too many tries at this code; ask for a new one
	CodeLocked           Code = "code_locked"            // too many wrong codes in a row; see Error.RetryAfter
	CodeRateLimited      Code = "rate_limited"           // too soon or too often; see Error.RetryAfter
	CodeDeliveryFailed   Code = "delivery_failed"        // a provider refused the test message
	CodeNotResendable    Code = "not_resendable"         // sending the message again has no use
	CodeWordWrong        Code = "word_wrong"             // not the word of the last test; see Error.AttemptsLeft
	CodeNoOpenTest       Code = "no_open_test"           // no test waits for its word
	CodeNotWebhook       Code = "not_webhook"            // only webhooks have a signing secret
	CodeStale            Code = "precondition_failed"    // something changed since it was read; read again
	CodeOrderChanged     Code = "order_changed"          // the priorities are not those of the channels now
	CodeNothingToUndo    Code = "nothing_to_undo"        // no change of the caller's can be undone, or made again
	CodeNotUndoable      Code = "not_undoable"           // the change has no inverse
	CodeChangedSince     Code = "changed_since"          // what is to be undone was changed again; see Error.Conflicts
	CodeKeyReused        Code = "idempotency_key_reused" // the key belongs to another request
	CodeUnsupported      Code = "unsupported"            // this backend does not have the feature
	CodeOffline          Code = "offline"                // the server cannot be reached; nothing was sent
	CodeUnknownOutcome   Code = "unknown_outcome"        // sent, but the answer was lost; read before trying again
	CodeReadOnly         Code = "read_only"              // opened for reading only
	CodeBusy             Code = "busy"                   // the store did not answer in time; nothing was changed
	CodeDatabaseAway     Code = "database_away"          // the store's server cannot be reached; nothing was changed
	CodeUnavailable      Code = "unavailable"            // the store cannot be used: full, damaged, foreign, newer
	CodeInternal         Code = "internal"               // a fault of the program
)

// Refusal is what the contract fixes about a code.
type Refusal struct {
	Code   Code
	Status int // of the HTTP answer (RFC 9110, section 15)
	// Kept says whether a repeat of the command, with the same idempotency key within
	// 24 hours, gets this refusal again. That is so for refusals that come from the
	// state of the account, which may have changed since, and for delivery_failed,
	// since a repeat would send another message. Not kept are those that ask to wait
	// or to read again, faults of the store, and wrong values, which are refused again
	// in any case.
	Kept bool
	// Title says in a few words what the code means (RFC 9457, "title").
	Title string
}

// Refusals has one row for each code, by status. There is no 403: what a caller
// may not see is answered as not found.
var Refusals = []Refusal{
	{CodeUnauthorized, 401, false, "The token is not valid"},
	{CodeNotFound, 404, true, "Not found"},
	{CodeUnsupported, 404, false, "This server does not have it"},
	{CodeEmailTaken, 409, true, "The email is taken"},
	{CodeEmailUnchanged, 409, true, "The email is the present one"},
	{CodeNoPendingChange, 409, true, "No change is waiting"},
	{CodeDuplicateChannel, 409, true, "The channel exists already"},
	{CodeLimitReached, 409, true, "The plan allows no more"},
	{CodeAlreadyVerified, 409, true, "Verified already"},
	{CodeNotVerified, 409, true, "Not verified yet"},
	{CodeNotResendable, 409, true, "Cannot be sent again"},
	{CodeNoOpenTest, 409, true, "No test waits for its word"},
	{CodeNotWebhook, 409, true, "Not a webhook"},
	{CodeOrderChanged, 409, true, "Other channels now"},
	{CodeNothingToUndo, 409, false, "Nothing to undo"},
	{CodeNotUndoable, 409, true, "Cannot be undone"},
	{CodeChangedSince, 409, true, "Changed again since"},
	{CodeStale, 412, false, "Changed in the meantime"},
	{CodeInvalid, 422, false, "A value is not right"},
	{CodeWrong, 422, true, "The code is wrong"},
	{CodeExpired, 422, true, "The code is not valid any more"},
	{CodeWordWrong, 422, true, "The word is wrong"},
	{CodeKeyReused, 422, false, "The idempotency key was used for another request"},
	{CodeExhausted, 429, true, "Too many tries"},
	{CodeLocked, 429, false, "Locked for a while"},
	{CodeRateLimited, 429, false, "Too often"},
	{CodeInternal, 500, false, "A fault of the server"},
	{CodeDeliveryFailed, 502, true, "Not delivered"},
	{CodeOffline, 503, false, "Not available"},
	{CodeBusy, 503, false, "Busy"},
	{CodeDatabaseAway, 503, false, "The database is away"},
	{CodeUnknownOutcome, 503, false, "The outcome is not known"},
	{CodeReadOnly, 503, false, "Not available"},
	{CodeUnavailable, 503, false, "Not available"},
}

// RefusalOf returns the row of a code; found is false, and the row zero, for a
// code that is not in the table.
func RefusalOf(code Code) (row Refusal, found bool) {
	for _, r := range Refusals {
		if r.Code == code {
			return r, true
		}
	}
	return Refusal{}, false
}
