package backendtest

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// tested sends a test message and returns its word.
func (v *visit) tested(c backend.Channel) string {
	v.Helper()
	_, err := v.TestChannel(v.ctx, c.Priority)
	v.ok(err)
	m := v.newest()
	v.check(m.Kind == backend.KindTest && m.Word != "" && strings.Contains(m.Body, m.Word), "%+v", m)
	return m.Word
}

// anotherWord returns another word than the given one.
func anotherWord(word string) string {
	if word == "amber" {
		return "otter"
	}
	return "amber"
}

var proofPromises = []promise{
	{"the word of a test proves that a person saw it", func(v *visit) {
		c := v.proven(backend.TypeEmail, "a@example.org")
		seen := c.Proof.SeenAt
		v.check(!seen.IsZero() && c.Proof.AcceptedBy == "test-carrier" && c.Proof.Held && !c.Proof.AcceptedAt.IsZero(), "after a code was entered: %+v", c.Proof)
		v.Advance(time.Hour)
		word := v.tested(c)
		p := v.channel(c.Priority).Proof
		v.check(!p.WordSentAt.IsZero() && p.SeenAt.Equal(seen) && p.AcceptedAt.After(seen), "%+v", p)
		c, err := v.ConfirmReceipt(v.ctx, c.Priority, " "+strings.ToUpper(word)+"\n")
		v.ok(err)
		v.check(c.Proof.SeenAt.Sub(seen) == time.Hour && c.Proof.WordSentAt.IsZero(), "%+v", c.Proof)
		_, err = v.ConfirmReceipt(v.ctx, c.Priority, word)
		v.refused(err, backend.CodeNoOpenTest)
	}},
	{"a wrong word is a try, and the fifth one ends the test", func(v *visit) {
		c := v.proven(backend.TypeEmail, "a@example.org")
		word := v.tested(c)
		for left := 4; left >= 0; left-- {
			_, err := v.ConfirmReceipt(v.ctx, c.Priority, anotherWord(word))
			e := v.refused(err, backend.CodeWordWrong, "word")
			v.check(e.AttemptsLeft == left, "%d left, not %d", e.AttemptsLeft, left)
		}
		_, err := v.ConfirmReceipt(v.ctx, c.Priority, word)
		v.refused(err, backend.CodeNoOpenTest)
		word = v.tested(c)
		_, err = v.ConfirmReceipt(v.ctx, c.Priority, word)
		v.ok(err)
	}},
	{"a word works for its own channel, and for a day", func(v *visit) {
		c, other := v.proven(backend.TypeEmail, "a@example.org"), v.proven(backend.TypeSMS, "+994551234567")
		word := v.tested(c)
		v.unchanged(func() {
			_, err := v.ConfirmReceipt(v.ctx, other.Priority, word)
			v.refused(err, backend.CodeNoOpenTest)
			_, err = v.ConfirmReceipt(v.ctx, 9, word)
			v.refused(err, backend.CodeNotFound)
			_, err = v.ConfirmReceipt(v.ctx, 0, " ")
			v.refused(err, backend.CodeInvalid, "priority", "word")
		})
		v.Advance(24 * time.Hour)
		_, err := v.ConfirmReceipt(v.ctx, c.Priority, word)
		v.refused(err, backend.CodeNoOpenTest)
		v.check(v.channel(c.Priority).Proof.WordSentAt.IsZero(), "%+v", v.channel(c.Priority).Proof)
	}},
	{"a proof becomes stale after 90 days", func(v *visit) {
		c := v.proven(backend.TypeEmail, "a@example.org")
		v.check(c.Proof.StaleAt.Sub(c.Proof.SeenAt) == 90*24*time.Hour, "%+v", c.Proof)
		v.check(!c.Proof.Stale(c.Proof.StaleAt.Add(-time.Second)) && c.Proof.Stale(c.Proof.StaleAt), "%+v", c.Proof)
		v.check(!v.pending(backend.TypeSMS, "+994551234567").Proof.SeenAt.After(time.Time{}), "a pending channel was seen")
	}},
	{"a new webhook shows its signing secret once, and messages are signed with it", func(v *visit) {
		c := v.pending(backend.TypeWebhook, "https://hooks.example.com/1")
		v.check(strings.HasPrefix(c.SigningSecret, "whsec_") && v.channel(c.Priority).SigningSecret == "", "%q, then %q", c.SigningSecret, v.channel(c.Priority).SigningSecret)
		other := v.pending(backend.TypeWebhook, "https://hooks.example.com/2")
		v.check(other.SigningSecret != c.SigningSecret, "two webhooks have the same signing secret")
		v.check(v.pending(backend.TypeSMS, "+994551234567").SigningSecret == "", "an sms channel has a signing secret")
		sent := v.Sender.Sent()
		v.check(slices.Equal(sent[0].SigningSecrets, []string{c.SigningSecret}) && slices.Equal(sent[1].SigningSecrets, []string{other.SigningSecret}) && sent[2].SigningSecrets == nil, "%+v", sent)
	}},
	{"a repeated creation of a webhook is answered with its signing secret", func(v *visit) {
		v.twice("hook", func(ctx context.Context) (any, error) {
			c, err := v.CreateChannel(ctx, backend.TypeWebhook, "https://hooks.example.com/1", "")
			v.check(strings.HasPrefix(c.SigningSecret, "whsec_"), "no secret in %+v", c)
			return c, err
		})
	}},
	{"a new signing secret signs beside the old one for a day", func(v *visit) {
		c := v.proven(backend.TypeWebhook, "https://hooks.example.com/1")
		old := v.Sender.Sent()[0].SigningSecrets[0]
		made, err := v.RotateSecret(v.ctx, c.Priority, true)
		v.ok(err)
		v.check(strings.HasPrefix(made.Secret, "whsec_") && made.Secret != old && !made.OldUntil.IsZero(), "%+v", made)
		last := func() []string {
			v.tested(c)
			sent := v.Sender.Sent()
			return sent[len(sent)-1].SigningSecrets
		}
		v.check(slices.Equal(last(), []string{made.Secret, old}), "%v", last())
		v.Advance(time.Hour)
		newest, err := v.RotateSecret(v.ctx, c.Priority, true)
		v.ok(err)
		v.check(slices.Equal(last(), []string{newest.Secret, made.Secret}), "after two changes within a day: %v", last())
		v.Advance(23 * time.Hour)
		v.check(slices.Equal(last(), []string{newest.Secret, made.Secret}), "%v", last())
		v.Advance(time.Hour)
		v.check(slices.Equal(last(), []string{newest.Secret}), "%v", last())
		for range 5 {
			newest, err = v.RotateSecret(v.ctx, c.Priority, true)
			v.ok(err)
		}
		v.unchanged(func() {
			_, err = v.RotateSecret(v.ctx, c.Priority, true)
			v.waits(err, backend.CodeRateLimited, time.Hour)
		})
		v.check(len(last()) == 2 && last()[0] == newest.Secret, "%v", last())
		v.Advance(time.Hour)
		_, err = v.RotateSecret(v.ctx, c.Priority, true)
		v.ok(err)
		_, err = v.RotateSecret(v.ctx, v.pending(backend.TypeSMS, "+994551234567").Priority, true)
		v.refused(err, backend.CodeNotWebhook)
		_, err = v.RotateSecret(v.ctx, 9, true)
		v.refused(err, backend.CodeNotFound)
	}},
	{"without overlap all old signing secrets stop at once", func(v *visit) {
		v.check(v.Lacks(backend.FeatureEndSecret) == "", "lacking: %s", v.Lacks(backend.FeatureEndSecret))
		c := v.proven(backend.TypeWebhook, "https://hooks.example.com/1")
		last := func() []string {
			v.tested(c)
			sent := v.Sender.Sent()
			return sent[len(sent)-1].SigningSecrets
		}
		_, err := v.RotateSecret(v.ctx, c.Priority, true)
		v.ok(err)
		v.check(len(last()) == 2, "with overlap: %v", last())
		made, err := v.RotateSecret(v.ctx, c.Priority, false)
		v.ok(err)
		v.check(strings.HasPrefix(made.Secret, "whsec_") && made.OldUntil.IsZero(), "%+v", made)
		rows := v.entries(1)
		v.check(rows[0].Action == "channel.secret_changed" && strings.Contains(rows[0].Detail, "the old one ended at once"), "%+v", rows)
		v.check(slices.Equal(last(), []string{made.Secret}), "without: %v", last())
		v.twice("end", func(ctx context.Context) (any, error) { return v.RotateSecret(ctx, c.Priority, false) })
		v.check(len(last()) == 1, "after a repeat: %v", last())
		_, err = v.RotateSecret(v.ctx, 9, false)
		v.refused(err, backend.CodeNotFound)
	}},
}
