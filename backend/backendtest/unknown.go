package backendtest

import (
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
)

var (
	cutOff  = &delivery.Error{Kind: delivery.Unknown, Provider: "smtp mail.example.org", Status: "hung up, so it may have been taken"}
	laterOn = &delivery.Error{Provider: "smtp mail.example.org", Status: "450 greylisted"}
	ours    = &delivery.Error{Provider: "smtp mail.example.org", Status: "refused the sign-in: 535", Ours: true}
)

// noticeAfter makes the notice of a username change, to the address john@example.org, and lets
// the first attempt at it end like this.
func (v *visit) noticeAfter(fault *delivery.Error) backend.Message {
	v.Helper()
	_, err := v.ChangeUsername(v.ctx, "new@example.org")
	v.ok(err)
	code := v.code("new@example.org")
	v.Sender.Fail(fault)
	_, err = v.ConfirmUsername(v.ctx, code)
	v.ok(err)
	m := v.newest()
	v.check(m.Kind == backend.KindNotice && m.To == "john@example.org", "%+v", m)
	return m
}

// unknownPromises are about messages of which it is not known what became of them, and
// about those that were refused on our side: neither tells anything of the address.
var unknownPromises = []promise{
	{"a message that may have been taken is tried later, three times at most, and fails no channel", func(v *visit) {
		c := v.proven(backend.TypeEmail, "john@example.org")
		m := v.noticeAfter(cutOff)
		v.check(m.State == backend.StateQueued && m.Attempts == 1 && m.Detail == cutOff.Status && m.NextAt.Sub(m.At) >= 5*time.Minute, "%+v", m)
		v.Advance(4 * time.Minute)
		v.ok(v.DeliverDue(v.ctx))
		v.check(v.newest().Attempts == 1, "it was tried before its time: %+v", v.newest())
		v.Advance(time.Minute + time.Second)
		v.ok(v.DeliverDue(v.ctx))
		v.check(v.newest().Attempts == 2 && v.newest().NextAt.Sub(m.At) > time.Hour, "%+v", v.newest())
		v.Advance(time.Hour + time.Second)
		v.ok(v.DeliverDue(v.ctx))
		m = v.newest()
		v.check(m.State == backend.StateUnknown && m.Attempts == 3 && m.Detail == cutOff.Status && m.NextAt.IsZero() && !m.Read, "%+v", m)
		unknown := backend.OutcomeUnknown
		v.check(slices.Equal(v.outcomes(m.ID), []backend.Outcome{unknown, unknown, unknown}), "%v", v.outcomes(m.ID))
		v.check(v.channel(c.Priority).Failure == nil, "%+v", v.channel(c.Priority).Failure)
		v.Sender.Fail(nil)
		v.Sender.StopHolding()
		_, err := v.ResendMessage(v.ctx, m.ID)
		v.ok(err)
		v.check(v.newest().State == backend.StateSent && v.newest().ID == m.ID, "%+v", v.newest())
	}},
	{"a test that may have been taken says so, and its word can be entered", func(v *visit) {
		c := v.proven(backend.TypeEmail, "john@example.org")
		v.Sender.Fail(cutOff)
		test, err := v.TestChannel(v.ctx, c.Priority)
		v.ok(err)
		v.check(test.Unknown && !test.OK && !test.Held && test.Provider == cutOff.Provider && test.ProviderStatus == cutOff.Status && strings.Contains(test.Detail, "not known"), "%+v", test)
		c = v.channel(c.Priority)
		v.check(c.LastTest.Unknown && !c.LastTest.OK && c.Failure == nil && !c.Proof.WordSentAt.IsZero(), "%+v", c)
		v.check(v.newest().State == backend.StateUnknown, "%+v", v.newest())
	}},
	{"a message of which an answer does not tell what became of it is not tried again, and can be sent again", func(v *visit) {
		c := v.proven(backend.TypeEmail, "john@example.org")
		m := v.noticeAfter(&delivery.Error{Kind: delivery.Unknown, Final: true, Ours: true, Provider: "carrier", Status: "answered 200, but not in its words"})
		v.check(m.State == backend.StateUnknown && m.Attempts == 1 && m.NextAt.IsZero(), "%+v", m)
		v.check(slices.Equal(v.outcomes(m.ID), []backend.Outcome{backend.OutcomeUnknown}), "%v", v.outcomes(m.ID))
		v.Advance(2 * time.Hour)
		v.ok(v.DeliverDue(v.ctx))
		v.check(v.newest().Attempts == 1 && v.channel(c.Priority).Failure == nil, "%+v", v.newest())
		v.Sender.Fail(nil)
		_, err := v.ResendMessage(v.ctx, m.ID)
		v.ok(err)
		v.check(v.newest().State == backend.StateHeld || v.newest().State == backend.StateSent, "%+v", v.newest())
	}},
	{"a wait is told only of what can be tried again", func(v *visit) {
		v.proven(backend.TypeEmail, "john@example.org")
		for _, kind := range []delivery.ErrorKind{delivery.Temporary, delivery.RateLimited, delivery.Permanent, delivery.Unknown} {
			v.Sender.Fail(&delivery.Error{Kind: kind, Provider: "carrier", Status: "answered 400", RetryAfter: time.Minute})
			want := "answered 400"
			if kind == delivery.Temporary || kind == delivery.RateLimited {
				want += "; it asks to wait 1 minute"
			}
			_, _ = v.TestChannel(v.ctx, 1)
			v.check(v.newest().Detail == want, "kind %d: %+v", kind, v.newest())
			v.Advance(time.Minute)
		}
	}},
	{"what is refused on our side fails no channel", func(v *visit) {
		c := v.proven(backend.TypeEmail, "john@example.org")
		v.Sender.Fail(ours)
		_, err := v.TestChannel(v.ctx, c.Priority)
		v.refused(err, backend.CodeDeliveryFailed)
		m := v.newest()
		v.check(m.State == backend.StateFailed && slices.Equal(v.outcomes(m.ID), []backend.Outcome{backend.OutcomeBlocked}), "%+v", m)
		c = v.channel(c.Priority)
		v.check(c.Failure == nil && !c.LastTest.OK && !c.LastTest.Unknown, "%+v", c)
		v.check(c.Blocked != nil && c.Blocked.Status == ours.Status && c.Blocked.Provider == ours.Provider && c.Blocked.Kind == backend.KindTest && c.Blocked.At.Equal(c.LastTest.At), "%+v", c.Blocked)
		v.Sender.Fail(nil)
		v.noticeAfter(ours)
		v.Advance(delivery.MaxAge - time.Minute)
		v.ok(v.DeliverDue(v.ctx))
		v.Advance(time.Hour)
		v.ok(v.DeliverDue(v.ctx))
		m = v.newest()
		v.check(m.State == backend.StateFailed && v.outcomes(m.ID)[len(v.outcomes(m.ID))-1] == backend.OutcomeBlocked, "%+v", m)
		v.check(v.channel(c.Priority).Failure == nil, "%+v", v.channel(c.Priority).Failure)
		v.Sender.Fail(nil)
		v.Sender.StopHolding()
		_, err = v.TestChannel(v.ctx, c.Priority)
		v.ok(err)
		v.check(v.channel(c.Priority).Blocked == nil, "after one that was accepted: %+v", v.channel(c.Priority).Blocked)
	}},
	{"a message that may have been taken is not called failed by what comes later, but by a refusal of its address", func(v *visit) {
		c := v.proven(backend.TypeEmail, "john@example.org")
		for _, end := range []struct {
			fault *delivery.Error
			state backend.MessageState
		}{{laterOn, backend.StateUnknown}, {ours, backend.StateUnknown}, {&delivery.Error{Kind: delivery.Permanent, Provider: "smtp mail.example.org", Status: "550 no such user"}, backend.StateFailed}} {
			m := v.noticeAfter(cutOff)
			v.Sender.Fail(end.fault)
			v.Advance(5*time.Minute + time.Second)
			v.ok(v.DeliverDue(v.ctx))
			v.Advance(delivery.MaxAge)
			v.ok(v.DeliverDue(v.ctx))
			state := v.newest().State
			v.check(v.newest().ID == m.ID && state == end.state && (v.channel(c.Priority).Failure != nil) == (state == backend.StateFailed), "%s: %s, %+v", end.fault.Status, state, v.channel(c.Priority).Failure)
			v.Sender.Fail(nil)
			_, err := v.ChangeUsername(v.ctx, "john@example.org")
			v.ok(err)
			_, err = v.ConfirmUsername(v.ctx, v.code("john@example.org"))
			v.ok(err)
		}
	}},
	{"a code that expires before it is sent fails no channel", func(v *visit) {
		c := v.proven(backend.TypeEmail, "new@example.org")
		v.Advance(time.Hour) // the address had a code just now
		v.Sender.Fail(laterOn)
		_, err := v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		v.Advance(backend.CodeLifetime)
		v.ok(v.DeliverDue(v.ctx))
		m := v.newest()
		last := v.outcomes(m.ID)[len(v.outcomes(m.ID))-1]
		v.check(v.channel(c.Priority).Blocked != nil, "it is not told")
		v.check(m.State == backend.StateFailed && last == backend.OutcomeBlocked && v.channel(c.Priority).Failure == nil, "%+v, %s, %+v", m, last, v.channel(c.Priority).Failure)
	}},
}
