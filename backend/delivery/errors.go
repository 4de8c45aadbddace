package delivery

import (
	"errors"
	"time"
)

// Kind says whether sending a message again can help.
type Kind int

// The kinds of failures. What is not known to be permanent is temporary.
const (
	Temporary   Kind = iota // the provider may take it later
	Permanent               // the provider will never take it
	RateLimited             // the provider wants fewer messages; see Error.RetryAfter
)

// Error is why a message was not carried.
type Error struct {
	Kind     Kind
	Provider string // who refused it
	// Status is the provider's own words, without codes or secrets: a person reads it.
	Status     string
	RetryAfter time.Duration // how long the provider asks to wait; 0 when it does not say
	// Gone says that the receiver wants no messages any more, so the channel should be switched off.
	Gone bool
	Err  error // the cause, for the log; without codes or secrets, too
}

func (e *Error) Error() string { return e.Provider + ": " + e.Status }

func (e *Error) Unwrap() error { return e.Err }

// AsError returns err as an *Error. Any other error is a temporary one, whose
// words stay out of sight: they may hold addresses or secrets.
func AsError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Kind: Temporary, Provider: "sender", Status: "did not answer", Err: err}
}
