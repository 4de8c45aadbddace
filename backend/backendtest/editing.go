package backendtest

import (
	"time"

	"github.com/account-settings/pinghome/backend"
)

var editingPromises = []promise{
	{"the old value stays in force until the new one is verified", func(v *visit) {
		c := v.proven(backend.TypeEmail, "a@example.org")
		u, err := v.UpdateChannel(v.ctx, c.Priority, "b@example.org", nil)
		v.ok(err)
		v.check(u.Changed && u.CodeSent && u.Channel.Value == "b@example.org" && u.Channel.ActiveValue == "a@example.org", "%+v", u)
		v.check(u.Channel.Enabled && !u.Channel.Verified && u.Channel.Reachable() && u.Channel.Code != nil, "%+v", u)
		_, err = v.TestChannel(v.ctx, c.Priority)
		v.ok(err)
		v.check(v.newest().Kind == backend.KindTest && v.newest().To == "a@example.org", "the test went to another value than the one in force: %+v", v.newest())
		off, err := v.SetChannelEnabled(v.ctx, c.Priority, false)
		v.ok(err)
		v.check(!off.Reachable(), "%+v", off)
		on, err := v.SetChannelEnabled(v.ctx, c.Priority, true)
		v.ok(err)
		v.check(on.Reachable() && !on.Verified && on.ActiveValue == "a@example.org", "%+v", on)
		done, err := v.VerifyChannel(v.ctx, c.Priority, v.code("b@example.org"))
		v.ok(err)
		v.check(done.ActiveValue == "b@example.org" && done.Verified && done.Enabled, "%+v", done)
	}},
	{"the same value again sends a new code to an unverified channel, and changes nothing on a verified one", func(v *visit) {
		c := v.pending(backend.TypeEmail, "a@example.org")
		_, err := v.UpdateChannel(v.ctx, c.Priority, "a@example.org", nil)
		v.refused(err, backend.CodeRateLimited)
		v.Advance(time.Minute)
		u, err := v.UpdateChannel(v.ctx, c.Priority, "a@EXAMPLE.org", nil)
		v.ok(err)
		v.check(!u.Changed && u.CodeSent && u.Channel.Code.SentAt.After(c.Code.SentAt), "%+v", u)
		_, err = v.VerifyChannel(v.ctx, c.Priority, v.code("a@example.org"))
		v.ok(err)
		v.unchanged(func() {
			u, err := v.UpdateChannel(v.ctx, c.Priority, "a@example.org", nil)
			v.ok(err)
			v.check(!u.Changed && !u.CodeSent && u.Channel.Verified, "%+v", u)
		})
	}},
	{"setting the value in force again ends the change without a code", func(v *visit) {
		c := v.proven(backend.TypeEmail, "a@example.org")
		_, err := v.UpdateChannel(v.ctx, c.Priority, "b@example.org", nil)
		v.ok(err)
		code := v.code("b@example.org")
		u, err := v.UpdateChannel(v.ctx, c.Priority, "a@example.org", nil)
		v.ok(err)
		v.check(u.Changed && !u.CodeSent && u.Channel.Verified && u.Channel.Enabled && u.Channel.Code == nil, "%+v", u)
		_, err = v.VerifyChannel(v.ctx, c.Priority, code)
		v.refused(err, backend.CodeAlreadyVerified)
	}},
	{"a change is ended without a message, also when its code is expired or exhausted", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		for _, then := range []func(){
			func() {},
			func() { v.Advance(time.Hour) },
			func() {
				for range backend.CodeTries {
					_, err := v.VerifyChannel(v.ctx, 1, wrong(v.code("b@example.org")))
					v.check(err != nil, "a wrong code was right")
				}
			},
		} {
			v.Advance(time.Hour)
			_, err := v.UpdateChannel(v.ctx, 1, "b@example.org", nil)
			v.ok(err)
			then()
			sent := len(v.Sender.Sent())
			u, err := v.UpdateChannel(v.ctx, 1, v.channel(1).ActiveValue, nil)
			v.ok(err)
			v.check(u.Changed && u.Channel.Verified && u.Channel.Value == "a@example.org" && len(v.Sender.Sent()) == sent, "%+v", u)
		}
	}},
	{"changing the value makes its code invalid", func(v *visit) {
		c := v.pending(backend.TypeEmail, "a@example.org")
		code := v.code("a@example.org")
		_, err := v.UpdateChannel(v.ctx, c.Priority, "b@example.org", nil)
		v.ok(err)
		if v.code("b@example.org") != code {
			_, err = v.VerifyChannel(v.ctx, c.Priority, code)
			v.refused(err, backend.CodeWrong)
		}
	}},
	{"deleting a channel makes its code invalid, and the waits stay", func(v *visit) {
		v.pending(backend.TypeEmail, "a@example.org")
		code := v.code("a@example.org")
		_, err := v.DeleteChannels(v.ctx, []int{1})
		v.ok(err)
		_, err = v.CreateChannel(v.ctx, backend.TypeEmail, "A@example.org", "")
		e := v.refused(err, backend.CodeRateLimited)
		v.check(e.RetryAfter == time.Minute, "after %v", e.RetryAfter)
		v.Advance(e.RetryAfter)
		c := v.pending(backend.TypeEmail, "a@example.org")
		if v.code("a@example.org") != code {
			_, err = v.VerifyChannel(v.ctx, c.Priority, code)
			v.refused(err, backend.CodeWrong)
		}
	}},
	{"a change is refused when another channel has the value, or it is malformed", func(v *visit) {
		a, b := v.proven(backend.TypeEmail, "a@example.org"), v.proven(backend.TypeEmail, "b@example.org")
		_, err := v.UpdateChannel(v.ctx, a.Priority, "c@example.org", nil)
		v.ok(err)
		v.unchanged(func() {
			for _, taken := range []string{"a@example.org", "c@example.org"} {
				_, err := v.UpdateChannel(v.ctx, b.Priority, taken, nil)
				v.refused(err, backend.CodeDuplicateChannel)
			}
			_, err = v.UpdateChannel(v.ctx, b.Priority, "nonsense", nil)
			v.refused(err, backend.CodeInvalid, "value")
		})
	}},
}
