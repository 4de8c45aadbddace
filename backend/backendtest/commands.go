package backendtest

import (
	"context"
	"reflect"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
)

var commandPromises = []promise{
	{"a repeated command gets the first answer and has no second effect", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		name := "Jane"
		for key, command := range map[string]func(context.Context) (any, error){
			"name":     func(ctx context.Context) (any, error) { return v.UpdateName(ctx, backend.NameChange{Name: &name}) },
			"username": func(ctx context.Context) (any, error) { return v.ChangeUsername(ctx, "new@example.org") },
			"create": func(ctx context.Context) (any, error) {
				return v.CreateChannel(ctx, backend.TypeSMS, "+994551234567", "")
			},
			"update":   func(ctx context.Context) (any, error) { return v.UpdateChannel(ctx, 1, "b@example.org", nil) },
			"switch":   func(ctx context.Context) (any, error) { return v.SetChannelEnabled(ctx, 1, false) },
			"feedback": func(ctx context.Context) (any, error) { return v.SendFeedback(ctx, "once") },
		} {
			v.twice(key, command)
		}
		v.check(len(v.priorities()) == 2, "channels %v", v.priorities())
	}},
	{"a repeated command gets the first answer when the state has changed since", func(v *visit) {
		c := v.pending(backend.TypeSMS, "+994551234567")
		code := v.code(c.Value)
		v.twice("verify", func(ctx context.Context) (any, error) { return v.VerifyChannel(ctx, c.Priority, code) })
		_, err := v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		v.twice("cancel", func(ctx context.Context) (any, error) { return v.CancelUsername(ctx) })
		v.Advance(time.Minute)
		_, err = v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		code = v.code("new@example.org")
		v.twice("confirm", func(ctx context.Context) (any, error) { return v.ConfirmUsername(ctx, code) })
		v.twice("delete", func(ctx context.Context) (any, error) { return v.DeleteChannels(ctx, []int{c.Priority}) })
		inbox, err := v.Messages(v.ctx, 1)
		v.ok(err)
		id := inbox.Messages[0].ID
		v.twice("mark", func(ctx context.Context) (any, error) { return nil, v.MarkMessage(ctx, id, true) })
		v.twice("clear", func(ctx context.Context) (any, error) { return nil, v.DeleteMessages(ctx, []string{id}) })
	}},
	{"a repeated wrong code is one try, and gets the same refusal", func(v *visit) {
		c := v.pending(backend.TypeSMS, "+994551234567")
		ctx, code := v.keyed("guess", "wrong"), wrong(v.code(c.Value))
		_, first := v.VerifyChannel(ctx, c.Priority, code)
		want := v.refused(first, backend.CodeWrong, "code")
		v.unchanged(func() {
			_, again := v.VerifyChannel(ctx, c.Priority, code)
			got := v.refused(again, backend.CodeWrong, "code")
			v.check(got.AttemptsLeft == want.AttemptsLeft && got.Message == want.Message, "%+v, first %+v", got, want)
		})
		v.check(v.channel(1).Code.AttemptsLeft == backend.CodeTries-1, "%+v", v.channel(1).Code)
	}},
	{"a repeated test sends one message, also when it failed", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		v.twice("test", func(ctx context.Context) (any, error) { return v.TestChannel(ctx, 1) })
		v.Sender.Fail(&delivery.Error{Kind: delivery.Permanent, Provider: "carrier", Status: "no such mailbox"})
		_, err := v.TestChannel(v.keyed("failing", "1"), 1)
		first := v.refused(err, backend.CodeDeliveryFailed)
		v.Sender.Fail(nil)
		v.unchanged(func() {
			_, err := v.TestChannel(v.keyed("failing", "1"), 1)
			again := v.refused(err, backend.CodeDeliveryFailed)
			v.check(again.Message == first.Message, "%q, first %q", again.Message, first.Message)
		})
	}},
	{"a key of another command is refused", func(v *visit) {
		_, err := v.CreateChannel(v.keyed("key", "a"), backend.TypeEmail, "a@example.org", "")
		v.ok(err)
		v.unchanged(func() {
			_, err := v.CreateChannel(v.keyed("key", "b"), backend.TypeEmail, "b@example.org", "")
			v.refused(err, backend.CodeKeyReused)
			_, err = v.SendFeedback(v.keyed("key", "c"), "hello")
			v.refused(err, backend.CodeKeyReused)
			v.refused(v.DeleteAccount(v.keyed("key", "d"), "other"), backend.CodeKeyReused)
		})
		other, _ := v.newcomer("anna@example.org", backend.PlanTeam) // a key belongs to its customer
		_, err = other.CreateChannel(v.keyed("key", "b"), backend.TypeEmail, "b@example.org", "")
		v.ok(err)
	}},
	{"a repeated command creates one account", func(v *visit) {
		anna := backend.NewAccount{Name: "Anna", Surname: "Smits", Email: "anna@example.org"}
		v.twice("account", func(ctx context.Context) (any, error) { return v.Accounts.Create(ctx, anna) })
		_, err := v.Accounts.Create(v.keyed("other", "account"), anna)
		v.refused(err, backend.CodeEmailTaken)
		_, err = v.Accounts.Create(v.keyed("account", "other"), backend.NewAccount{Name: "A", Surname: "B", Email: "b@example.org"})
		v.refused(err, backend.CodeKeyReused)
		list, err := v.Accounts.List(v.ctx, "", 9)
		v.ok(err)
		v.check(len(list) == 2, "%v", list)
		v.Advance(24 * time.Hour)
		_, err = v.Accounts.Create(v.keyed("account", "account"), anna)
		v.refused(err, backend.CodeEmailTaken)
		_, err = v.Accounts.Create(v.keyed("account", "other"), backend.NewAccount{Name: "A", Surname: "B", Email: "b@example.org"})
		v.ok(err)
	}},
	{"a key is kept for a day", func(v *visit) {
		for _, after := range []struct {
			wait time.Duration
			want int
		}{{0, 1}, {24*time.Hour - time.Second, 1}, {time.Second, 2}, {time.Hour, 2}} {
			v.Advance(after.wait)
			_, err := v.SendFeedback(v.keyed("key", "x"), "hello")
			v.ok(err)
			list, err := v.FeedbackHistory(v.ctx, 9)
			v.ok(err)
			v.check(len(list) == after.want, "%d notes after %v more, want %d", len(list), after.wait, after.want)
		}
	}},
	{"a refusal is a first answer, too, when the state has changed since", func(v *visit) {
		v.pending(backend.TypeEmail, "a@example.org")
		_, first := v.CreateChannel(v.keyed("twin", "a"), backend.TypeEmail, "a@example.org", "")
		want := v.refused(first, backend.CodeDuplicateChannel)
		_, err := v.DeleteChannels(v.ctx, []int{1})
		v.ok(err)
		v.unchanged(func() {
			_, again := v.CreateChannel(v.keyed("twin", "a"), backend.TypeEmail, "a@example.org", "")
			v.check(v.refused(again, backend.CodeDuplicateChannel).Message == want.Message, "%v, then %v", first, again)
			_, err := v.TestChannel(v.keyed("gone", "a"), 7)
			v.refused(err, backend.CodeNotFound)
		})
		_, err = v.CreateChannel(v.keyed("twin", "b"), backend.TypeEmail, "b@example.org", "")
		v.refused(err, backend.CodeKeyReused)
		v.Advance(24 * time.Hour)
		_, err = v.CreateChannel(v.keyed("twin", "a"), backend.TypeEmail, "a@example.org", "")
		v.ok(err)
	}},
	{"a refusal to wait is not kept", func(v *visit) {
		c := v.pending(backend.TypeEmail, "a@example.org")
		_, err := v.UpdateChannel(v.keyed("again", "a"), c.Priority, c.Value, nil)
		e := v.refused(err, backend.CodeRateLimited)
		v.Advance(e.RetryAfter)
		_, err = v.UpdateChannel(v.keyed("again", "a"), c.Priority, c.Value, nil)
		v.ok(err)
	}},
	{"of many concurrent repeats of a command, one is carried out", func(v *visit) {
		var group sync.WaitGroup
		errs := make([]error, 20)
		for i := range errs {
			group.Go(func() { _, errs[i] = v.SendFeedback(v.keyed("key", "x"), "once") })
		}
		group.Wait()
		for _, err := range errs {
			v.ok(err)
		}
		list, err := v.FeedbackHistory(v.ctx, 9)
		v.ok(err)
		v.check(len(list) == 1, "%d notes", len(list))
	}},
	{"a message carries the traceparent of the request that caused it, when it has waited, too", func(v *visit) {
		const created, tested = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"
		v.Sender.Fail(busy)
		c, err := v.CreateChannel(backend.WithCommand(v.ctx, backend.Command{Traceparent: created}), backend.TypeWebhook, "https://example.org/hook", "")
		v.ok(err)
		v.Sender.Fail(nil)
		v.Advance(time.Minute)
		v.ok(v.DeliverDue(v.ctx))
		_, err = v.VerifyChannel(v.ctx, c.Priority, v.code("https://example.org/hook"))
		v.ok(err)
		_, err = v.TestChannel(backend.WithCommand(v.ctx, backend.Command{Traceparent: tested}), c.Priority)
		v.ok(err)
		v.Advance(time.Minute)
		_, err = v.TestChannel(v.ctx, c.Priority)
		v.ok(err)
		sent := v.Sender.Sent()
		v.check(len(sent) == 3 && sent[0].Traceparent == created && sent[1].Traceparent == tested && sent[2].Traceparent == "", "%+v", sent)
	}},
	{"a change decided on an older revision is refused, by every method", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		old, err := v.Revision(v.ctx)
		v.ok(err)
		_, err = v.SetChannelEnabled(v.ctx, 1, false)
		v.ok(err)
		changing := map[string]bool{"UpdateName": true, "ChangeUsername": true, "ConfirmUsername": true, "CancelUsername": true, "DeleteAccount": true,
			"CreateChannel": true, "UpdateChannel": true, "VerifyChannel": true, "DeleteChannels": true, "TestChannel": true,
			"SetChannelEnabled": true, "SetChannelsEnabled": true, "OrderChannels": true, "SendFeedback": true, "MarkMessage": true, "DeleteMessages": true,
			"ResendMessage": true, "ConfirmReceipt": true, "RotateSecret": true, "Undo": true, "Redo": true}
		v.unchanged(func() {
			stale := *v
			stale.ctx = backend.WithCommand(v.ctx, backend.Command{IfRevision: old})
			for name, err := range everyMethod(&stale, v.Backend) {
				if changing[name] {
					v.check(backend.ErrorCode(err) == backend.CodeStale, "%s answered %v", name, err)
				} else {
					v.check(err == nil, "%s answered %v", name, err)
				}
			}
		})
	}},
	{"a change decided on the present revision is made, and its repeat is not stale", func(v *visit) {
		revision, err := v.Revision(v.ctx)
		v.ok(err)
		ctx := backend.WithCommand(v.ctx, backend.Command{Key: "key", Fingerprint: "x", IfRevision: revision})
		_, err = v.SendFeedback(ctx, "hello")
		v.ok(err)
		v.unchanged(func() {
			_, err := v.SendFeedback(ctx, "hello")
			v.ok(err)
			_, err = v.SendFeedback(backend.WithCommand(v.ctx, backend.Command{Key: "other", Fingerprint: "x", IfRevision: revision}), "hello")
			v.refused(err, backend.CodeStale)
		})
	}},
}

// keyed returns a context with a command that has a key.
func (v *visit) keyed(key, fingerprint string) context.Context {
	return backend.WithCommand(v.ctx, backend.Command{Key: key, Fingerprint: fingerprint})
}

// twice sends a command and repeats it, and expects one effect and one answer.
func (v *visit) twice(key string, command func(context.Context) (any, error)) {
	v.Helper()
	first, err := command(v.keyed(key, key))
	v.ok(err)
	sent := len(v.Sender.Sent())
	v.unchanged(func() {
		again, err := command(v.keyed(key, key))
		v.ok(err)
		v.check(reflect.DeepEqual(first, again), "%s was answered %+v, and then %+v", key, first, again)
	})
	v.check(len(v.Sender.Sent()) == sent, "%s: a message was sent again", key)
}
