package backendtest

import (
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
)

var channelPromises = []promise{
	{"no channels is an empty list", func(v *visit) { v.check(len(v.priorities()) == 0, "%v", v.priorities()) }},
	{"a new channel is pending, has the highest priority number plus one, and a code", func(v *visit) {
		first := v.pending(backend.TypeSMS, "00 994 (55) 123-45-67")
		v.check(first.Priority == 1 && first.Value == "+994551234567" && first.ActiveValue == "" && !first.Enabled && !first.Verified, "%+v", first)
		v.check(first.Status() == backend.StatusPending && first.Code != nil && first.Code.AttemptsLeft == backend.CodeTries, "%+v", first)
		v.check(first.Code.ExpiresAt.Sub(first.Code.SentAt) == backend.CodeLifetime && first.Code.LockedUntil.IsZero(), "%+v", first.Code)
		v.pending(backend.TypeWebhook, "https://hooks.example.com/1")
		v.pending(backend.TypePush, "https://push.example.com/1")
		_, err := v.DeleteChannels(v.ctx, []int{2})
		v.ok(err)
		last := v.pending(backend.TypeEmail, "a@Example.org")
		v.check(last.Priority == 4 && last.Value == "a@example.org", "%+v", last)
		v.check(slices.Equal(v.priorities(), []int{1, 3, 4}), "%v", v.priorities())
	}},
	{"a wrong type or value is refused at its field", func(v *visit) {
		_, err := v.CreateChannel(v.ctx, "pigeon", "x", "")
		v.refused(err, backend.CodeInvalid, "type")
		for _, kind := range []backend.ChannelType{"pigeon", ""} {
			_, err := v.CreateChannel(v.ctx, kind, " ", "")
			v.refused(err, backend.CodeInvalid, "type", "value")
		}
		for kind, value := range map[backend.ChannelType]string{backend.TypeEmail: "a", backend.TypeSMS: "12", backend.TypeWebhook: "http://example.com", backend.TypePush: "https://u:p@example.com"} {
			_, err := v.CreateChannel(v.ctx, kind, value, "")
			v.refused(err, backend.CodeInvalid, "value")
		}
		v.check(len(v.priorities()) == 0, "a channel was added")
	}},
	{"the same type and value, in force or not, is a duplicate", func(v *visit) {
		c := v.proven(backend.TypeEmail, "a@example.org")
		_, err := v.UpdateChannel(v.ctx, c.Priority, "b@example.org", nil)
		v.ok(err)
		v.unchanged(func() {
			for _, value := range []string{"a@example.org", "b@EXAMPLE.org"} {
				_, err := v.CreateChannel(v.ctx, backend.TypeEmail, value, "")
				v.refused(err, backend.CodeDuplicateChannel)
			}
		})
		v.pending(backend.TypeWebhook, "https://example.com/x")
		v.pending(backend.TypePush, "https://example.com/x")
	}},
	{"the plan limits the number of channels", func(v *visit) {
		v.Backend, _ = v.newcomer("small@example.org", backend.PlanDeveloper)
		for _, n := range []string{"1", "2", "3", "4", "5"} {
			v.pending(backend.TypeSMS, "+3712000000"+n)
		}
		v.unchanged(func() {
			_, err := v.CreateChannel(v.ctx, backend.TypeSMS, "+37120000006", "")
			v.refused(err, backend.CodeLimitReached)
		})
		_, err := v.DeleteChannels(v.ctx, []int{3})
		v.ok(err)
		v.pending(backend.TypeSMS, "+37120000006")
	}},
	{"a filter is include minus exclude", func(v *visit) {
		v.pending(backend.TypeSMS, "+994551234567")
		v.pending(backend.TypeEmail, "a@example.org")
		sms, mail := []backend.ChannelType{backend.TypeSMS}, []backend.ChannelType{backend.TypeEmail}
		for _, c := range []struct {
			filter backend.ChannelFilter
			want   int
		}{{backend.ChannelFilter{Include: sms}, 1}, {backend.ChannelFilter{Exclude: mail}, 1}, {backend.ChannelFilter{Include: sms, Exclude: sms}, 0}} {
			list, err := v.Channels(v.ctx, c.filter)
			v.ok(err)
			v.check(list != nil && len(list) == c.want, "%v gave %v", c.filter, list)
		}
		_, err := v.Channels(v.ctx, backend.ChannelFilter{Include: []backend.ChannelType{"fax"}, Exclude: []backend.ChannelType{"telex"}})
		v.refused(err, backend.CodeInvalid, "include_types", "exclude_types")
	}},
	{"a pending channel can be disabled, but neither enabled nor tested", func(v *visit) {
		c := v.pending(backend.TypeSMS, "+994551234567")
		v.unchanged(func() {
			_, err := v.SetChannelEnabled(v.ctx, c.Priority, true)
			v.refused(err, backend.CodeNotVerified)
			_, err = v.TestChannel(v.ctx, c.Priority)
			v.refused(err, backend.CodeNotVerified)
		})
		_, err := v.SetChannelEnabled(v.ctx, c.Priority, false)
		v.ok(err)
	}},
	{"a verified channel is switched off and on", func(v *visit) {
		c := v.proven(backend.TypeSMS, "+994551234567")
		v.check(c.Enabled && c.Verified && c.ActiveValue == c.Value && !c.VerifiedAt.IsZero() && c.Code == nil, "%+v", c)
		off, err := v.SetChannelEnabled(v.ctx, c.Priority, false)
		v.ok(err)
		v.check(off.Status() == backend.StatusDisabled && !v.channel(c.Priority).Enabled, "%+v", off)
		on, err := v.SetChannelEnabled(v.ctx, c.Priority, true)
		v.ok(err)
		v.check(on.Status() == backend.StatusActive, "%+v", on)
	}},
	{"an absent priority is not found, and one below 1 is invalid", func(v *visit) {
		for priority, code := range map[int]backend.Code{7: backend.CodeNotFound, 0: backend.CodeInvalid} {
			var fields []string
			if code == backend.CodeInvalid {
				fields = []string{"priority"}
			}
			_, err := v.UpdateChannel(v.ctx, priority, "a@example.org", nil)
			v.refused(err, code, fields...)
			_, err = v.VerifyChannel(v.ctx, priority, "123456")
			v.refused(err, code, fields...)
			_, err = v.TestChannel(v.ctx, priority)
			v.refused(err, code, fields...)
			_, err = v.SetChannelEnabled(v.ctx, priority, true)
			v.refused(err, code, fields...)
			_, err = v.DeleteChannels(v.ctx, []int{priority})
			v.refused(err, code, fields...)
		}
		_, err := v.DeleteChannels(v.ctx, nil)
		v.refused(err, backend.CodeInvalid, "priority")
	}},
	{"several channels are deleted together or not at all", func(v *visit) {
		v.proven(backend.TypeSMS, "+994551234561")
		v.pending(backend.TypeSMS, "+994551234562")
		v.pending(backend.TypeSMS, "+994551234563")
		v.unchanged(func() {
			_, err := v.DeleteChannels(v.ctx, []int{9, 2, 8, 9})
			e := v.refused(err, backend.CodeNotFound)
			v.check(slices.Equal(e.Missing, []int{8, 9}), "missing %v", e.Missing)
		})
		deletion, err := v.DeleteChannels(v.ctx, []int{3, 2, 3})
		v.ok(err)
		v.check(slices.Equal(deletion.Deleted, []int{2, 3}) && !deletion.NoneReachable, "%+v", deletion)
		deletion, err = v.DeleteChannels(v.ctx, []int{1})
		v.ok(err)
		v.check(deletion.NoneReachable && len(v.priorities()) == 0, "%+v", deletion)
	}},
	{"a test returns the answer of the provider, and is kept with the channel", func(v *visit) {
		c := v.proven(backend.TypeWebhook, "https://hooks.example.com/1")
		test, err := v.TestChannel(v.ctx, c.Priority)
		v.ok(err)
		v.check(test.OK && test.Provider == "test-carrier" && test.ProviderStatus == "250 kept for you" && test.Detail != "" && test.Held && !test.WhileDisabled, "%+v", test)
		last := v.channel(c.Priority).LastTest
		v.check(last != nil && last.OK && last.Provider == test.Provider && last.Held && last.At.Equal(test.At), "%+v", last)
		inbox, err := v.Messages(v.ctx, 1)
		v.ok(err)
		v.check(inbox.Messages[0].Kind == backend.KindTest && inbox.Messages[0].To == c.Value && inbox.Messages[0].State == backend.StateHeld, "%+v", inbox)
		_, err = v.SetChannelEnabled(v.ctx, c.Priority, false)
		v.ok(err)
		test, err = v.TestChannel(v.ctx, c.Priority)
		v.ok(err)
		v.check(test.WhileDisabled, "%+v", test)
	}},
	{"a test that the provider refuses is an error with its answer, and is kept with the channel", func(v *visit) {
		c := v.proven(backend.TypeSMS, "+994551234567")
		v.Sender.Fail(&delivery.Error{Kind: delivery.Permanent, Provider: "carrier", Status: "21211 no such number"})
		_, err := v.TestChannel(v.ctx, c.Priority)
		e := v.refused(err, backend.CodeDeliveryFailed)
		v.check(strings.Contains(e.Message, "21211 no such number"), "%q", e.Message)
		last := v.channel(c.Priority).LastTest
		v.check(last != nil && !last.OK && !last.Held && last.ProviderStatus == "21211 no such number", "%+v", last)
		inbox, err := v.Messages(v.ctx, 1)
		v.ok(err)
		v.check(inbox.Messages[0].State == backend.StateFailed && strings.Contains(inbox.Messages[0].Detail, "21211"), "%+v", inbox.Messages[0])
	}},
	{"a channel is tested six times a minute at most", func(v *visit) {
		c, other := v.proven(backend.TypeSMS, "+994551234567"), v.proven(backend.TypeSMS, "+994551234568")
		for range 6 {
			_, err := v.TestChannel(v.ctx, c.Priority)
			v.ok(err)
		}
		v.Advance(20 * time.Second)
		_, err := v.TestChannel(v.ctx, c.Priority)
		e := v.refused(err, backend.CodeRateLimited)
		v.check(e.RetryAfter == 40*time.Second, "after %v", e.RetryAfter)
		_, err = v.TestChannel(v.ctx, other.Priority)
		v.ok(err)
		v.Advance(e.RetryAfter)
		_, err = v.TestChannel(v.ctx, c.Priority)
		v.ok(err)
	}},
}
