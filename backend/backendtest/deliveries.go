package backendtest

import (
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
)

var (
	busy    = &delivery.Error{Kind: delivery.Temporary, Provider: "carrier", Status: "451 come back later"}
	stop    = &delivery.Error{Kind: delivery.Permanent, Stopped: true, Provider: "twilio", Status: "this person has asked for no more messages: START turns it on again (answered 400)"}
	blocked = &delivery.Error{Kind: delivery.Permanent, Provider: "carrier", Status: "550 nobody here"}
)

// newest returns the message that was written last.
func (v *visit) newest() backend.Message {
	v.Helper()
	inbox, err := v.Messages(v.ctx, 1)
	v.ok(err)
	v.check(len(inbox.Messages) == 1, "no messages")
	return inbox.Messages[0]
}

// outcomes returns the outcomes of the attempts at a message, oldest first.
func (v *visit) outcomes(id string) (list []backend.Outcome) {
	v.Helper()
	all, err := v.MessageAttempts(v.ctx, id)
	v.ok(err)
	for _, a := range all {
		v.check(a.MessageID == id && a.Kind != "" && a.Provider != "" && a.Status != "" && !a.At.IsZero(), "%+v", a)
		list = append(list, a.Outcome)
	}
	return list
}

var deliveryPromises = []promise{
	{"a message that is refused for now gets another attempt, and every attempt is kept", func(v *visit) {
		v.Sender.StopHolding()
		v.Sender.Fail(busy)
		c := v.pending(backend.TypeSMS, "+994551234567")
		m := v.newest()
		v.check(m.State == backend.StateQueued && m.Attempts == 1 && m.Detail == busy.Status && !m.NextAt.IsZero() && m.Code == "", "%+v", m)
		v.ok(v.DeliverDue(v.ctx))
		v.check(v.newest().Attempts == 1 || !m.NextAt.After(m.At), "an attempt before NextAt: %+v", v.newest())
		v.Sender.Fail(nil)
		v.Advance(5 * time.Second)
		v.ok(v.DeliverDue(v.ctx))
		m = v.newest()
		v.check(m.State == backend.StateSent && m.Provider == "test-carrier" && m.NextAt.IsZero() && !m.CodeExpiresAt.IsZero() && m.Read, "%+v", m)
		sent := v.Sender.Sent()
		v.check(len(sent) == 1 && sent[0].ID == m.ID && len(sent[0].Code) == 6 && strings.Contains(sent[0].Body, sent[0].Code), "%+v", sent)
		v.check(slices.Equal(v.outcomes(m.ID), []backend.Outcome{backend.OutcomeDelayed, backend.OutcomeSent}), "%v", v.outcomes(m.ID))
		list, err := v.ChannelAttempts(v.ctx, c.Priority, 30)
		v.ok(err)
		v.check(len(list) == 2 && list[0].Outcome == backend.OutcomeSent && list[1].Status == busy.Status, "%+v", list)
		list, err = v.ChannelAttempts(v.ctx, c.Priority, 1)
		v.ok(err)
		v.check(len(list) == 1 && list[0].Outcome == backend.OutcomeSent, "%+v", list)
		_, err = v.VerifyChannel(v.ctx, c.Priority, sent[0].Code)
		v.ok(err)
	}},
	{"a message with an expired code gets no more attempts", func(v *visit) {
		v.Sender.Fail(busy)
		v.pending(backend.TypeSMS, "+994551234567")
		v.Sender.Fail(nil)
		v.Advance(backend.CodeLifetime)
		v.ok(v.DeliverDue(v.ctx))
		m := v.newest()
		v.check(m.State == backend.StateFailed && strings.Contains(m.Detail, "expired") && len(v.Sender.Sent()) == 0, "%+v", m)
	}},
	{"a message with a replaced code gets no more attempts", func(v *visit) {
		v.Sender.Fail(busy)
		c := v.pending(backend.TypeSMS, "+994551234567")
		old := v.newest()
		v.Sender.Fail(nil)
		v.Advance(time.Minute)
		v.fresh(c)
		v.ok(v.DeliverDue(v.ctx))
		inbox, err := v.Messages(v.ctx, 2)
		v.ok(err)
		v.check(inbox.Messages[1].ID == old.ID && inbox.Messages[1].State == backend.StateFailed && len(v.Sender.Sent()) == 1, "%+v", inbox.Messages)
	}},
	{"a channel shows a failure until a later message arrives", func(v *visit) {
		c := v.proven(backend.TypeSMS, "+994551234567")
		v.check(c.Failure == nil, "%+v", c.Failure)
		v.Sender.Fail(blocked)
		_, err := v.TestChannel(v.ctx, c.Priority)
		v.refused(err, backend.CodeDeliveryFailed)
		f := v.channel(c.Priority).Failure
		v.check(f != nil && f.Provider == "carrier" && f.Status == blocked.Status && f.Kind == backend.KindTest && !f.At.IsZero(), "%+v", f)
		v.Advance(time.Hour)
		_, err = v.TestChannel(v.ctx, c.Priority)
		v.refused(err, backend.CodeDeliveryFailed)
		now := v.channel(c.Priority).Failure
		v.check(now.At.After(f.At) && f.Since.Equal(f.At) && now.Since.Equal(f.At), "it fails since %v, not %v", f.At, now.Since)
		v.check(v.channel(c.Priority).Proof.WordSentAt.IsZero(), "the word of a failed test can be entered")
		v.Sender.Fail(nil)
		_, err = v.TestChannel(v.ctx, c.Priority)
		v.ok(err)
		v.check(v.channel(c.Priority).Failure == nil, "%+v", v.channel(c.Priority).Failure)
		list, err := v.ChannelAttempts(v.ctx, c.Priority, 30)
		v.ok(err)
		v.check(len(list) == 4 && list[1].Outcome == backend.OutcomeFailed, "%+v", list)
	}},
	{"a channel shows a failure at the value that waits for its code, too", func(v *visit) {
		c := v.proven(backend.TypeSMS, "+994551234567")
		v.Sender.Fail(blocked)
		_, err := v.UpdateChannel(v.ctx, c.Priority, "+994551234568", nil)
		v.ok(err)
		f := v.channel(c.Priority).Failure
		v.check(f != nil && f.Kind == backend.KindVerification, "%+v", f)
		v.Sender.Fail(stop)
		v.Advance(time.Minute)
		v.fresh(v.channel(c.Priority))
		f = v.channel(c.Priority).Failure
		v.check(f != nil && f.Stopped && f.Kind == backend.KindVerification, "the person at the new value wants no messages: %+v", f)
		_, err = v.UpdateChannel(v.ctx, c.Priority, "+994551234567", nil)
		v.ok(err)
		v.check(v.channel(c.Priority).Failure == nil, "the failure of the dropped value is shown")
	}},
	{"a person who has asked for no more messages stays so until one is accepted or the value is another", func(v *visit) {
		c := v.proven(backend.TypeSMS, "+994551234567")
		fails := func(e *delivery.Error) *backend.Failure {
			v.Sender.Fail(e)
			v.Advance(time.Minute)
			_, err := v.TestChannel(v.ctx, c.Priority)
			v.refused(err, backend.CodeDeliveryFailed)
			return v.channel(c.Priority).Failure
		}
		before, stopped := fails(blocked), fails(stop)
		v.check(!before.Stopped && stopped.Stopped && stopped.Status == stop.Status && stopped.Since.Equal(before.At), "%+v after %+v", stopped, before)
		again := fails(blocked)
		v.check(again.Stopped && again.Status == stop.Status, "another fault took the place of the person's word: %+v", again)
		list, err := v.ChannelAttempts(v.ctx, c.Priority, 3)
		v.ok(err)
		v.check(!list[0].Stopped && list[1].Stopped && !list[2].Stopped, "%+v", list)
		v.check(v.channel(c.Priority).Enabled, "switched off")
		v.Sender.Fail(nil)
		_, err = v.TestChannel(v.ctx, c.Priority)
		v.ok(err)
		v.check(v.channel(c.Priority).Failure == nil, "%+v", v.channel(c.Priority).Failure)
		v.check(fails(stop).Stopped, "not stopped again")
		v.Sender.Fail(nil)
		_, err = v.UpdateChannel(v.ctx, c.Priority, "+994551234568", nil)
		v.ok(err)
		_, err = v.VerifyChannel(v.ctx, c.Priority, v.code("+994551234568"))
		v.ok(err)
		v.check(v.channel(c.Priority).Failure == nil, "%+v", v.channel(c.Priority).Failure)
	}},
	{"a message to a person who wants none is not tried again", func(v *visit) {
		v.Sender.Fail(stop)
		v.pending(backend.TypeSMS, "+994551234567")
		m := v.newest()
		v.check(m.State == backend.StateFailed && m.NextAt.IsZero() && m.Attempts == 1, "%+v", m)
	}},
	{"the wait that a provider asks for is told, and no attempt is made before", func(v *visit) {
		v.Sender.Fail(&delivery.Error{Kind: delivery.RateLimited, Provider: "carrier", Status: "answered 429", RetryAfter: 2 * time.Minute})
		v.pending(backend.TypeSMS, "+994551234567")
		m := v.newest()
		v.check(m.State == backend.StateQueued && m.Detail == "answered 429; it asks to wait 2 minutes", "%+v", m)
		v.Advance(time.Minute)
		v.ok(v.DeliverDue(v.ctx))
		v.check(v.newest().Attempts == 1, "%+v", v.newest())
	}},
	{"a receiver that answers gone switches its channel off", func(v *visit) {
		c := v.proven(backend.TypeWebhook, "https://hooks.example.com/1")
		v.Sender.Fail(&delivery.Error{Kind: delivery.Permanent, Provider: "webhook hooks.example.com", Status: "answered 410", Gone: true})
		_, err := v.TestChannel(v.ctx, c.Priority)
		v.refused(err, backend.CodeDeliveryFailed)
		v.check(!v.channel(c.Priority).Enabled, "still on")
	}},
	{"resending a failed code sends a new one, within the limits", func(v *visit) {
		v.Sender.Fail(blocked)
		c := v.pending(backend.TypeSMS, "+994551234567")
		failed := v.newest()
		v.Sender.Fail(nil)
		_, err := v.ResendMessage(v.ctx, failed.ID)
		v.refused(err, backend.CodeRateLimited)
		v.Advance(time.Minute)
		m, err := v.ResendMessage(v.ctx, failed.ID)
		v.ok(err)
		v.check(m.ID != failed.ID && m.ID == v.newest().ID && m.To == c.Value && m.Code == "" && v.newest().State == backend.StateHeld, "%+v", m)
		_, err = v.VerifyChannel(v.ctx, c.Priority, v.code(c.Value))
		v.ok(err)
		_, err = v.ResendMessage(v.ctx, failed.ID)
		v.refused(err, backend.CodeNotResendable)
	}},
	{"resending a failed notice sends it as it is", func(v *visit) {
		_, err := v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		v.Sender.Fail(blocked)
		_, err = v.ConfirmUsername(v.ctx, v.code("new@example.org"))
		v.ok(err)
		failed := v.newest()
		v.check(failed.Kind == backend.KindNotice && failed.State == backend.StateFailed && !failed.Read, "%+v", failed)
		v.Sender.Fail(nil)
		v.Sender.StopHolding()
		first, err := v.ResendMessage(v.keyed("again", "1"), failed.ID)
		v.ok(err)
		second, err := v.ResendMessage(v.keyed("again", "1"), failed.ID)
		v.ok(err)
		v.check(first.ID == failed.ID && second.ID == first.ID && len(v.outcomes(failed.ID)) == 2, "the repeat of the command: %+v, %v", second, v.outcomes(failed.ID))
		m := v.newest()
		v.check(m.ID == failed.ID && m.State == backend.StateSent && m.Attempts == 2 && m.Body == failed.Body, "%+v", m)
		_, err = v.ResendMessage(v.ctx, failed.ID)
		v.refused(err, backend.CodeNotResendable)
	}},
	{"resending a queued message sends it at once", func(v *visit) {
		v.Sender.Fail(busy)
		v.pending(backend.TypeSMS, "+994551234567")
		m := v.newest()
		v.Sender.Fail(nil)
		_, err := v.ResendMessage(v.ctx, m.ID)
		v.ok(err)
		v.check(v.newest().ID == m.ID && v.newest().State == backend.StateHeld && v.newest().Code != "", "%+v", v.newest())
	}},
	{"a held message and a test are not resent", func(v *visit) {
		c := v.proven(backend.TypeSMS, "+994551234567")
		_, err := v.ResendMessage(v.ctx, v.newest().ID)
		v.refused(err, backend.CodeNotResendable)
		v.Sender.Fail(blocked)
		_, err = v.TestChannel(v.ctx, c.Priority)
		v.refused(err, backend.CodeDeliveryFailed)
		v.unchanged(func() {
			_, err = v.ResendMessage(v.ctx, v.newest().ID)
			v.refused(err, backend.CodeNotResendable)
			_, err = v.ResendMessage(v.ctx, "nothing")
			v.refused(err, backend.CodeNotFound)
		})
	}},
	{"attempts and messages of another customer are not found", func(v *visit) {
		c := v.pending(backend.TypeSMS, "+994551234567")
		other, _ := v.newcomer("anna@example.org", backend.PlanTeam)
		_, err := other.MessageAttempts(v.ctx, v.newest().ID)
		v.refused(err, backend.CodeNotFound)
		_, err = other.ResendMessage(v.ctx, v.newest().ID)
		v.refused(err, backend.CodeNotFound)
		_, err = other.ChannelAttempts(v.ctx, c.Priority, 5)
		v.refused(err, backend.CodeNotFound)
		_, err = v.ChannelAttempts(v.ctx, 0, 5)
		v.refused(err, backend.CodeInvalid, "priority")
	}},
}
