package backendtest

import (
	"fmt"
	"time"

	"github.com/account-settings/pinghome/backend"
)

var undoRulesPromises = []promise{
	{"a channel made in the moment in which another was deleted is not taken for that one", func(v *visit) {
		v.pending(backend.TypeEmail, "a@example.org")
		_, err := v.DeleteChannels(v.ctx, []int{1})
		v.ok(err)
		gone := v.entries(1)[0]
		v.pending(backend.TypeEmail, "b@example.org")
		made := v.entries(1)[0]
		v.check(!made.After.Channels[0].IsSame(gone.Before.Channels[0]), "both were made at %v", made.After.Channels[0].CreatedAt)
		v.unchanged(func() {
			_, err = v.Undo(v.ctx, gone.ID)
			e := v.refused(err, backend.CodeChangedSince)
			v.check(len(e.Conflicts) == 1 && e.Conflicts[0].Present == "b@example.org", "%+v", e.Conflicts)
		})
		_, err = v.Undo(v.ctx, "")
		v.ok(err)
		_, err = v.Undo(v.ctx, "")
		v.ok(err)
		v.check(v.channel(1).Value == "a@example.org", "%+v", v.channel(1))
	}},
	{"an undo that is sent again with its key takes back one change", func(v *visit) {
		v.rename("Jane")
		v.rename("Mary")
		once := backend.WithCommand(v.ctx, backend.Command{Key: "undo-once", Fingerprint: "undo"})
		first, err := v.Undo(once, "")
		v.ok(err)
		again, err := v.Undo(once, "")
		v.ok(err)
		v.check(again.ID == first.ID && v.profile().Customer.Name == "Jane", "%+v, and then %+v", first, again)
		_, err = v.Undo(v.ctx, "")
		v.ok(err)
		v.check(v.profile().Customer.Name == "John", "%s", v.profile().Customer.Name)
	}},
	{"a deleted channel does not come back where the plan has no room for it", func(v *visit) {
		most := backend.PlanTeam.MaxChannels()
		for i := range most {
			v.pending(backend.TypeEmail, fmt.Sprintf("a%d@example.org", i))
		}
		_, err := v.DeleteChannels(v.ctx, []int{1})
		v.ok(err)
		gone := v.entries(1)[0]
		v.pending(backend.TypeEmail, "another@example.org")
		v.unchanged(func() {
			_, err = v.Undo(v.ctx, gone.ID)
			v.refused(err, backend.CodeLimitReached)
		})
		_, err = v.DeleteChannels(v.ctx, []int{most + 1})
		v.ok(err)
		_, err = v.Undo(v.ctx, gone.ID)
		v.ok(err)
		v.check(v.channel(1).Value == "a0@example.org", "%+v", v.channel(1))
	}},
	{"the entry of an undo names what it is about, and no code that was sent then", func(v *visit) {
		v.proven(backend.TypeEmail, "a@example.org")
		_, err := v.UpdateChannel(v.ctx, 1, "b@example.org", nil)
		v.ok(err)
		e, err := v.Undo(v.ctx, "")
		v.ok(err)
		v.check(e.Detail == "channel 1 (email)", "%q", e.Detail)
		_, err = v.ChangeUsername(v.ctx, "new@example.org")
		v.ok(err)
		e, err = v.Undo(v.ctx, "")
		v.ok(err)
		v.check(e.Detail == "the new username", "%q", e.Detail)
	}},
	{"a deleted channel comes back with its last test, and the tries at its word stay spent", func(v *visit) {
		c := v.proven(backend.TypeEmail, "a@example.org")
		word := v.tested(c)
		for range 4 {
			_, err := v.ConfirmReceipt(v.ctx, 1, anotherWord(word))
			v.refused(err, backend.CodeWordWrong, "word")
		}
		was := v.channel(1)
		v.Advance(time.Minute)
		for range 2 {
			_, err := v.DeleteChannels(v.ctx, []int{1})
			v.ok(err)
			_, err = v.Undo(v.ctx, "")
			v.ok(err)
		}
		is := v.channel(1)
		v.check(is.LastTest != nil && *is.LastTest == *was.LastTest && is.Proof.WordSentAt.Equal(was.Proof.WordSentAt), "%+v, %+v", is.LastTest, is.Proof)
		_, err := v.Redo(v.ctx)
		v.ok(err)
		_, err = v.Undo(v.ctx, "")
		v.ok(err)
		_, err = v.ConfirmReceipt(v.ctx, 1, anotherWord(word))
		e := v.refused(err, backend.CodeWordWrong, "word")
		v.check(e.AttemptsLeft == 0, "%d tries left", e.AttemptsLeft)
		word = v.tested(v.channel(1))
		_, err = v.DeleteChannels(v.ctx, []int{1})
		v.ok(err)
		_, err = v.Undo(v.ctx, "")
		v.ok(err)
		c, err = v.ConfirmReceipt(v.ctx, 1, word)
		v.ok(err)
		v.check(c.Proof.SeenAt.After(was.Proof.SeenAt), "%+v", c.Proof)
	}},
}
