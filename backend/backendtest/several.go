package backendtest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

var retakenPromises = []promise{
	{"an entry is taken back once, and a signing secret that was replaced does not come back", func(v *visit) {
		v.proven(backend.TypeWebhook, "https://hooks.example.com/t/1")
		_, err := v.DeleteChannels(v.ctx, []int{1})
		v.ok(err)
		first := v.entries(1)[0]
		_, err = v.Undo(v.ctx, "")
		v.ok(err)
		old := v.signedWith()
		v.Advance(time.Hour)
		_, err = v.RotateSecret(v.ctx, 1, false)
		v.ok(err)
		_, err = v.DeleteChannels(v.ctx, []int{1})
		v.ok(err)
		_, err = v.Undo(v.ctx, first.ID)
		v.refused(err, backend.CodeNotUndoable)
		_, err = v.Undo(v.ctx, "")
		v.ok(err)
		v.check(!slices.ContainsFunc(v.signedWith(), func(s string) bool { return slices.Contains(old, s) }), "the replaced secret signs again")
	}},
	{"a verification that is made again leaves no code", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		_, err := v.Undo(v.ctx, "")
		v.ok(err)
		v.Advance(time.Hour)
		_, err = v.UpdateChannel(v.ctx, 1, "a@example.org", nil)
		v.ok(err)
		code := v.code("a@example.org")
		_, err = v.Redo(v.ctx)
		v.ok(err)
		_, err = v.Undo(v.ctx, "")
		v.ok(err)
		_, err = v.VerifyChannel(v.ctx, 1, code)
		v.refused(err, backend.CodeExpired)
	}},
	{"a cancelled username that was confirmed since does not wait again", func(v *visit) {
		_, err := v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		_, err = v.CancelUsername(v.ctx)
		v.ok(err)
		cancelled := v.entries(1)[0]
		v.Advance(time.Hour)
		_, err = v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		_, err = v.ConfirmUsername(v.ctx, v.code("new@example.org"))
		v.ok(err)
		_, err = v.Undo(v.ctx, cancelled.ID)
		v.refused(err, backend.CodeNotUndoable)
		v.check(v.profile().Pending == nil, "%+v", v.profile().Pending)
	}},
	{"a repeat of a refused undo has its conflicts, too", func(v *visit) {
		v.rename("Jane")
		entry := v.entries(1)[0]
		v.rename("Mary")
		ctx := backend.WithCommand(v.ctx, backend.Command{Key: "again", Fingerprint: "x"})
		for range 2 {
			_, err := v.Backend.Undo(ctx, entry.ID)
			v.check(len(v.refused(err, backend.CodeChangedSince).Conflicts) == 1, "%v", err)
		}
	}},
}

var severalPromises = []promise{
	{"several channels are switched as one change, all of them or none, and undone as one", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		v.proven(backend.TypeSMS, "+994551234567")
		waiting := v.pending(backend.TypeEmail, "b@example.org")
		list, err := v.SetChannelsEnabled(v.ctx, []int{2, 1, 2}, false)
		v.ok(err)
		v.check(len(list) == 3 && !list[0].Enabled && !list[1].Enabled, "%+v", list)
		e := v.entries(1)[0]
		v.check(e.Action == "channel.disabled" && e.Detail == "channels 1 (email) and 2 (sms)", "%+v", e)
		v.unchanged(func() {
			_, err = v.SetChannelsEnabled(v.ctx, []int{1, 2}, false)
			v.ok(err)
			_, err = v.SetChannelsEnabled(v.ctx, []int{1, waiting.Priority}, true)
			v.refused(err, backend.CodeNotVerified)
			v.check(strings.HasPrefix(err.Error(), fmt.Sprintf("Channel %d is not verified, so nothing was changed.", waiting.Priority)), "%v", err)
			_, err = v.SetChannelsEnabled(v.ctx, []int{1, 8, 9}, true)
			v.check(slices.Equal(v.refused(err, backend.CodeNotFound).Missing, []int{8, 9}), "%v", err)
		})
		_, err = v.Undo(v.ctx, "")
		v.ok(err)
		v.check(v.channel(1).Enabled && v.channel(2).Enabled, "still off")
	}},
	{"channels are put into another order with what is pending, and gaps stay", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		gone := v.pending(backend.TypeSMS, "+994551234567")
		v.pending(backend.TypeWebhook, "https://hooks.example.com/1")
		_, err := v.DeleteChannels(v.ctx, []int{gone.Priority})
		v.ok(err)
		v.Advance(time.Minute)
		v.pending(backend.TypeEmail, "b@example.org")
		was := v.settings()
		list, err := v.OrderChannels(v.ctx, []int{4, 1, 3})
		v.ok(err)
		v.check(len(list) == 3 && list[0].Value == "b@example.org" && list[0].Priority == 1 && list[1].Value == "a@example.org" && list[1].Priority == 3, "%+v", list)
		_, err = v.VerifyChannel(v.ctx, 1, v.code("b@example.org"))
		v.ok(err)
		for _, wrong := range []struct {
			order []int
			why   string
		}{
			{[]int{1, 3}, ": 4 is missing."}, {[]int{1, 3, 3}, ": 4 is missing."}, {[]int{1, 3, 5}, ": 4 is missing, and 5 is no channel."},
			{[]int{1, 2, 3, 4}, ": 2 is no channel."}, {[]int{1, 3, 4, 4}, ": one is named twice."},
		} {
			_, err = v.OrderChannels(v.ctx, wrong.order)
			v.refused(err, backend.CodeOrderChanged)
			v.check(strings.Contains(err.Error(), wrong.why), "%v", err)
		}
		v.unchanged(func() {
			_, err = v.OrderChannels(v.ctx, []int{1, 3, 4})
			v.ok(err)
		})
		_, err = v.Undo(v.ctx, "")
		v.ok(err)
		_, err = v.Undo(v.ctx, "")
		v.ok(err)
		v.check(v.settings() == was, "%s, want %s", v.settings(), was)
	}},
}
