package delivery

import (
	"math/rand/v2"
	"time"
)

// maxWaits are the longest waits after the first, second, third and every further
// attempt that failed.
var maxWaits = []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute}

// MaxAge is how long attempts are made to send a message that does not expire earlier.
const MaxAge = 24 * time.Hour

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
	last := firstAt.Add(MaxAge)
	if !expires.IsZero() && expires.Before(last) {
		last = expires
	}
	wait := jitter(maxWaits[min(max(attempt, 1), len(maxWaits))-1])
	at = now.Add(max(wait, e.RetryAfter))
	if !at.Before(last) {
		return time.Time{}, true
	}
	return at, false
}
