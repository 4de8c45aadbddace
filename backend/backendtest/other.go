package backendtest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
)

var otherPromises = []promise{
	{"feedback is kept, newest first", func(v *visit) {
		list, err := v.FeedbackHistory(v.ctx, 5)
		v.ok(err)
		v.check(list != nil && len(list) == 0, "%v", list)
		for _, text := range []string{"first", " second\r\nline "} {
			_, err := v.SendFeedback(v.ctx, text)
			v.ok(err)
		}
		list, err = v.FeedbackHistory(v.ctx, 1)
		v.ok(err)
		v.check(len(list) == 1 && list[0].Text == "second\nline" && list[0].ID != "", "%v", list)
	}},
	{"feedback has 1 to 5000 characters", func(v *visit) {
		for _, text := range []string{"", "  \n ", strings.Repeat("é", backend.MaxFeedback+1), "a\x00b"} {
			_, err := v.SendFeedback(v.ctx, text)
			v.refused(err, backend.CodeInvalid, "feedback")
		}
		_, err := v.SendFeedback(v.ctx, strings.Repeat("é", backend.MaxFeedback))
		v.ok(err)
	}},
	{"feedback is limited to a number a day", func(v *visit) {
		for range backend.MaxFeedbackDay {
			_, err := v.SendFeedback(v.ctx, "again")
			v.ok(err)
		}
		v.Advance(time.Hour)
		_, err := v.SendFeedback(v.ctx, "again")
		e := v.refused(err, backend.CodeRateLimited)
		v.check(e.RetryAfter == 23*time.Hour, "after %v", e.RetryAfter)
		v.Advance(e.RetryAfter)
		_, err = v.SendFeedback(v.ctx, "again")
		v.ok(err)
	}},
	{"messages are counted, marked and deleted, all or none", func(v *visit) {
		v.pending(backend.TypeSMS, "+994551234567")
		v.pending(backend.TypeEmail, "a@example.org")
		inbox, err := v.Messages(v.ctx, 1)
		v.ok(err)
		v.check(len(inbox.Messages) == 1 && inbox.Total == 2 && inbox.Unread == 2 && inbox.Messages[0].To == "a@example.org", "%+v", inbox)
		id := inbox.Messages[0].ID
		v.ok(v.MarkMessage(v.ctx, id, true))
		inbox, err = v.Messages(v.ctx, 10)
		v.ok(err)
		v.check(inbox.Unread == 1 && inbox.Messages[0].Read, "%+v", inbox)
		v.unchanged(func() {
			v.refused(v.MarkMessage(v.ctx, "nothing", true), backend.CodeNotFound)
			v.refused(v.DeleteMessages(v.ctx, []string{id, "nothing"}), backend.CodeNotFound)
		})
		v.ok(v.DeleteMessages(v.ctx, []string{id, id}))
		inbox, err = v.Messages(v.ctx, 0)
		v.ok(err)
		v.check(inbox.Messages != nil && len(inbox.Messages) == 0 && inbox.Total == 1 && inbox.Unread == 1, "%+v", inbox)
	}},
	{"channels and messages of another customer are not found", func(v *visit) {
		v.proven(backend.TypeSMS, "+994551234567")
		inbox, err := v.Messages(v.ctx, 1)
		v.ok(err)
		other, _ := v.newcomer("anna@example.org", backend.PlanTeam)
		list, err := other.Channels(v.ctx, backend.ChannelFilter{})
		v.ok(err)
		v.check(len(list) == 0, "%v", list)
		v.refused(other.MarkMessage(v.ctx, inbox.Messages[0].ID, true), backend.CodeNotFound)
		v.refused(other.DeleteMessages(v.ctx, []string{inbox.Messages[0].ID}), backend.CodeNotFound)
		_, err = other.TestChannel(v.ctx, 1)
		v.refused(err, backend.CodeNotFound)
	}},
	{"every change raises the revision and has a journal row without codes and texts", func(v *visit) {
		c := v.pending(backend.TypeSMS, "+994551234567")
		code := v.code(c.Value)
		v.guess(c, 1)
		_, err := v.VerifyChannel(v.ctx, c.Priority, code)
		v.ok(err)
		_, err = v.SendFeedback(v.ctx, "a secret text")
		v.ok(err)
		rows := v.entries(50)
		rows = slices.DeleteFunc(rows, func(row backend.JournalEntry) bool { return strings.HasPrefix(row.Action, "token.") }) // written by the fixture
		want := []string{"feedback.sent", "channel.verified", "code.refused", "channel.created", "account.created"}
		v.check(len(rows) == len(want), "%+v", rows)
		for i, row := range rows {
			v.check(row.Action == want[i] && row.Actor != "" && !row.At.IsZero(), "row %d: %+v", i, row)
			v.check(!strings.Contains(row.Detail, code) && !strings.Contains(row.Detail, c.Value) && !strings.Contains(row.Detail, "secret"), "%q", row.Detail)
		}
		v.check(rows[2].Detail == fmt.Sprintf("channel %d (sms), 4 tries left", c.Priority), "%q", rows[2].Detail)
		rows = v.entries(2)
		v.check(len(rows) == 2, "%+v", rows)
	}},
	{"a code that the provider refuses leaves the change, and its message is failed", func(v *visit) {
		v.Sender.Fail(&delivery.Error{Kind: delivery.Permanent, Provider: "carrier", Status: "blocked"})
		c := v.pending(backend.TypeSMS, "+994551234567")
		v.check(c.Code != nil, "%+v", c)
		inbox, err := v.Messages(v.ctx, 1)
		v.ok(err)
		m := inbox.Messages[0]
		v.check(m.State == backend.StateFailed && m.Detail == "blocked" && m.Code == "" && strings.Contains(m.Body, "••••••"), "%+v", m)
	}},
	{"a code that is refused for now stays queued, and is not shown", func(v *visit) {
		v.Sender.Fail(&delivery.Error{Kind: delivery.Temporary, Provider: "carrier", Status: "busy"})
		v.pending(backend.TypeSMS, "+994551234567")
		inbox, err := v.Messages(v.ctx, 1)
		v.ok(err)
		v.check(inbox.Messages[0].State == backend.StateQueued && inbox.Messages[0].Code == "" && inbox.Messages[0].Detail == "busy", "%+v", inbox)
	}},
}
