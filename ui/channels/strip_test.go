package channels

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

func TestSpeedCountsOnlyMessagesThatWereSent(t *testing.T) {
	attempt := func(o backend.Outcome, ms int) backend.Attempt {
		return backend.Attempt{Outcome: o, Duration: time.Duration(ms) * time.Millisecond}
	}
	if _, _, known := speed([]backend.Attempt{attempt(backend.OutcomeFailed, 5)}); known {
		t.Error("a failed attempt has a speed")
	}
	median, slowest, _ := speed([]backend.Attempt{
		attempt(backend.OutcomeSent, 90), attempt(backend.OutcomeFailed, 9000), attempt(backend.OutcomeHeld, 0),
		attempt(backend.OutcomeSent, 50), attempt(backend.OutcomeSent, 10), attempt(backend.OutcomeDelayed, 7000),
	})
	if median != 50*time.Millisecond || slowest != 90*time.Millisecond {
		t.Errorf("median %v, slowest %v", median, slowest)
	}
	if median, _, _ = speed([]backend.Attempt{attempt(backend.OutcomeSent, 10), attempt(backend.OutcomeSent, 30)}); median != 20*time.Millisecond {
		t.Errorf("median of two: %v", median)
	}
}
