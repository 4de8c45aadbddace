package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
)

// ask is one call of an operation, before it is known which server gets it.
type ask struct {
	op operationID
	// customer is the account: in the path of an operation that names it there,
	// else the one that an operator acts for. "" is the token's own.
	customer string
	message  string  // the message in the path
	query    string  // encoded
	body     []entry // nil for none

	key, match string        // Idempotency-Key and If-Match of a command
	trace      string        // Traceparent of a command; "" for none
	timeout    time.Duration // of one attempt
}

// row is the operation.
func (a ask) row() *operation { return operationsByID[a.op] }

// address is where the call goes on a base.
func (a ask) address(base string) string {
	ids := strings.NewReplacer("{customer_id}", url.PathEscape(a.customer), "{message_id}", url.PathEscape(a.message))
	address := base + ids.Replace(a.row().path)
	if a.query != "" {
		address += "?" + a.query
	}
	return address
}

// askProfile asks for an account's profile, for the token's own without an id.
func askProfile(id string) ask {
	if id == "" {
		return ask{op: opGetOwnCustomer}
	}
	return ask{op: opGetCustomer, customer: id}
}

// limited is the query for at most so many rows, within what a server of ours
// gives at once.
func limited(limit int) url.Values {
	return url.Values{"limit": {strconv.Itoa(min(max(0, limit), maxLimit))}}
}

// do sends a call to the base of its role.
func (r *Remote) do(ctx context.Context, a ask) (received, error) {
	known, err := r.discover(ctx)
	if err != nil {
		return received{}, err
	}
	o := a.row()
	if o.role == roleQuery {
		return r.query(ctx, a, known.query)
	}
	c := backend.CommandOf(ctx)
	if a.key = c.Key; a.key == "" {
		a.key = uuid.NewString()
	}
	a.trace = c.Traceparent
	if c.IfRevision != 0 {
		a.match = `"` + strconv.FormatInt(c.IfRevision, 10) + `"` // as our server's tags begin
	}
	answered, err := r.command(ctx, a, known.command)
	if o.isAlsoQuery && !known.isOurs && known.query != known.command && isElsewhere(err) {
		return r.command(ctx, a, known.query)
	}
	return answered, err
}

// isElsewhere reports whether a refusal means that a server has the operation
// somewhere else, or not at all: 404 or 405.
func isElsewhere(err error) bool {
	code := backend.ErrorCode(err)
	return code == backend.CodeNotFound || code == backend.CodeUnsupported
}

// keepsKeys reports whether the server is known to carry out a command with an
// idempotency key once, however often it is sent.
func (r *Remote) keepsKeys() bool {
	known := r.known()
	return known != nil && known.isOurs
}

// received is an answer, of any status.
type received struct {
	status int
	header http.Header
	body   []byte
	isLong bool // the body was longer than maxAnswer and was dropped
}

func (r received) isSuccess() bool { return r.status >= 200 && r.status < 300 }

// The public documentation names no bodies of answers. So any wrapping around
// what is looked for is taken off, and what is not there is empty.

// data reads the member "data" into dest, and reports whether there is one.
func (r received) data(dest any) bool {
	raw := membersOf(r.body)["data"]
	return raw != nil && string(raw) != "null" && decode(raw, dest)
}

// isConfirmation reports whether the answer to a command can be a success:
// nothing, null, a JSON text, or an object that does not tell of an error. A
// page of a proxy or a portal is none.
func (r received) isConfirmation() bool {
	body := bytes.TrimSpace(r.body)
	switch {
	case r.isLong || len(body) == 0:
		return !r.isLong
	case !utf8.Valid(body):
		return false
	}
	var text string
	if json.Unmarshal(body, &text) == nil {
		return true
	}
	members := membersOf(body)
	if members == nil {
		return false
	}
	isTrue, isEmpty := true, func(name string) bool {
		return slices.Contains([]string{"", "null", "false", `""`, "[]", "{}"}, string(members[name]))
	}
	if json.Unmarshal(members["success"], &isTrue) == nil && !isTrue {
		return false
	}
	return isEmpty("error") && isEmpty("errors")
}

// membersOf are the members of an object, nil for anything else.
func membersOf(raw []byte) map[string]json.RawMessage {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return nil
	}
	return members
}

// unwrap takes off wrapping objects: as long as one of the names is a member,
// it goes on with that member, four times at most.
func unwrap(body []byte, names ...string) json.RawMessage {
	raw := json.RawMessage(body)
	for range 4 {
		members := membersOf(raw)
		at := slices.IndexFunc(names, func(name string) bool { return members[name] != nil })
		if at < 0 {
			break
		}
		raw = members[names[at]]
	}
	return raw
}

// decode reads JSON and leaves out what has another type than dest.
func decode(raw json.RawMessage, dest any) bool {
	err := json.Unmarshal(raw, dest)
	var other *json.UnmarshalTypeError
	return err == nil || errors.As(err, &other)
}

// listFromWire converts a list; never nil.
func listFromWire[W interface{ fromWire() B }, B any](list []W) []B {
	b := make([]B, len(list))
	for i, w := range list {
		b[i] = w.fromWire()
	}
	return b
}

// errNotUnderstood is a success whose body is not what was asked for.
func errNotUnderstood(noun string) error {
	return backend.Errorf(backend.CodeUnavailable, "The server's answer is not %s. Check that this is the address of an account-settings API.", noun)
}

// errNotShown is a change that was made, but whose result could not be read. It
// has the code of an unknown outcome, since every other error means that
// nothing was changed.
func errNotShown(err error) error {
	return &backend.Error{Code: backend.CodeUnknownOutcome, Err: errors.New(err.Error()),
		Message: "It was done, but the server did not show what came of it. Look before doing it again."}
}
