package backendtest

import (
	"fmt"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

var codePromises = []promise{
	{"a code is at the start of its message, and in the subject", func(v *visit) {
		c := v.pending(backend.TypeSMS, "+994551234567")
		inbox, err := v.Messages(v.ctx, 1)
		v.ok(err)
		m := inbox.Messages[0]
		v.check(len(m.Code) == backend.CodeDigits && m.Body[:backend.CodeDigits] == m.Code && strings.Contains(m.Subject, m.Code), "%+v", m)
		v.check(m.Kind == backend.KindVerification && m.To == c.Value && m.Type == c.Type && m.CodeExpiresAt.Equal(c.Code.ExpiresAt), "%+v", m)
		v.check(m.State == backend.StateHeld && m.Provider != "" && !m.Read, "%+v", m)
	}},
	{"a right code may have spaces, and verifies once", func(v *visit) {
		c := v.pending(backend.TypeSMS, "+994551234567")
		code := v.code(c.Value)
		_, err := v.VerifyChannel(v.ctx, c.Priority, " "+code[:3]+" "+code[3:])
		v.ok(err)
		_, err = v.VerifyChannel(v.ctx, c.Priority, code)
		v.refused(err, backend.CodeAlreadyVerified)
	}},
	{"a right code may have digits of any script, dashes and invisible signs", func(v *visit) {
		for _, zero := range []rune{'0', '０', '٠', '۰', '०'} { // ASCII, full-width, Arabic-Indic, Persian, Devanagari
			c := v.pending(backend.TypeEmail, fmt.Sprintf("a%d@example.org", zero))
			written := strings.Map(func(r rune) rune { return zero + r - '0' }, v.code(c.Value))
			half := len(written) / 2
			_, err := v.VerifyChannel(v.ctx, c.Priority, "\u202a"+written[:half]+"\u2013\u3000"+written[half:]+"\u202c\n")
			v.ok(err)
		}
		_, err := v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		_, err = v.ConfirmUsername(v.ctx, "\u2066"+v.code("new@example.org")+"\u2069")
		v.ok(err)
	}},
	{"a malformed code is no try", func(v *visit) {
		c := v.pending(backend.TypeSMS, "+994551234567")
		v.unchanged(func() {
			for _, code := range []string{"", "12345", "1234567", "12345a", "１２３４５", "123456\x00", "①②③④⑤⑥"} {
				_, err := v.VerifyChannel(v.ctx, c.Priority, code)
				v.refused(err, backend.CodeInvalid, "code")
			}
		})
		v.check(v.channel(1).Code.AttemptsLeft == backend.CodeTries, "%+v", v.channel(1).Code)
	}},
	{"five wrong tries exhaust a code, and a new one works", func(v *visit) {
		c := v.pending(backend.TypeSMS, "+994551234567")
		v.guess(c, backend.CodeTries)
		_, err := v.VerifyChannel(v.ctx, c.Priority, v.code(c.Value))
		v.refused(err, backend.CodeExhausted)
		state := v.channel(1).Code
		v.check(state != nil && state.AttemptsLeft == 0, "%+v", state)
		v.Advance(time.Minute)
		v.fresh(c)
		_, err = v.VerifyChannel(v.ctx, c.Priority, v.code(c.Value))
		v.ok(err)
	}},
	{"a code expires after ten minutes", func(v *visit) {
		c := v.pending(backend.TypeSMS, "+994551234567")
		v.Advance(backend.CodeLifetime)
		v.unchanged(func() {
			_, err := v.VerifyChannel(v.ctx, c.Priority, v.code(c.Value))
			v.refused(err, backend.CodeExpired)
		})
		v.check(v.channel(1).Code != nil, "the expired code is not shown any more")
	}},
	{"a new code makes the old one invalid", func(v *visit) {
		c := v.pending(backend.TypeSMS, "+994551234567")
		old := v.code(c.Value)
		v.Advance(time.Minute)
		v.fresh(c)
		if v.code(c.Value) != old {
			_, err := v.VerifyChannel(v.ctx, c.Priority, old)
			v.refused(err, backend.CodeWrong)
		}
	}},
	{"ten wrong codes in a row, also of several codes, lock the target for a day", func(v *visit) {
		c := v.pending(backend.TypeSMS, "+994551234567")
		v.guess(c, backend.CodeTries)
		v.Advance(time.Minute)
		_, err := v.DeleteChannels(v.ctx, []int{c.Priority})
		v.ok(err)
		c = v.pending(backend.TypeSMS, "+994551234567")
		v.guess(c, backend.CodeTries)

		v.unchanged(func() {
			_, err := v.VerifyChannel(v.ctx, c.Priority, v.code(c.Value))
			e := v.refused(err, backend.CodeLocked)
			v.check(e.RetryAfter == backend.CodeLockDuration, "after %v", e.RetryAfter)
			v.Advance(time.Hour)
			_, err = v.UpdateChannel(v.ctx, c.Priority, c.Value, nil)
			e = v.refused(err, backend.CodeLocked)
			v.check(e.RetryAfter == backend.CodeLockDuration-time.Hour, "after %v", e.RetryAfter)
		})
		v.check(!v.channel(c.Priority).Code.LockedUntil.IsZero(), "%+v", v.channel(c.Priority).Code)
		v.pending(backend.TypeSMS, "+994551234568") // another target is not locked
		v.Advance(backend.CodeLockDuration - time.Hour)
		v.fresh(c)
		_, err = v.VerifyChannel(v.ctx, c.Priority, v.code(c.Value))
		v.ok(err)
	}},
	{"a right code resets the count of wrong ones", func(v *visit) {
		c := v.pending(backend.TypeEmail, "a@example.org")
		v.guess(c, 4)
		_, err := v.VerifyChannel(v.ctx, c.Priority, v.code(c.Value))
		v.ok(err)
		_, err = v.UpdateChannel(v.ctx, c.Priority, "b@example.org", nil)
		v.ok(err)
		_, err = v.DeleteChannels(v.ctx, []int{c.Priority})
		v.ok(err)
		v.Advance(time.Minute)
		c = v.pending(backend.TypeEmail, "a@example.org")
		v.guess(c, backend.CodeTries)
		v.Advance(2 * time.Minute)
		v.fresh(c) // nine failures would remain, and not ten
	}},
	{"wrong codes older than a day do not count", func(v *visit) {
		c := v.pending(backend.TypeSMS, "+994551234567")
		v.guess(c, backend.CodeTries)
		v.Advance(time.Minute)
		v.fresh(c)
		v.guess(c, 4)
		v.Advance(24 * time.Hour)
		v.fresh(c)
		v.guess(c, 1)
		_, err := v.VerifyChannel(v.ctx, c.Priority, v.code(c.Value))
		v.ok(err)
	}},
	{"a next code has to wait, and a refused one changes nothing", func(v *visit) {
		c := v.pending(backend.TypeSMS, "+994551234567")
		for _, seconds := range []int{60, 120, 300, 300, 300, 300, 300, 300, 300} {
			wait := time.Duration(seconds) * time.Second
			v.unchanged(func() {
				_, err := v.UpdateChannel(v.ctx, c.Priority, c.Value, nil)
				e := v.refused(err, backend.CodeRateLimited)
				v.check(e.RetryAfter == wait, "after %v, want %v", e.RetryAfter, wait)
			})
			state := v.channel(1).Code
			v.check(state.ResendAt.Sub(state.SentAt) == wait, "%+v", state)
			v.Advance(wait)
			v.fresh(c)
		}
		_, err := v.UpdateChannel(v.ctx, c.Priority, c.Value, nil) // ten were sent
		e := v.refused(err, backend.CodeRateLimited)
		v.check(e.RetryAfter > 23*time.Hour, "after %v", e.RetryAfter)
		v.Advance(e.RetryAfter)
		v.fresh(c)
	}},
	{"a customer gets two codes a day for each channel of the plan, and twenty at least", func(v *visit) {
		for plan, most := range map[backend.Plan]int{backend.PlanDeveloper: 20, backend.PlanTeam: 20, backend.PlanBusiness: 50} {
			v.Backend, _ = v.newcomer(string(plan)+"@example.org", plan)
			v.useUpCodes(plan)
			for _, l := range v.profile().Limits {
				v.check(l.Key != backend.LimitCodes || l.Value == most && l.Used == most, "%s: %+v", plan, l)
			}
			_, err := v.CreateChannel(v.ctx, backend.TypeSMS, "+37129999999", "")
			v.refused(err, backend.CodeRateLimited)
		}
	}},
	{"with the codes of a day used up, every code waits", func(v *visit) {
		v.Backend, _ = v.newcomer("big@example.org", backend.PlanBusiness)
		v.useUpCodes(backend.PlanBusiness)
		v.unchanged(func() {
			_, err := v.CreateChannel(v.ctx, backend.TypeSMS, "+37129999999", "")
			e := v.refused(err, backend.CodeRateLimited)
			v.check(e.RetryAfter == 24*time.Hour, "after %v", e.RetryAfter)
			_, err = v.ChangeUsername(v.ctx, "bigger@example.org")
			v.refused(err, backend.CodeRateLimited)
		})
		v.Advance(24 * time.Hour)
		v.pending(backend.TypeSMS, "+37129999999")
	}},
}

// useUpCodes has a code sent to as many numbers as the plan allows in a day.
func (v *visit) useUpCodes(plan backend.Plan) {
	v.Helper()
	for n := range plan.MaxCodesDay() {
		c := v.pending(backend.TypeSMS, fmt.Sprintf("+3712000%04d", n))
		_, err := v.DeleteChannels(v.ctx, []int{c.Priority})
		v.ok(err)
	}
}

// guess enters n wrong codes.
func (v *visit) guess(c backend.Channel, n int) {
	v.Helper()
	code := wrong(v.code(c.Value))
	left := v.channel(c.Priority).Code.AttemptsLeft
	for range n {
		left--
		_, err := v.VerifyChannel(v.ctx, c.Priority, code)
		e := v.refused(err, backend.CodeWrong, "code")
		v.check(e.AttemptsLeft == left, "%d left, want %d", e.AttemptsLeft, left)
	}
}

// fresh sends a new code to the value of a channel.
func (v *visit) fresh(c backend.Channel) {
	v.Helper()
	u, err := v.UpdateChannel(v.ctx, c.Priority, c.Value, nil)
	v.ok(err)
	v.check(u.CodeSent, "no code was sent")
}
