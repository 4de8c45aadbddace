package state

import (
	"testing"
	"time"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/theme"
)

func TestEveryStateHasAWordOfItsOwn(t *testing.T) {
	words := map[string]State{}
	for s := NeverVerified; s <= Unknown; s++ {
		if s.Word() == "" {
			t.Errorf("state %d has no word", s)
		}
		if other, isTaken := words[s.Word()]; isTaken {
			t.Errorf("%q are two states, %d and %d", s.Word(), s, other)
		}
		words[s.Word()] = s
	}
}

// TestOnlySeenIsGreen: green says that a person is reached.
func TestOnlySeenIsGreen(t *testing.T) {
	for s := NeverVerified; s <= Unknown; s++ {
		if (s.Tone() == Good) != (s == Seen) {
			t.Errorf("%q has the tone %d", s.Word(), s.Tone())
		}
	}
}

func TestMarksOfAttemptsAreOneCell(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		look := theme.New(theme.Options{Name: "dark", ASCII: ascii, Profile: termenv.Ascii})
		for _, o := range []backend.Outcome{backend.OutcomeSent, backend.OutcomeHeld, backend.OutcomeDelayed, backend.OutcomeFailed, backend.OutcomeUnknown, backend.OutcomeBlocked} {
			if mark := OfAttempt(o).Mark(&look); draw.Width(mark) != 1 {
				t.Errorf("%s has the mark %q", o, mark)
			}
		}
	}
}

func TestNeverVerifiedIsNotExpiredIsNotLocked(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		code *backend.CodeState
		want State
	}{
		{nil, NeverVerified},
		{&backend.CodeState{ExpiresAt: now.Add(time.Minute), AttemptsLeft: 5}, WaitingCode},
		{&backend.CodeState{ExpiresAt: now, AttemptsLeft: 5}, Expired},
		{&backend.CodeState{ExpiresAt: now.Add(time.Minute)}, Exhausted},
		{&backend.CodeState{ExpiresAt: now.Add(time.Minute), AttemptsLeft: 5, LockedUntil: now.Add(time.Second)}, Locked},
	} {
		if got := OfCode(c.code, now); got != c.want {
			t.Errorf("%+v is %q, not %q", c.code, got.Word(), c.want.Word())
		}
	}
}

func TestReachOfAChannel(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	proof := backend.Proof{AcceptedAt: now, SeenAt: now, StaleAt: now.Add(time.Hour)}
	held, stale := proof, proof
	held.Held, stale.StaleAt = true, now
	on := backend.Channel{Value: "a", ActiveValue: "a", Verified: true, Enabled: true, Proof: proof}
	with := func(change func(*backend.Channel)) backend.Channel {
		ch := on
		change(&ch)
		return ch
	}
	for name, c := range map[string]struct {
		channel backend.Channel
		want    State
	}{
		"a person saw it":     {on, Seen},
		"long ago":            {with(func(ch *backend.Channel) { ch.Proof = stale }), Stale},
		"nothing leaves":      {with(func(ch *backend.Channel) { ch.Proof = held }), Held},
		"the last one failed": {with(func(ch *backend.Channel) { ch.Failure = &backend.Failure{Kind: backend.KindTest} }), Failing},
		"off":                 {with(func(ch *backend.Channel) { ch.Enabled = false }), Off},
		"the new value's code": {with(func(ch *backend.Channel) {
			ch.Value, ch.Verified = "b", false
			ch.Failure = &backend.Failure{Kind: backend.KindVerification}
		}), Seen},
		"off, failed before":    {with(func(ch *backend.Channel) { ch.Enabled = false; ch.Failure = &backend.Failure{} }), Off},
		"the last test is held": {with(func(ch *backend.Channel) { ch.LastTest = &backend.Test{At: now, OK: true, Held: true} }), Held},
		"sent, seen by no one":  {with(func(ch *backend.Channel) { ch.Proof = backend.Proof{AcceptedAt: now} }), Unseen},
	} {
		if got := OfReach(c.channel, now); got != c.want {
			t.Errorf("%s is %q, not %q", name, got.Word(), c.want.Word())
		}
	}
}

// TestAnAccountIsReachedAsItsChannelsAre: with one channel, the list of accounts says the same
// as the channel itself.
func TestAnAccountIsReachedAsItsChannelsAre(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	const age = 90 * 24 * time.Hour
	seen := backend.Proof{SeenAt: now.Add(-time.Hour), StaleAt: now.Add(age - time.Hour)}
	old := backend.Proof{SeenAt: now.Add(-age), StaleAt: now}
	held := backend.Proof{SeenAt: seen.SeenAt, StaleAt: seen.StaleAt, Held: true}
	failure := &backend.Failure{At: now, Kind: backend.KindTest}
	for _, ch := range []backend.Channel{
		{ActiveValue: "a", Value: "a", Verified: true, Enabled: true, Proof: seen},
		{ActiveValue: "a", Value: "a", Verified: true, Enabled: true, Proof: old},
		{ActiveValue: "a", Value: "a", Verified: true, Enabled: true, Proof: held},
		{ActiveValue: "a", Value: "a", Verified: true, Enabled: true, Proof: seen, Failure: failure},
		{Value: "a", Failure: failure},
	} {
		ch.Type = backend.TypeEmail
		reach := backend.ReachOf([]backend.Channel{ch})
		if got, want := OfAccount(reach.StateAt(now, age)), OfReach(ch, now); got != want {
			t.Errorf("the account is %s, its channel %s: %+v", got.Word(), want.Word(), ch)
		}
	}
	off := backend.Channel{Type: backend.TypeEmail, ActiveValue: "a", Value: "a", Verified: true, Proof: seen}
	if got := OfAccount(backend.ReachOf([]backend.Channel{off}).StateAt(now, age)); got != Unreached {
		t.Errorf("with its channel off the account is %s", got.Word())
	}
}
