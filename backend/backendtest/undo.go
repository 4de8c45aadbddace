package backendtest

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

var undoPromises = []promise{
	{"ten changes are undone one by one until the account is as it was, and made again", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		v.proven(backend.TypeSMS, "+994551234567")
		v.Advance(2 * time.Hour)
		states := []string{v.settings()}
		for _, change := range v.tenChanges() {
			v.Advance(2 * time.Minute)
			v.ok(change())
			states = append(states, v.settings())
		}
		for i := len(states) - 2; i >= 0; i-- {
			_, err := v.Undo(v.ctx, "")
			v.ok(err)
			v.check(v.settings() == states[i], "undo to %d:\n got %s\nwant %s", i, v.settings(), states[i])
		}
		for i := 1; i < len(states); i++ {
			_, err := v.Redo(v.ctx)
			v.ok(err)
			v.check(v.settings() == states[i], "redo to %d:\n got %s\nwant %s", i, v.settings(), states[i])
		}
		_, err := v.Redo(v.ctx)
		v.refused(err, backend.CodeNothingToUndo)
	}},
	{"a deleted channel comes back with its priority, label, proof and signing secret", func(v *visit) {
		made := v.pending(backend.TypeWebhook, "https://hooks.example.com/t/1")
		_, err := v.VerifyChannel(v.ctx, made.Priority, v.code(made.Value))
		v.ok(err)
		label := "ops"
		_, err = v.UpdateChannel(v.ctx, made.Priority, made.Value, &label)
		v.ok(err)
		v.proven(backend.TypeEmail, "a@example.org")
		was, secrets := v.channel(1), v.signedWith()
		_, err = v.DeleteChannels(v.ctx, []int{1, 2})
		v.ok(err)
		e, err := v.Undo(v.ctx, "")
		v.ok(err)
		v.check(e.Action == "channel.undone" && e.Detail == "channels 1 (webhook) and 2 (email)" && len(e.After.Channels) == 2, "%+v", e)
		is := v.channel(1)
		v.check(is.Label == "ops" && is.Reachable() && is.Verified && is.VerifiedAt.Equal(was.VerifiedAt) && is.Proof.SeenAt.Equal(was.Proof.SeenAt), "%+v", is)
		v.check(slices.Equal(v.signedWith(), secrets), "another secret")
	}},
	{"what has another value, switch or owner by now is not undone, and both are shown", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		off, err := v.SetChannelEnabled(v.ctx, 1, false)
		v.ok(err)
		entry := v.entries(1)[0]
		_, err = v.SetChannelEnabled(v.ctx, off.Priority, true)
		v.ok(err)
		v.unchanged(func() {
			_, err = v.Undo(v.ctx, entry.ID)
			e := v.refused(err, backend.CodeChangedSince)
			v.check(slices.Equal(e.Conflicts, []backend.Conflict{{Channel: 1, Type: backend.TypeEmail, Part: "enabled", Expected: "false", Present: "true", Wanted: "true"}}), "%+v", e.Conflicts)
		})
		_, err = v.DeleteChannels(v.ctx, []int{1})
		v.ok(err)
		deletion := v.entries(1)[0]
		v.pending(backend.TypeSMS, "+994551234567")
		_, err = v.Undo(v.ctx, deletion.ID)
		e := v.refused(err, backend.CodeChangedSince)
		v.check(slices.Equal(e.Conflicts, []backend.Conflict{{Channel: 1, Type: backend.TypeSMS, Part: "channel", Present: "+994551234567"}}), "%+v", e.Conflicts)
		_, err = v.Undo(v.ctx, entry.ID)
		e = v.refused(err, backend.CodeChangedSince)
		v.check(slices.Equal(e.Conflicts, []backend.Conflict{{Channel: 1, Type: backend.TypeEmail, Part: "channel", Expected: "a@example.org"}}), "%+v", e.Conflicts)
	}},
	{"what others have changed beside it stays", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		_, err := v.SetChannelEnabled(v.ctx, 1, false)
		v.ok(err)
		off, label := v.entries(1)[0], "work"
		_, err = v.UpdateChannel(v.ctx, 1, "a@example.org", &label)
		v.ok(err)
		_, err = v.Undo(v.ctx, off.ID)
		v.ok(err)
		c := v.channel(1)
		v.check(c.Enabled && c.Label == "work", "%+v", c)
		_, err = v.Undo(v.ctx, "") // that undo is the caller's newest change now, but one undoes a change
		v.ok(err)
		c = v.channel(1)
		v.check(c.Enabled && c.Label == "", "%+v", c)
	}},
	{"a new value that is undone loses its code, and the one in force stays", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		_, err := v.UpdateChannel(v.ctx, 1, "b@example.org", nil)
		v.ok(err)
		code := v.code("b@example.org")
		_, err = v.Undo(v.ctx, "")
		v.ok(err)
		c := v.channel(1)
		v.check(c.Verified && c.Enabled && c.Value == "a@example.org" && c.Code == nil, "%+v", c)
		_, err = v.Redo(v.ctx)
		v.ok(err)
		_, err = v.VerifyChannel(v.ctx, 1, code)
		v.refused(err, backend.CodeExpired)
	}},
	{"an undo that the rules refuse changes nothing", func(v *visit) {
		v.pending(backend.TypeEmail, "a@example.org")
		_, err := v.DeleteChannels(v.ctx, []int{1})
		v.ok(err)
		gone := v.entries(1)[0]
		v.Advance(time.Minute)
		first := v.pending(backend.TypeSMS, "+994551234567")
		v.pending(backend.TypeEmail, "a@example.org")
		_, err = v.DeleteChannels(v.ctx, []int{first.Priority})
		v.ok(err)
		v.unchanged(func() {
			_, err = v.Undo(v.ctx, gone.ID)
			v.refused(err, backend.CodeDuplicateChannel)
		})
	}},
}

var moreUndoPromises = []promise{
	{"what cannot be undone is refused with the reason", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		_, err := v.TestChannel(v.ctx, 1)
		v.ok(err)
		v.refused(v.undoNewest(), backend.CodeNotUndoable)
		_, err = v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		_, err = v.ConfirmUsername(v.ctx, v.code("new@example.org"))
		v.ok(err)
		e := v.refused(v.undoNewest(), backend.CodeNotUndoable)
		v.check(strings.Contains(e.Message, "old address"), "%q", e.Message)
		_, err = v.Undo(v.ctx, "no such entry")
		v.refused(err, backend.CodeNotFound)
		_, err = v.Undo(v.ctx, "") // the newest that has an inverse: what led to the username has none any more
		v.ok(err)
		v.check(!v.channel(1).Verified, "%+v", v.channel(1))
	}},
	{"a requested username is undone with its code, and its end is undone without", func(v *visit) {
		_, err := v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		code := v.code("new@example.org")
		_, err = v.Undo(v.ctx, "")
		v.ok(err)
		v.check(v.profile().Pending == nil, "still pending")
		_, err = v.Redo(v.ctx)
		v.ok(err)
		v.check(v.profile().Pending.Email == "new@example.org", "%+v", v.profile().Pending)
		_, err = v.ConfirmUsername(v.ctx, code)
		v.refused(err, backend.CodeExpired)
		_, err = v.CancelUsername(v.ctx)
		v.ok(err)
		_, err = v.Undo(v.ctx, "")
		v.ok(err)
		v.check(v.profile().Pending.Email == "new@example.org", "%+v", v.profile().Pending)
	}},
	{"nothing is undone where nothing was done, and nothing made again after another change", func(v *visit) {
		_, err := v.Undo(v.ctx, "")
		v.refused(err, backend.CodeNothingToUndo)
		_, err = v.Redo(v.ctx)
		v.refused(err, backend.CodeNothingToUndo)
		v.rename("Jane")
		_, err = v.Undo(v.ctx, "")
		v.ok(err)
		v.rename("Mary")
		_, err = v.Redo(v.ctx)
		v.refused(err, backend.CodeNothingToUndo)
	}},
	{"the journal is read in pages, by kind and by words in what it keeps", func(v *visit) {
		v.proven(backend.TypeEmail, "ada@example.org")
		v.rename("Jane")
		v.rename("Mary")
		var all, paged []string
		for _, e := range v.entries(100) {
			all = append(all, e.ID)
		}
		for q := (backend.JournalQuery{Limit: 2}); ; {
			page, err := v.Journal(v.ctx, q)
			v.ok(err)
			for _, e := range page.Entries {
				paged = append(paged, e.ID)
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
		v.check(slices.Equal(all, paged), "%v, in pages %v", all, paged)
		for _, c := range []struct {
			q    backend.JournalQuery
			want int
		}{
			{backend.JournalQuery{Kinds: []string{"name"}}, 2}, {backend.JournalQuery{Kinds: []string{"channel", "name"}}, 4},
			{backend.JournalQuery{Match: "ADA@example"}, 2}, {backend.JournalQuery{Match: "jane name"}, 2}, {backend.JournalQuery{Match: "no such"}, 0},
		} {
			c.q.Limit = 50
			page, err := v.Journal(v.ctx, c.q)
			v.ok(err)
			v.check(len(page.Entries) == c.want && page.Entries != nil, "%+v: %+v", c.q, page.Entries)
		}
		_, err := v.Journal(v.ctx, backend.JournalQuery{Limit: 1, After: "-5"})
		v.refused(err, backend.CodeInvalid, "after")
	}},
	{"the account is shown as it was at a time", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		at := v.entries(1)[0].At
		v.Advance(time.Hour)
		v.rename("Jane")
		_, err := v.UpdateChannel(v.ctx, 1, "b@example.org", nil)
		v.ok(err)
		v.Advance(time.Hour)
		_, err = v.DeleteChannels(v.ctx, []int{1})
		v.ok(err)
		then, err := v.SettingsAt(v.ctx, at)
		v.ok(err)
		v.check(*then.Name == "John" && len(then.Channels) == 1 && then.Channels[0].Value == "a@example.org" && then.Channels[0].Enabled, "%+v", then)
		then, err = v.SettingsAt(v.ctx, at.Add(90*time.Minute))
		v.ok(err)
		v.check(*then.Name == "Jane" && then.Channels[0].Value == "b@example.org" && then.Channels[0].ActiveValue == "a@example.org", "%+v", then)
		for _, at := range []time.Time{at.Add(24 * time.Hour), at.Add(-240 * time.Hour)} {
			_, err = v.SettingsAt(v.ctx, at)
			v.refused(err, backend.CodeInvalid, "at")
		}
	}},
}

// tenChanges are changes of every kind that has an inverse.
func (v *visit) tenChanges() []func() error {
	rename := func(name string) func() error {
		return func() error { _, err := v.UpdateName(v.ctx, backend.NameChange{Name: &name}); return err }
	}
	switchTo := func(on bool) func() error {
		return func() error { _, err := v.SetChannelEnabled(v.ctx, 2, on); return err }
	}
	edit := func(priority int, value, label string) func() error {
		return func() error { _, err := v.UpdateChannel(v.ctx, priority, value, &label); return err }
	}
	return []func() error{
		rename("Jane"),
		switchTo(false),
		edit(1, "a@example.org", "work"),
		func() error { _, err := v.CreateChannel(v.ctx, backend.TypeEmail, "c@example.org", "home"); return err },
		func() error { _, err := v.VerifyChannel(v.ctx, 3, v.code("c@example.org")); return err },
		edit(1, "b@example.org", "new"),
		func() error { _, err := v.VerifyChannel(v.ctx, 1, v.code("b@example.org")); return err },
		func() error { _, err := v.DeleteChannels(v.ctx, []int{2, 3}); return err },
		func() error { _, err := v.ChangeUsername(v.ctx, "new@example.org"); return err },
		func() error { _, err := v.CancelUsername(v.ctx); return err },
	}
}

// settings is all of the account that can be undone, as text.
func (v *visit) settings() string {
	v.Helper()
	p := v.profile()
	parts := []string{p.Customer.FullName(), p.Customer.Email}
	if p.Pending != nil {
		parts = append(parts, "→ "+p.Pending.Email)
	}
	for _, priority := range v.priorities() {
		c := v.channel(priority)
		parts = append(parts, strings.Join([]string{string(c.Type), c.Value, c.ActiveValue, c.Label, string(c.Status()), strconv.FormatBool(c.Enabled), c.VerifiedAt.String()}, " "))
	}
	return strings.Join(parts, "; ")
}

func (v *visit) rename(name string) {
	v.Helper()
	_, err := v.UpdateName(v.ctx, backend.NameChange{Name: &name})
	v.ok(err)
}

// undoNewest takes the newest entry of the journal back.
func (v *visit) undoNewest() error {
	v.Helper()
	_, err := v.Undo(v.ctx, v.entries(1)[0].ID)
	return err
}

// signedWith are the secrets with which a test of channel 1, a webhook, is signed.
func (v *visit) signedWith() []string {
	v.Helper()
	_, err := v.TestChannel(v.ctx, 1)
	v.ok(err)
	sent := v.Sender.Sent()
	return sent[len(sent)-1].SigningSecrets
}
