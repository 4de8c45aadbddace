// Package backendtest states the contract as tests: every promise of package
// backend, whoever keeps it. Run holds an answer to all of them.
//
// A test is a visit: somebody with a new account does a few things, reads the
// codes in the inbox, waits by moving the clock, and sees what was promised.
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

// Fixture is one empty store behind the answer under test.
type Fixture struct {
	Accounts backend.Accounts
	// Sender must be what carries the store's messages.
	Sender *Sender
	// Advance moves the store's clock, which stands still otherwise.
	Advance func(time.Duration)
	// DeliverDue hands over the messages that are due, as the store's worker does.
	DeliverDue func(context.Context) error
	// Tokens are the store's.
	Tokens backend.Tokens
}

// Sender holds every message, as the inbox on this machine does, until it is
// told to fail, or to take them away.
type Sender struct {
	mu     sync.Mutex
	fault  error
	isAway bool
	sent   []delivery.Message
}

// StopHolding makes every Send take its message off this machine from now on.
func (s *Sender) StopHolding() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.isAway = true
}

// Fail makes every Send answer err from now on; nil makes it work again.
func (s *Sender) Fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = err
}

// Sent returns what was carried, the oldest first.
func (s *Sender) Sent() []delivery.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}

// Send answers as it was told to.
func (s *Sender) Send(_ context.Context, m delivery.Message) (delivery.Receipt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fault != nil {
		return delivery.Receipt{}, s.fault
	}
	s.sent = append(s.sent, m)
	return delivery.Receipt{Provider: "test-carrier", Status: "250 kept for you", Held: !s.isAway}, nil
}

// Run states every promise against the answer that open makes; open is called
// once for each, and cleans up with t.Cleanup.
func Run(t *testing.T, open func(t *testing.T) Fixture) {
	for _, group := range [][]promise{accountPromises, usernamePromises, channelPromises, editingPromises, codePromises, otherPromises, deliveryPromises, proofPromises, commandPromises, tokenPromises} {
		for _, p := range group {
			t.Run(p.name, func(t *testing.T) { p.visit(newVisit(t, open(t))) })
		}
	}
}

type promise struct {
	name  string
	visit func(*visit)
}

// visit is one customer's stay. Its methods fail the test on any answer that
// was not expected.
type visit struct {
	backend.Backend
	*testing.T
	Fixture
	ctx  context.Context
	self backend.AccountSummary
}

func newVisit(t *testing.T, f Fixture) *visit {
	v := &visit{T: t, Fixture: f, ctx: t.Context()}
	v.Backend, v.self = v.newcomer("john@example.org", backend.PlanTeam)
	return v
}

// newcomer creates and opens one more account.
func (v *visit) newcomer(email string, plan backend.Plan) (backend.Backend, backend.AccountSummary) {
	v.Helper()
	made, err := v.Accounts.Create(v.ctx, backend.NewAccount{Name: "John", Surname: "Smith", Email: email, Plan: plan})
	v.ok(err)
	b, opened, err := v.Accounts.Open(v.ctx, made.ID)
	v.ok(err)
	return b, opened
}

func (v *visit) ok(err error) {
	v.Helper()
	if err != nil {
		v.Fatalf("refused: %v", err)
	}
}

// refused expects an error of one code, with a sentence and a reason for every
// field that is named, and returns it.
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

func (v *visit) check(holds bool, format string, args ...any) {
	v.Helper()
	if !holds {
		v.Fatalf(format, args...)
	}
}

// code reads the newest code that was sent to a value.
func (v *visit) code(to string) string {
	v.Helper()
	box, err := v.Messages(v.ctx, 100)
	v.ok(err)
	for _, m := range box.Messages {
		if m.To == to && m.Code != "" {
			return m.Code
		}
	}
	v.Fatalf("no code to %s in %d messages", to, len(box.Messages))
	return ""
}

// wrong is a code that is not the one given.
func wrong(code string) string {
	last := code[len(code)-1]
	return code[:len(code)-1] + string('0'+(last-'0'+1)%10)
}

// pending adds a channel that waits for its code.
func (v *visit) pending(kind backend.ChannelType, value string) backend.Channel {
	v.Helper()
	c, err := v.CreateChannel(v.ctx, kind, value)
	v.ok(err)
	return c
}

// proven adds a channel and proves it.
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

// priorities lists the channels that are there.
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

// unchanged runs do and sees that it left everything as it was.
func (v *visit) unchanged(do func()) {
	v.Helper()
	before, err := v.Revision(v.ctx)
	v.ok(err)
	do()
	after, err := v.Revision(v.ctx)
	v.ok(err)
	v.check(before == after, "the revision went from %d to %d", before, after)
}
