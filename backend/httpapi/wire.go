// Package httpapi speaks the account-settings API over HTTP in both
// directions: a server that is a thin skin over any backend.Accounts, and a
// client that is a backend.Backend.
//
// Both ends use the same structs for what goes over the wire, and each noun's
// struct stands in its file beside its handlers: xToWire on the way out,
// fromWire on the way in. The shapes are those of the contract; what this
// program adds to them is an extension, and a server may leave it out.
//
// A request goes: server.go (limits, id, log) → routes.go (which operation) →
// call.go (who, on whose account, with what) → a handler of a noun → reply.go.
package httpapi

import (
	"encoding/json"
	"time"
)

// answer is every success: a sentence for a person, and what was asked for.
type answer[T any] struct {
	Message string `json:"message"`
	Data    T      `json:"data"`
	// Warning is a word for programs about a success with a catch.
	Warning string `json:"warning,omitempty"`
}

// warningUnreachable comes with a deletion that leaves no channel to reach the customer by.
const warningUnreachable = "no_reachable_channel"

// problem is every refusal (RFC 9457). Everything from Code on is an
// extension member in the sense of that RFC.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	// Code is a backend.Code; or, where no backend was asked, one of the codes in codes.go.
	Code string `json:"code"`
	// Message is Detail again, in the word of the public documentation.
	Message string `json:"message"`
	// Errors holds every wrong field with its sentences.
	Errors    map[string][]string `json:"errors,omitempty"`
	RequestID string              `json:"request_id"`
	// RetryAfter is in whole seconds, rounded up; 0 when waiting does not help.
	RetryAfter int `json:"retry_after,omitempty"`
	// AttemptsLeft is there with code_invalid and word_wrong only, and may be 0.
	AttemptsLeft *int `json:"attempts_left,omitempty"`
	// Missing lists the priorities of a deletion that do not exist.
	Missing []int `json:"missing,omitempty"`
}

// Headers of our own, and the ones of drafts and conventions that Go has no name for.
const (
	headerCustomer  = "Pinghome-Customer" // whom an operator acts for, where the path names nobody
	headerKey       = "Idempotency-Key"   // draft-ietf-httpapi-idempotency-key-header
	headerRequestID = "X-Request-Id"
)

// instant is a time on the wire: RFC 3339 in UTC, null for never.
type instant struct{ time.Time }

func (i instant) MarshalJSON() ([]byte, error) {
	if i.IsZero() {
		return []byte("null"), nil
	}
	return i.UTC().MarshalJSON()
}

// UnmarshalJSON reads RFC 3339, and everything else as never: the public
// documentation names no format, and a date that cannot be read is no reason
// to show nothing of a profile.
func (i *instant) UnmarshalJSON(data []byte) error {
	if err := json.Unmarshal(data, &i.Time); err != nil {
		i.Time = time.Time{}
	}
	return nil
}

// instantOf drops what would make equal times look different.
func instantOf(t time.Time) instant { return instant{t.UTC()} }

// when is the time of an instant; never is the zero time.
func (i instant) when() time.Time {
	if i.IsZero() {
		return time.Time{}
	}
	return i.UTC()
}

// listToWire converts a list; an empty one is [] and never null.
func listToWire[B, W any](list []B, convert func(B) W) []W {
	w := make([]W, len(list))
	for i, b := range list {
		w[i] = convert(b)
	}
	return w
}
