// Package backendtest states every promise of package backend as a test. Run runs them
// against an implementation of backend.Backend.
//
// A test is a visit: a customer with a new account does a few things, reads the codes
// in the inbox, waits by advancing the clock, and checks what was promised.
package backendtest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
)

// Fixture is one empty store, and the implementation under test on it.
type Fixture struct {
	Accounts backend.Accounts
	// Sender must be the sender of the store.
	Sender *Sender
	// Advance advances the clock of the store, which stands still otherwise.
	Advance func(time.Duration)
	// DeliverDue makes one attempt at every message that is due, as the worker of the
	// store does.
	DeliverDue func(context.Context) error
	// Tokens are the tokens of the store.
	Tokens backend.Tokens
}

// Sender answers that every message is held, as the inbox does, until StopHolding or
// Fail is called. The zero value is ready to use.
type Sender struct {
	mu       sync.Mutex
	fault    error
	isRemote bool // messages are accepted and not held
	sent     []delivery.Message
}

// StopHolding makes every Send answer from now on that its message is accepted and not
// held.
func (s *Sender) StopHolding() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.isRemote = true
}

// Fail makes every Send answer err from now on; nil makes it accept again.
func (s *Sender) Fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = err
}

// Sent returns the messages that were accepted or held, oldest first.
func (s *Sender) Sent() []delivery.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}

// Send answers as StopHolding and Fail have set it.
func (s *Sender) Send(_ context.Context, m delivery.Message) (delivery.Receipt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fault != nil {
		return delivery.Receipt{}, s.fault
	}
	s.sent = append(s.sent, m)
	return delivery.Receipt{Provider: "test-carrier", Status: "250 kept for you", Held: !s.isRemote}, nil
}

// Run runs every promise as a subtest. open returns a new fixture for each, and cleans
// up with t.Cleanup.
func Run(t *testing.T, open func(t *testing.T) Fixture) {
	for _, group := range [][]promise{accountPromises, usernamePromises, channelPromises, editingPromises, labelPromises, codePromises, otherPromises, deliveryPromises, unknownPromises, proofPromises, olderPromises, undoPromises, moreUndoPromises, undoRulesPromises, severalPromises, retakenPromises, randomUndoPromises, commandPromises, tokenPromises, clockPromises, spellingPromises, numberPromises, reachPromises, searchPromises} {
		for _, p := range group {
			t.Run(p.name, func(t *testing.T) { p.visit(newVisit(t, open(t))) })
		}
	}
}

// promise is one test, with a sentence as its name.
type promise struct {
	name  string
	visit func(*visit)
}

// visit is one customer's view during a test. Its methods fail the test when an answer
// is not the expected one.
type visit struct {
	backend.Backend
	*testing.T
	Fixture
	ctx  context.Context
	self backend.AccountSummary // of the customer
}

func newVisit(t *testing.T, f Fixture) *visit {
	v := &visit{T: t, Fixture: f, ctx: t.Context()}
	v.Backend, v.self = v.newcomer("john@example.org", backend.PlanTeam)
	return v
}

// newcomer creates and opens another account.
func (v *visit) newcomer(email string, plan backend.Plan) (backend.Backend, backend.AccountSummary) {
	v.Helper()
	made, err := v.Accounts.Create(v.ctx, backend.NewAccount{Name: "John", Surname: "Smith", Email: email, Plan: plan})
	v.ok(err)
	b, opened, err := v.Accounts.Open(v.ctx, made.ID)
	v.ok(err)
	return b, opened
}

// ok expects no error.
func (v *visit) ok(err error) {
	v.Helper()
	if err != nil {
		v.Fatalf("refused: %v", err)
	}
}

// refused expects an error with the code, a message and a sentence for each of the
// fields, and returns it. With CodeInvalid it expects no other fields.
func (v *visit) refused(err error, code backend.Code, fields ...string) *backend.Error {
	v.Helper()
	var e *backend.Error
	if !errors.As(err, &e) || e.Code != code || e.Message == "" {
		v.Fatalf("got %v (%s), want %s", err, backend.ErrorCode(err), code)
	}
	for _, f := range fields {
		if len(e.Fields[f]) == 0 {
			v.Fatalf("field %q has no sentence in %v", f, e.Fields)
		}
	}
	if code == backend.CodeInvalid && len(e.Fields) != len(fields) {
		v.Fatalf("fields %v, want %v", e.Fields, fields)
	}
	return e
}

// check fails the test when holds is false.
func (v *visit) check(holds bool, format string, args ...any) {
	v.Helper()
	if !holds {
		v.Fatalf(format, args...)
	}
}

// code returns the newest code that was sent to a value.
func (v *visit) code(to string) string {
	v.Helper()
	inbox, err := v.Messages(v.ctx, 100)
	v.ok(err)
	for _, m := range inbox.Messages {
		if m.To == to && m.Code != "" {
			return m.Code
		}
	}
	v.Fatalf("no code to %s in %d messages", to, len(inbox.Messages))
	return ""
}

// wrong returns another code than the given one.
func wrong(code string) string {
	last := code[len(code)-1]
	return code[:len(code)-1] + string('0'+(last-'0'+1)%10)
}

// pending adds a channel that waits for its code.
func (v *visit) pending(kind backend.ChannelType, value string) backend.Channel {
	v.Helper()
	c, err := v.CreateChannel(v.ctx, kind, value, "")
	v.ok(err)
	return c
}

// proven adds a channel and verifies it.
func (v *visit) proven(kind backend.ChannelType, value string) backend.Channel {
	v.Helper()
	c := v.pending(kind, value)
	c, err := v.VerifyChannel(v.ctx, c.Priority, v.code(c.Value))
	v.ok(err)
	return c
}

func (v *visit) profile() backend.Profile {
	v.Helper()
	p, err := v.Profile(v.ctx)
	v.ok(err)
	return p
}

// priorities returns the priorities of all channels.
func (v *visit) priorities() []int {
	v.Helper()
	list, err := v.Channels(v.ctx, backend.ChannelFilter{})
	v.ok(err)
	v.check(list != nil, "a nil list")
	var all []int
	for _, c := range list {
		all = append(all, c.Priority)
	}
	return all
}

// channel returns the channel with a priority.
func (v *visit) channel(priority int) backend.Channel {
	v.Helper()
	list, err := v.Channels(v.ctx, backend.ChannelFilter{})
	v.ok(err)
	for _, c := range list {
		if c.Priority == priority {
			return c
		}
	}
	v.Fatalf("no channel %d in %v", priority, list)
	return backend.Channel{}
}

// unchanged runs do and expects that the revision stays the same.
func (v *visit) unchanged(do func()) {
	v.Helper()
	before, err := v.Revision(v.ctx)
	v.ok(err)
	do()
	after, err := v.Revision(v.ctx)
	v.ok(err)
	v.check(before == after, "the revision went from %d to %d", before, after)
}

// entries returns the newest entries of the journal, at most limit.
func (v *visit) entries(limit int) []backend.JournalEntry {
	v.Helper()
	page, err := v.Journal(v.ctx, backend.JournalQuery{Limit: limit})
	v.ok(err)
	return page.Entries
}
