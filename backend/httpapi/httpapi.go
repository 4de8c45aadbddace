// Package httpapi speaks the account-settings API over HTTP in both
// directions: a server over any backend.Accounts, and a client that is a
// backend.Backend.
//
// operations.go is the table of all operations; router, OpenAPI document and
// client are made from it. A noun has two files: <noun>.go has the JSON of its
// requests and answers with the server's handlers, and <noun>_client.go has the
// methods of the client. server….go and client….go are the machinery of the two
// ends.
//
// A request to the server goes: server_handler.go (limits, id, log, which
// operation) → server_request.go (who asks, about which account, with what) → a
// handler of a noun → answer.go or problem.go.
//
// Both ends use the same structs: xToWire on the way out, fromWire on the way
// in. What this program adds to PingHome's public documentation is an
// extension, which another server may not have.
package httpapi

import (
	"encoding/json"
	"time"
)

// Headers of our own, and those of drafts and conventions that Go has no name for.
const (
	headerCustomer  = "Pinghome-Customer" // the account that an operator acts for, where the path names none
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
// documentation names no format, and a date that cannot be read should not hide
// the rest of a profile.
func (i *instant) UnmarshalJSON(data []byte) error {
	if err := json.Unmarshal(data, &i.Time); err != nil {
		i.Time = time.Time{}
	}
	return nil
}

// instantOf drops the location, which would make equal times differ.
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
