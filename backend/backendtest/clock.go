package backendtest

import (
	"fmt"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// ahead is how far the clock is wrong in clockPromises: longer than every rule.
const ahead = 30 * 24 * time.Hour

var clockPromises = []promise{
	{"a code that was sent while the clock was ahead is not valid", func(v *visit) {
		v.Advance(ahead)
		c := v.pending(backend.TypeSMS, "+994551234567")
		_, err := v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		v.Advance(-ahead)
		for range 2 {
			_, err = v.VerifyChannel(v.ctx, c.Priority, v.code(c.Value))
			v.refused(err, backend.CodeExpired)
			_, err = v.ConfirmUsername(v.ctx, v.code("new@example.org"))
			v.refused(err, backend.CodeExpired)
			state := v.channel(c.Priority).Code
			v.check(state.ExpiresAt.Sub(state.SentAt) <= 0, "the code is shown as valid: %+v", state)
			v.Advance(24 * time.Hour)
		}
	}},
	{"no wait is longer than its rule after the clock was ahead", func(v *visit) {
		v.Advance(ahead)
		c := v.proven(backend.TypeSMS, "+994551234567")
		for range 6 {
			_, err := v.TestChannel(v.ctx, c.Priority)
			v.ok(err)
		}
		for n := range backend.MaxFeedbackDay {
			_, err := v.SendFeedback(v.ctx, fmt.Sprint("note ", n))
			v.ok(err)
		}
		d := v.pending(backend.TypeEmail, "d@example.org")
		v.guess(d, backend.CodeTries)
		v.Advance(time.Minute)
		v.fresh(d)
		v.guess(d, backend.CodeTries)
		v.Advance(-ahead)

		_, err := v.TestChannel(v.ctx, c.Priority)
		v.waits(err, backend.CodeRateLimited, time.Minute)
		_, err = v.SendFeedback(v.ctx, "one more")
		v.waits(err, backend.CodeRateLimited, 24*time.Hour)
		_, err = v.VerifyChannel(v.ctx, d.Priority, "123456")
		v.waits(err, backend.CodeLocked, backend.CodeLockDuration)
		state := v.channel(d.Priority).Code
		v.check(state.LockedUntil.Sub(state.SentAt) <= backend.CodeLockDuration, "%+v", state)
		e := v.pending(backend.TypeSMS, "+994551234568")
		_, err = v.UpdateChannel(v.ctx, e.Priority, e.Value, nil)
		v.waits(err, backend.CodeRateLimited, time.Minute)
	}},
	{"a clock that was a day ahead makes no limit forgotten", func(v *visit) {
		v.Backend, _ = v.newcomer("big@example.org", backend.PlanBusiness)
		v.useUpCodes(backend.PlanBusiness)
		v.Advance(25 * time.Hour)
		v.pending(backend.TypeSMS, "+37129999998")
		v.Advance(-25 * time.Hour)
		_, err := v.CreateChannel(v.ctx, backend.TypeSMS, "+37129999999", "")
		v.waits(err, backend.CodeRateLimited, 24*time.Hour)
	}},
	{"the word of a test that was sent while the clock was ahead is not open", func(v *visit) {
		v.Advance(ahead)
		c := v.proven(backend.TypeSMS, "+994551234567")
		_, err := v.TestChannel(v.ctx, c.Priority)
		v.ok(err)
		v.Advance(-ahead)
		inbox, err := v.Messages(v.ctx, 1)
		v.ok(err)
		v.check(inbox.Messages[0].Word != "", "no test in %+v", inbox.Messages)
		_, err = v.ConfirmReceipt(v.ctx, c.Priority, inbox.Messages[0].Word)
		v.refused(err, backend.CodeNoOpenTest)
		proof := v.channel(c.Priority).Proof
		v.check(proof.StaleAt.Sub(v.profile().Customer.CreatedAt) <= 91*24*time.Hour && proof.WordSentAt.IsZero(), "%+v", proof)
	}},
}

// waits expects a refusal with a wait that is not longer than the longest.
func (v *visit) waits(err error, code backend.Code, longest time.Duration) {
	v.Helper()
	e := v.refused(err, code)
	v.check(e.RetryAfter > 0 && e.RetryAfter <= longest, "after %v, at most %v", e.RetryAfter, longest)
}
