package backendtest

import (
	"context"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

var labelPromises = []promise{
	{"a channel keeps the label that it is given, and others may have the same", func(v *visit) {
		v.check(v.Lacks(backend.FeatureLabels) == "", "lacking: %s", v.Lacks(backend.FeatureLabels))
		c, err := v.CreateChannel(v.ctx, backend.TypeSMS, "+994551234567", " p\u0061\u0308ger 1 ")
		v.ok(err)
		v.check(c.Label == "p\u00e4ger 1" && v.channel(1).Label == c.Label, "%q, then %q", c.Label, v.channel(1).Label)
		same, err := v.CreateChannel(v.ctx, backend.TypeEmail, "a@example.org", c.Label)
		v.ok(err)
		v.check(same.Label == c.Label && v.pending(backend.TypeWebhook, "https://hooks.example.com/1").Label == "", "%+v", same)
		done, err := v.VerifyChannel(v.ctx, 1, v.code(c.Value))
		v.ok(err)
		off, err := v.SetChannelEnabled(v.ctx, 1, false)
		v.ok(err)
		v.check(done.Label == c.Label && off.Label == c.Label && v.channel(1).Label == c.Label, "%+v, %+v", done, off)
	}},
	{"another label with the same value changes only the label", func(v *visit) {
		c := v.proven(backend.TypeSMS, "+994551234567")
		v.Advance(time.Hour)
		sent := len(v.Sender.Sent())
		u, err := v.UpdateChannel(v.ctx, 1, "00994 551234567", new(" pager "))
		v.ok(err)
		v.check(u.LabelChanged && !u.Changed && !u.CodeSent && u.Channel.Label == "pager", "%+v", u)
		v.check(u.Channel.Verified && u.Channel.Enabled && u.Channel.VerifiedAt.Equal(c.VerifiedAt) && u.Channel.UpdatedAt.After(c.UpdatedAt), "%+v", u.Channel)
		v.check(len(v.Sender.Sent()) == sent && v.channel(1).Label == "pager", "%+v", v.channel(1))
		rows := v.entries(1)
		v.check(rows[0].Action == "channel.labelled" && rows[0].Detail == "channel 1 (sms)", "%+v", rows)
		v.unchanged(func() {
			for _, label := range []*string{nil, new("pager"), new(" pager\t")} {
				u, err := v.UpdateChannel(v.ctx, 1, c.Value, label)
				v.ok(err)
				v.check(!u.LabelChanged && !u.Changed && !u.CodeSent && u.Channel.Label == "pager", "%+v", u)
			}
		})
		u, err = v.UpdateChannel(v.ctx, 1, c.Value, new(""))
		v.ok(err)
		v.check(u.LabelChanged && u.Channel.Label == "" && v.channel(1).Label == "", "%+v", u)
	}},
	{"a label can be changed while a value waits for its code, which stays good", func(v *visit) {
		v.pending(backend.TypeEmail, "a@example.org")
		code := v.code("a@example.org")
		u, err := v.UpdateChannel(v.ctx, 1, "a@example.org", new("work")) // sooner than another code may be sent
		v.ok(err)
		v.check(u.LabelChanged && !u.CodeSent && u.Channel.Label == "work" && u.Channel.Code.Live(u.Channel.UpdatedAt), "%+v", u)
		_, err = v.VerifyChannel(v.ctx, 1, code)
		v.ok(err)
		u, err = v.UpdateChannel(v.ctx, 1, "b@example.org", new("home"))
		v.ok(err)
		v.check(u.Changed && u.LabelChanged && u.CodeSent && u.Channel.Label == "home", "%+v", u)
		u, err = v.UpdateChannel(v.ctx, 1, "c@example.org", nil)
		v.ok(err)
		v.check(u.Changed && !u.LabelChanged && u.Channel.Label == "home", "%+v", u)
		u, err = v.UpdateChannel(v.ctx, 1, "a@example.org", new("work"))
		v.ok(err)
		v.check(u.Changed && u.LabelChanged && !u.CodeSent && u.Channel.Verified && u.Channel.Label == "work", "%+v", u)
	}},
	{"a label that is too long, or has invisible characters, is refused at its field", func(v *visit) {
		longest := strings.Repeat("\u00e4", backend.MaxLabel)
		_, err := v.CreateChannel(v.ctx, backend.TypeEmail, "a@example.org", longest)
		v.ok(err)
		v.unchanged(func() {
			for _, label := range []string{longest + "x", "a\nb", "a\u202eb", "\u200b"} {
				_, err := v.CreateChannel(v.ctx, backend.TypeEmail, "b@example.org", label)
				v.refused(err, backend.CodeInvalid, "label")
				_, err = v.UpdateChannel(v.ctx, 1, "a@example.org", &label)
				v.refused(err, backend.CodeInvalid, "label")
			}
			_, err := v.CreateChannel(v.ctx, backend.TypeEmail, "nonsense", longest+"x")
			v.refused(err, backend.CodeInvalid, "label", "value")
		})
	}},
	{"a repeated command with a label gets the first answer", func(v *visit) {
		v.twice("create", func(ctx context.Context) (any, error) {
			return v.CreateChannel(ctx, backend.TypeEmail, "a@example.org", "work")
		})
		v.twice("label", func(ctx context.Context) (any, error) { return v.UpdateChannel(ctx, 1, "a@example.org", new("home")) })
		v.check(v.channel(1).Label == "home", "%+v", v.channel(1))
	}},
}
