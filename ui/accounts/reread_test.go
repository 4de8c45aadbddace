package accounts

import (
	"testing"
	"time"
)

// TestTheListIsReadAgainAtMostOnceASecond where changes are told, and else every 5 seconds.
func TestTheListIsReadAgainAtMostOnceASecond(t *testing.T) {
	for _, c := range []struct {
		isTold, isRunning bool
		age, want         time.Duration
	}{
		{true, false, time.Second, 0},
		{true, false, 300 * time.Millisecond, 700 * time.Millisecond},
		{true, true, time.Minute, time.Second},
		{false, false, 2 * time.Second, 3 * time.Second},
		{false, false, 5 * time.Second, 0},
		{false, true, time.Minute, 5 * time.Second},
	} {
		if got := untilReread(c.isTold, c.isRunning, c.age); got != c.want {
			t.Errorf("%+v: waits %v", c, got)
		}
	}
}
