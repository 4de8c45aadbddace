package backendtest

import (
	"slices"
	"time"

	"github.com/account-settings/pinghome/backend"
)

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
		for _, wrong := range [][]int{{1, 3}, {1, 3, 3}, {1, 3, 5}, {1, 2, 3, 4}} {
			_, err = v.OrderChannels(v.ctx, wrong)
			v.refused(err, backend.CodeOrderChanged)
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
