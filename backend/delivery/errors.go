package delivery

import (
	"errors"
	"time"
)

// ErrorKind says whether another attempt to send a message can help.
type ErrorKind int

// The kinds of errors. An error that is not known to be permanent is temporary.
const (
	Temporary   ErrorKind = iota // the provider may take it later
	Permanent                    // the provider will never take it
	RateLimited                  // the provider wants fewer messages; see Error.RetryAfter
	// Unknown says that the whole message was given to the provider, and no answer came: it
	// may have been taken, and another attempt may be a second copy. A webhook is Temporary
	// then, since its id tells a repetition.
	Unknown
)

// Error is why a message was not sent. The zero Kind is Temporary.
type Error struct {
	Kind     ErrorKind
	Provider string // who refused it, such as "smtp mail.example.org"
	// Status is what the provider answered, for a person to read: sanitised, and
	// without codes and secrets.
	Status     string
	RetryAfter time.Duration // how long the provider asks to wait, a day at most; 0 when it does not say
	// Gone says that the receiver answered 410 Gone: it wants no more messages, so
	// the channel should be switched off.
	Gone bool
	// Final says of an Unknown that there is no other attempt: there was an answer, and another one would
	// be the same.
	Final bool
	// Ours says that the cause is on our side, such as a sign-in that is refused, or a mail server or
	// SMS gateway that is away: the operator has to correct it, and nothing is known of the address.
	Ours bool
	// Stopped says that the person has told the gateway to pass on no more messages: the
	// answer STOP to an SMS. It is so until the person answers START.
	Stopped bool
	Err     error // the cause, for the log, without codes and secrets; may be nil
}

func (e *Error) Error() string { return e.Provider + ": " + e.Status }

func (e *Error) Unwrap() error { return e.Err }

// AsError returns err, which must not be nil, as an *Error. An error of another type
// becomes a temporary one whose text is not in Status: it may have addresses or
// secrets in it.
func AsError(err error) *Error {
	if e, isError := errors.AsType[*Error](err); isError {
		return e
	}
	return &Error{Kind: Temporary, Provider: "sender", Status: "did not answer", Err: err}
}
