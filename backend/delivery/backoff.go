package delivery

import (
	"math/rand/v2"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// maxWaits are the longest waits after the first, second, third and every further
// attempt that failed.
var maxWaits = []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute}

// MaxAge is how long attempts are made to send a message that does not expire earlier.
const MaxAge = 24 * time.Hour

// unknownWaits are the waits after the first and the second attempt of which it is not known
// whether the message was taken. Then there is no other. A server that had the whole message
// has mostly taken it, and every further attempt may be one more copy: so there are three at
// most, where a message that is refused for now is tried some 290 times in a day. The first
// wait is half the life of a code, the second leaves time to mend a server.
var unknownWaits = []time.Duration{backend.CodeLifetime / 2, time.Hour}

// NextAfterUnknown returns the time of the next attempt after one with the kind Unknown.
// giveUp is true, and the time zero, when there must be none. unknown is how many
// attempts at the message ended like this, from 1; the others are as for NextAttempt.
func NextAfterUnknown(unknown int, firstAt, now, expires time.Time) (at time.Time, giveUp bool) {
	if unknown > len(unknownWaits) {
		return time.Time{}, true
	}
	at = now.Add(unknownWaits[max(unknown, 1)-1])
	if !at.Before(lastAttempt(firstAt, expires)) {
		return time.Time{}, true
	}
	return at, false
}

// lastAttempt is until when attempts are made.
func lastAttempt(firstAt, expires time.Time) time.Time {
	last := firstAt.Add(MaxAge)
	if !expires.IsZero() && expires.Before(last) {
		last = expires
	}
	return last
}

// NextAttempt returns the time of the next attempt to send a message after one that failed
// with e. giveUp is true, and the time zero, when there must be none: e is permanent,
// or the message would be older than MaxAge or expired by then. attempt is how many
// attempts were made, from 1; firstAt is when the message was written; expires is
// zero for a message that does not expire. The wait is at least e.RetryAfter. jitter
// chooses one from 0 to its argument, so that after an outage the messages are not
// all sent at once; nil chooses at random.
func NextAttempt(attempt int, firstAt, now, expires time.Time, e *Error, jitter func(time.Duration) time.Duration) (at time.Time, giveUp bool) {
	if e.Kind == Permanent {
		return time.Time{}, true
	}
	if jitter == nil {
		jitter = rand.N[time.Duration]
	}
	wait := jitter(maxWaits[min(max(attempt, 1), len(maxWaits))-1])
	at = now.Add(max(wait, e.RetryAfter))
	if !at.Before(lastAttempt(firstAt, expires)) {
		return time.Time{}, true
	}
	return at, false
}
