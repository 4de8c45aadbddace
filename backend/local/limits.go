package local

import (
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// usage is what one customer has used of the limits for codes.
type usage struct {
	sends    []storage.Send                  // of codes in the last 24 h, newest first
	failures map[string]storage.CodeFailures // by target
	maxDay   int                             // how many codes the plan allows in 24 h
}

// memoryForLimits is how long what is counted is kept where it is written. No limit
// counts more than a day, but a clock that was ahead for a while must not make all
// limits forgotten. The janitor, who trusts no clock that was set, deletes earlier.
const memoryForLimits = 30 * day

// loadUsage costs two queries, for the sends of a day and the failures by target. The plan
// is read only where it can make a difference.
func loadUsage(tx *storage.Tx, customer string) (usage, error) {
	u := usage{maxDay: backend.LeastCodesDay}
	var err error
	if u.sends, err = tx.Sends(customer, storage.SendCode, tx.Now.Add(-day)); err != nil {
		return u, err
	}
	if len(u.sends) >= backend.LeastCodesDay {
		p, err := tx.Profile(customer)
		if err != nil {
			return u, err
		}
		u.maxDay = p.Organization.Plan.MaxCodesDay()
	}
	u.failures, err = tx.CodeFailures(customer, day)
	return u, err
}

// target names the value that a code verifies.
func target(kind backend.ChannelType, value string) string { return string(kind) + ":" + value }

// countedTarget names the value for which limits are counted, the same for all of its
// spellings, and whether it is a channel or a username.
func countedTarget(kind backend.ChannelType, value string) string {
	return target(kind, backend.CanonicalValue(kind, value))
}

// lockedUntil is the end of a target's lock, zero when it is not locked. The lock
// begins with the last of MaxCodeFailures wrong codes within a day.
func (u usage) lockedUntil(target string, now time.Time) time.Time {
	f := u.failures[target]
	until := f.Last.Add(backend.CodeLockDuration)
	if f.Count < backend.MaxCodeFailures || !now.Before(until) {
		return time.Time{}
	}
	return until
}

// nextSendAt is the earliest time for another code to a target. Each limit allows n
// sends in a window: the n-th newest has to be older than the window.
func (u usage) nextSendAt(target string) time.Time {
	var all, times []time.Time // to all targets, to this one
	for _, s := range u.sends {
		all = append(all, s.At)
		if s.Target == target {
			times = append(times, s.At)
		}
	}
	var next time.Time
	wait := func(sends []time.Time, n int, window time.Duration) {
		if len(sends) >= n && sends[n-1].Add(window).After(next) {
			next = sends[n-1].Add(window)
		}
	}
	if n := len(times); n > 0 {
		wait(times, 1, backend.CodeResendWaits[min(n, len(backend.CodeResendWaits))-1])
	}
	wait(times, backend.MaxCodesTenMinutes, 10*time.Minute)
	wait(times, backend.MaxCodesTargetDay, day)
	wait(all, u.maxDay, day)
	return next
}

// complete sets the fields of a code's state that come from limits.
func (u usage) complete(state *backend.CodeState, target string, now time.Time) {
	if state.SentAt.After(now) { // see sentAhead
		state.SentAt, state.ExpiresAt = now, now
	}
	state.ResendAt = u.nextSendAt(target)
	state.LockedUntil = u.lockedUntil(target, now)
}

// checkLock refuses a locked target. Errors: code_locked.
func (u usage) checkLock(target string, now time.Time) error {
	until := u.lockedUntil(target, now)
	if until.IsZero() {
		return nil
	}
	wait := until.Sub(now)
	e := backend.Errorf(backend.CodeLocked,
		"Too many wrong codes in a row, so this address is locked. Try again in %s.", spellWait(wait))
	e.RetryAfter = wait
	return e
}

// checkSend refuses a code that comes too soon or too often. Errors: rate_limited.
func (u usage) checkSend(target string, now time.Time) error {
	wait := u.nextSendAt(target).Sub(now)
	if wait <= 0 {
		return nil
	}
	e := backend.Errorf(backend.CodeRateLimited, "A code was sent a short while ago. Ask for another one in %s.", spellWait(wait))
	if wait > 10*time.Minute {
		e.Message = "Too many codes were sent in the last 24 hours. Ask for another one in " + spellWait(wait) + "."
	}
	e.RetryAfter = wait
	return e
}
