package delivery

import (
	"testing"
	"time"
)

func TestNext(t *testing.T) {
	written := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	longest := func(d time.Duration) time.Duration { return d }
	shortest := func(time.Duration) time.Duration { return 0 }
	in := func(d time.Duration) time.Time { return written.Add(d) }
	never := time.Time{}
	for _, test := range []struct {
		name         string
		attempt      int
		now, expires time.Time
		e            Error
		jitter       func(time.Duration) time.Duration
		want         time.Time // zero for giving up
	}{
		{"after the first", 1, in(0), never, Error{}, longest, in(5 * time.Second)},
		{"after the second", 2, in(time.Minute), never, Error{}, longest, in(90 * time.Second)},
		{"after the third", 3, in(0), never, Error{}, longest, in(2 * time.Minute)},
		{"after the fourth", 4, in(0), never, Error{}, longest, in(10 * time.Minute)},
		{"after many", 99, in(0), never, Error{}, longest, in(10 * time.Minute)},
		{"with luck at once", 4, in(time.Hour), never, Error{}, shortest, in(time.Hour)},
		{"before it was counted", 0, in(0), never, Error{}, longest, in(5 * time.Second)},
		{"as the provider asks", 1, in(0), never, Error{Kind: RateLimited, RetryAfter: time.Hour}, longest, in(time.Hour)},
		{"later than the provider asks", 4, in(0), never, Error{RetryAfter: time.Second}, longest, in(10 * time.Minute)},
		{"never, as the provider says", 1, in(0), never, Error{Kind: Permanent, RetryAfter: time.Second}, shortest, never},
		{"while the code lives", 3, in(0), in(3 * time.Minute), Error{}, longest, in(2 * time.Minute)},
		{"not once the code is dead", 3, in(time.Minute), in(3 * time.Minute), Error{}, longest, never},
		{"not when the provider wants to wait longer than the code lives", 1, in(0), in(10 * time.Minute), Error{RetryAfter: time.Hour}, shortest, never},
		{"for a day", 9, in(24*time.Hour - time.Second), never, Error{}, shortest, in(24*time.Hour - time.Second)},
		{"and no longer", 9, in(24 * time.Hour), never, Error{}, shortest, never},
		{"a day at most, however long the message would keep", 9, in(24 * time.Hour), in(48 * time.Hour), Error{}, shortest, never},
	} {
		at, giveUp := Next(test.attempt, written, test.now, test.expires, &test.e, test.jitter)
		if !at.Equal(test.want) || giveUp != test.want.IsZero() {
			t.Errorf("%s: %v, %v, want %v", test.name, at, giveUp, test.want)
		}
	}
	for range 1000 {
		if at, giveUp := Next(1, written, written, never, &Error{}, nil); giveUp || at.Before(written) || !at.Before(in(5*time.Second)) {
			t.Fatalf("by chance at %v, %v", at, giveUp)
		}
	}
}
