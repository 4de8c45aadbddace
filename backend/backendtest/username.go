package backendtest

import (
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

var usernamePromises = []promise{
	{"a new username waits for its code, and the old one stays until then", func(v *visit) {
		p, err := v.ChangeUsername(v.ctx, "New@Example.org")
		v.ok(err)
		v.check(p.Customer.Email == "john@example.org" && p.Pending != nil && p.Pending.Email == "New@example.org", "%+v", p)
		v.check(p.Pending.Code.AttemptsLeft == backend.CodeTries && p.Pending.Code.ResendAt.Sub(p.Pending.Code.SentAt) == time.Minute, "%+v", p.Pending)
		_, _, err = v.Accounts.Open(v.ctx, "new@example.org")
		v.refused(err, backend.CodeNotFound)

		p, err = v.ConfirmUsername(v.ctx, v.code("New@example.org"))
		v.ok(err)
		v.check(p.Customer.Email == "New@example.org" && p.Pending == nil, "%+v", p)
		_, _, err = v.Accounts.Open(v.ctx, "john@example.org")
		v.refused(err, backend.CodeNotFound)
		_, _, err = v.Accounts.Open(v.ctx, "NEW@example.org")
		v.ok(err)
	}},
	{"the old address gets a notice, and channels stay as they are", func(v *visit) {
		c := v.proven(backend.TypeEmail, "john@example.org")
		_, err := v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		_, err = v.ConfirmUsername(v.ctx, v.code("new@example.org"))
		v.ok(err)
		inbox, err := v.Messages(v.ctx, 1)
		v.ok(err)
		m := inbox.Messages[0]
		v.check(m.Kind == backend.KindNotice && m.To == "john@example.org" && m.Code == "", "%+v", m)
		v.check(v.channel(c.Priority).Value == "john@example.org", "the channel changed")
	}},
	{"the pending address gets a new code, and another address replaces it", func(v *visit) {
		_, err := v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		first := v.code("new@example.org")
		v.Advance(time.Minute)
		_, err = v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		if second := v.code("new@example.org"); second != first {
			_, err = v.ConfirmUsername(v.ctx, first)
			v.refused(err, backend.CodeWrong, "code")
		}
		p, err := v.ChangeUsername(v.ctx, "newer@example.org")
		v.ok(err)
		v.check(p.Pending.Email == "newer@example.org" && p.Pending.Code.AttemptsLeft == backend.CodeTries, "%+v", p.Pending)
		_, err = v.ConfirmUsername(v.ctx, v.code("newer@example.org"))
		v.ok(err)
	}},
	{"a username that is malformed, taken or the present one is refused", func(v *visit) {
		v.newcomer("anna@example.org", backend.PlanTeam)
		v.unchanged(func() {
			_, err := v.ChangeUsername(v.ctx, "anna")
			v.refused(err, backend.CodeInvalid, "email")
			_, err = v.ChangeUsername(v.ctx, "ANNA@example.org")
			v.refused(err, backend.CodeEmailTaken)
			for _, own := range []string{"john@example.org", "john@EXAMPLE.org", "John@Example.ORG", " JOHN@example.org "} {
				_, err = v.ChangeUsername(v.ctx, own)
				e := v.refused(err, backend.CodeEmailUnchanged)
				v.check(strings.Contains(e.Message, "john@example.org"), "%s: %q does not show the present username", own, e.Message)
			}
		})
	}},
	{"asking for addresses of other accounts is counted and noted, and free ones are refused alike", func(v *visit) {
		v.newcomer("anna@example.org", backend.PlanTeam)
		v.unchanged(func() {
			for range 20 {
				_, err := v.ChangeUsername(v.ctx, "anna@example.org")
				v.refused(err, backend.CodeEmailTaken)
			}
			for _, email := range []string{"anna@example.org", "free@example.org"} {
				_, err := v.ChangeUsername(v.ctx, email)
				v.waits(err, backend.CodeRateLimited, 24*time.Hour)
			}
		})
		noted := 0
		rows := v.entries(100)
		for _, row := range rows {
			if row.Action == "username.refused" {
				noted++
			}
		}
		v.check(noted == 20, "%d refusals are in the journal", noted)
		v.Advance(24 * time.Hour)
		_, err := v.ChangeUsername(v.ctx, "free@example.org")
		v.ok(err)
	}},
	{"with the codes of a day used up, taken and free addresses are refused alike", func(v *visit) {
		v.newcomer("anna@example.org", backend.PlanTeam)
		v.Backend, _ = v.newcomer("big@example.org", backend.PlanBusiness)
		v.useUpCodes(backend.PlanBusiness)
		for _, email := range []string{"anna@example.org", "free@example.org"} {
			_, err := v.ChangeUsername(v.ctx, email)
			v.waits(err, backend.CodeRateLimited, 24*time.Hour)
		}
	}},
	{"only who has the code learns that the address was taken since", func(v *visit) {
		_, err := v.ChangeUsername(v.ctx, "race@example.org")
		v.ok(err)
		v.newcomer("race@example.org", backend.PlanTeam)
		_, err = v.ConfirmUsername(v.ctx, wrong(v.code("race@example.org")))
		v.refused(err, backend.CodeWrong)
	}},
	{"the present username does not cancel a pending change", func(v *visit) {
		_, err := v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		v.unchanged(func() {
			_, err := v.ChangeUsername(v.ctx, "JOHN@example.org")
			v.refused(err, backend.CodeEmailUnchanged)
		})
		p, err := v.ConfirmUsername(v.ctx, v.code("new@example.org"))
		v.ok(err)
		v.check(p.Customer.Email == "new@example.org" && p.Pending == nil, "%+v", p)
	}},
	{"an address that was taken since is refused at confirmation", func(v *visit) {
		_, err := v.ChangeUsername(v.ctx, "race@example.org")
		v.ok(err)
		v.newcomer("Race@example.org", backend.PlanTeam)
		_, err = v.ConfirmUsername(v.ctx, v.code("race@example.org"))
		v.refused(err, backend.CodeEmailTaken)
		v.check(v.profile().Customer.Email == "john@example.org", "it changed")
	}},
	{"cancelling drops the change and makes its code invalid", func(v *visit) {
		_, err := v.CancelUsername(v.ctx)
		v.refused(err, backend.CodeNoPendingChange)
		_, err = v.ConfirmUsername(v.ctx, "123456")
		v.refused(err, backend.CodeNoPendingChange)
		_, err = v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		p, err := v.CancelUsername(v.ctx)
		v.ok(err)
		v.check(p.Pending == nil, "%+v", p.Pending)
		_, err = v.ConfirmUsername(v.ctx, v.code("new@example.org"))
		v.refused(err, backend.CodeNoPendingChange)
	}},
	{"the code of a username can be wrong, malformed, expired and exhausted", func(v *visit) {
		_, err := v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		code := v.code("new@example.org")
		_, err = v.ConfirmUsername(v.ctx, "12345")
		v.refused(err, backend.CodeInvalid, "code")
		for left := backend.CodeTries - 1; left >= 0; left-- {
			_, err = v.ConfirmUsername(v.ctx, wrong(code))
			e := v.refused(err, backend.CodeWrong, "code")
			v.check(e.AttemptsLeft == left, "%d left, want %d", e.AttemptsLeft, left)
		}
		_, err = v.ConfirmUsername(v.ctx, code)
		v.refused(err, backend.CodeExhausted)
		v.Advance(time.Minute)
		_, err = v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		v.Advance(backend.CodeLifetime)
		_, err = v.ConfirmUsername(v.ctx, v.code("new@example.org"))
		v.refused(err, backend.CodeExpired)
		v.check(v.profile().Pending != nil, "an expired code ended the change")
	}},
}
