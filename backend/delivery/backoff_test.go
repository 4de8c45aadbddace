package delivery

import (
	"testing"
	"time"
)

func TestNext(t *testing.T) {
	written := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	longest := func(d time.Duration) time.Duration { return d }
	shortest := func(time.Duration) time.Duration { return 0 }
	in := written.Add
	never := time.Time{}
	for _, test := range []struct {
		name         string
		attempt      int
		now, expires time.Time
		e            Error
		jitter       func(time.Duration) time.Duration
		want         time.Time // zero when it must give up
	}{
		{"first attempt", 1, in(0), never, Error{}, longest, in(5 * time.Second)},
		{"second attempt", 2, in(time.Minute), never, Error{}, longest, in(90 * time.Second)},
		{"third attempt", 3, in(0), never, Error{}, longest, in(2 * time.Minute)},
		{"fourth attempt", 4, in(0), never, Error{}, longest, in(10 * time.Minute)},
		{"later attempts", 99, in(0), never, Error{}, longest, in(10 * time.Minute)},
		{"the shortest wait is none", 4, in(time.Hour), never, Error{}, shortest, in(time.Hour)},
		{"no attempt was counted", 0, in(0), never, Error{}, longest, in(5 * time.Second)},
		{"the provider asks for a longer wait", 1, in(0), never, Error{Kind: RateLimited, RetryAfter: time.Hour}, longest, in(time.Hour)},
		{"the provider asks for a shorter wait", 4, in(0), never, Error{RetryAfter: time.Second}, longest, in(10 * time.Minute)},
		{"permanent", 1, in(0), never, Error{Kind: Permanent, RetryAfter: time.Second}, shortest, never},
		{"before the code expires", 3, in(0), in(3 * time.Minute), Error{}, longest, in(2 * time.Minute)},
		{"after the code expires", 3, in(time.Minute), in(3 * time.Minute), Error{}, longest, never},
		{"the provider asks for a wait until after the code expires", 1, in(0), in(10 * time.Minute), Error{RetryAfter: time.Hour}, shortest, never},
		{"just under a day", 9, in(24*time.Hour - time.Second), never, Error{}, shortest, in(24*time.Hour - time.Second)},
		{"a day", 9, in(24 * time.Hour), never, Error{}, shortest, never},
		{"a day, though the message expires later", 9, in(24 * time.Hour), in(48 * time.Hour), Error{}, shortest, never},
	} {
		at, giveUp := NextAttempt(test.attempt, written, test.now, test.expires, &test.e, test.jitter)
		if !at.Equal(test.want) || giveUp != test.want.IsZero() {
			t.Errorf("%s: at %v, giveUp %v, want %v", test.name, at, giveUp, test.want)
		}
	}
	for range 1000 {
		if at, giveUp := NextAttempt(1, written, written, never, &Error{}, nil); giveUp || at.Before(written) || !at.Before(in(5*time.Second)) {
			t.Fatalf("with a random wait: at %v, giveUp %v", at, giveUp)
		}
	}
}

// TestWhatMayHaveBeenTakenIsTriedLaterAndSeldom: never a copy with each try.
func TestWhatMayHaveBeenTakenIsTriedLaterAndSeldom(t *testing.T) {
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	for _, c := range []struct {
		unknown int
		now     time.Duration // after at
		expires time.Duration // after at; 0 for a message that does not
		want    time.Duration // after now; 0 for no other attempt
	}{
		{1, 0, 0, 5 * time.Minute},
		{2, 5 * time.Minute, 0, time.Hour},
		{3, time.Hour, 0, 0},
		{1, 23*time.Hour + 56*time.Minute, 0, 0},
		{1, time.Minute, 10 * time.Minute, 5 * time.Minute},
		{1, 6 * time.Minute, 10 * time.Minute, 0},
		{2, 5 * time.Minute, 10 * time.Minute, 0},
	} {
		now, expires := at.Add(c.now), time.Time{}
		if c.expires > 0 {
			expires = at.Add(c.expires)
		}
		next, giveUp := NextAfterUnknown(c.unknown, at, now, expires)
		if giveUp != (c.want == 0) || !giveUp && next.Sub(now) != c.want {
			t.Errorf("%+v: %v, %v", c, next, giveUp)
		}
	}
}
