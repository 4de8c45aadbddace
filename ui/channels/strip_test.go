package channels

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

func TestSpeedIsThatOfWhatWasTaken(t *testing.T) {
	try := func(o backend.Outcome, ms int) backend.Attempt {
		return backend.Attempt{Outcome: o, Duration: time.Duration(ms) * time.Millisecond}
	}
	if _, _, known := speed([]backend.Attempt{try(backend.OutcomeFailed, 5)}); known {
		t.Error("a refusal has a speed")
	}
	median, slowest, _ := speed([]backend.Attempt{try(backend.OutcomeSent, 90), try(backend.OutcomeFailed, 9000), try(backend.OutcomeHeld, 0), try(backend.OutcomeSent, 50), try(backend.OutcomeSent, 10), try(backend.OutcomeDelayed, 7000)})
	if median != 50*time.Millisecond || slowest != 90*time.Millisecond {
		t.Errorf("median %v, slowest %v", median, slowest)
	}
	if median, _, _ = speed([]backend.Attempt{try(backend.OutcomeSent, 10), try(backend.OutcomeSent, 30)}); median != 20*time.Millisecond {
		t.Errorf("median of two: %v", median)
	}
}
