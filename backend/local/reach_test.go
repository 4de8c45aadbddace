package local

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// reachIsAsChannels expects the stored reach of the account to be the one that its channels
// have.
func (f tidyFile) reachIsAsChannels(when string) {
	f.Helper()
	channels, err := f.Channels(f.Context(), backend.ChannelFilter{})
	f.must(err)
	want := backend.ReachOf(channels)
	want.State = want.StateAt(f.clock.Now(), f.options.ProofAge)
	page, err := f.Page(f.Context(), backend.AccountQuery{Limit: 1})
	f.must(err)
	if got := *page.Accounts[0].Reach; fmt.Sprint(got) != fmt.Sprint(want) {
		f.Fatalf("%s: stored is %+v, the channels have %+v", when, got, want)
	}
}

// proven adds a channel that a person has proved to be reached.
func (f tidyFile) proven(to string) {
	f.Helper()
	c, err := f.CreateChannel(f.Context(), backend.TypeSMS, to, "")
	f.must(err)
	inbox, err := f.Messages(f.Context(), 1)
	f.must(err)
	_, err = f.VerifyChannel(f.Context(), c.Priority, inbox.Messages[0].Code)
	f.must(err)
}

// TestReachIsSettledWhenOldAttemptsAreTidied: since when a channel fails is told by attempts.
func TestReachIsSettledWhenOldAttemptsAreTidied(t *testing.T) {
	f := newTidyFile(t, Options{Keep: 10 * day})
	f.proven("+37120000001")
	for range 50 {
		f.clock.Advance(day)
		f.attempts("+37120000001", backend.OutcomeFailed)
	}
	f.reachIsAsChannels("before")
	if n, err := f.Tidy(t.Context()); err != nil || n == 0 {
		t.Fatalf("%d rows were deleted, %v", n, err)
	}
	f.reachIsAsChannels("after")
}

// TestReachIsAsItsChannelsAfterAnyHistory of attempts, switches and proofs, of old rows that
// are deleted, and of a clock that was ahead.
func TestReachIsAsItsChannelsAfterAnyHistory(t *testing.T) {
	for seed := range uint64(30) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 0))
			f := newTidyFile(t, Options{Keep: 10 * day, ProofAge: 20 * day})
			values := []string{"+37120000001", "+37120000002", "+37120000003"}
			for _, to := range values[:2] {
				f.proven(to)
			}
			for i := range 40 {
				f.reachIsAsChannels(fmt.Sprintf("step %d, %s", i, f.step(r, values)))
			}
		})
	}
}

// step does one thing that may change the reach, and says what.
func (f tidyFile) step(r *rand.Rand, values []string) string {
	f.Helper()
	outcomes := []backend.Outcome{backend.OutcomeSent, backend.OutcomeHeld, backend.OutcomeDelayed, backend.OutcomeFailed}
	f.clock.Advance(time.Duration(r.IntN(72)) * time.Hour)
	priority := 1 + r.IntN(2)
	switch r.IntN(8) {
	case 0:
		_, err := f.SetChannelEnabled(f.Context(), priority, r.IntN(2) == 0)
		f.must(err)
		return "a switch"
	case 1:
		f.must(f.db.Change(f.Context(), storage.NoAccount, func(tx *storage.Tx) error { return tx.MarkSeen(f.Backend.(*customer).id, priority) }))
		return "a proof"
	case 2:
		back := time.Duration(r.IntN(30)) * day
		f.clock.Advance(-back)
		f.must(f.recallFuture(f.Context()))
		return fmt.Sprintf("the clock goes back by %v", back)
	case 3, 4:
		_, err := f.Tidy(f.Context())
		f.must(err)
		return "old rows are deleted"
	case 5:
		_, err := f.UpdateChannel(f.Context(), priority, values[r.IntN(len(values))], nil)
		if code := backend.ErrorCode(err); err != nil && code != backend.CodeDuplicateChannel && code != backend.CodeRateLimited {
			f.Fatal(err)
		}
		return "a new value"
	}
	to, outcome := values[r.IntN(len(values))], outcomes[r.IntN(len(outcomes))]
	f.attempts(to, slices.Repeat([]backend.Outcome{outcome}, 1+r.IntN(40))...)
	return fmt.Sprintf("attempts %s at %s", outcome, to)
}
