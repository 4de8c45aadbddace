package ui

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

func TestTimesAreToldAsPeopleSayThem(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{age(noon, noon.Add(-30*time.Second)), "just now"}, {age(noon, noon.Add(-3*time.Minute)), "3 min ago"},
		{age(noon, noon.Add(-5*time.Hour)), "5 h ago"}, {age(noon, noon.Add(-12*24*time.Hour)), "12 d ago"}, {age(noon, noon.Add(time.Hour)), "just now"},
		{took(84 * time.Millisecond), "84 ms"}, {took(12300 * time.Millisecond), "12.3 s"},
		{again(noon, noon.Add(25*time.Second)), "again in 0:25"}, {again(noon, noon), "again now"},
		{stampAhead(noon, noon.Add(24*time.Hour)), "tomorrow 12:00"}, {stampAhead(noon, noon.Add(time.Hour)), "today 13:00"}, {stampAhead(noon, noon.Add(72*time.Hour)), "2026-11-26 12:00"},
	} {
		if c.got != c.want {
			t.Errorf("%q in place of %q", c.got, c.want)
		}
	}
}

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
