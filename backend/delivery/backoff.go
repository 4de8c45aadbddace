package delivery

import (
	"math/rand/v2"
	"time"
)

// waits are the longest waits after the first, the second and so on failure;
// the last one stays.
var waits = []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute}

// MaxAge is how long a message without an end of its own is tried.
const MaxAge = 24 * time.Hour

// Next says when a message that failed with e is to be tried again, and
// whether there is no use in that: because it never will be taken, or not
// before it has expired. attempt counts the tries that were made, from 1;
// firstAt is when the message was written; expires is zero for a message that
// keeps. jitter chooses a wait from zero to the longest one, so that the
// messages of an outage do not all come back at once; nil chooses by chance.
func Next(attempt int, firstAt, now, expires time.Time, e *Error, jitter func(time.Duration) time.Duration) (at time.Time, giveUp bool) {
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
	wait := jitter(waits[min(max(attempt, 1), len(waits))-1])
	at = now.Add(max(wait, e.RetryAfter))
	if !at.Before(last) {
		return time.Time{}, true
	}
	return at, false
}
