package shell

import (
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestTimesAreToldAsPeopleSayThem(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Age(noon, noon.Add(-30*time.Second)), "just now"}, {Age(noon, noon.Add(-3*time.Minute)), "3 min ago"},
		{Age(noon, noon.Add(-5*time.Hour)), "5 h ago"}, {Age(noon, noon.Add(-12*24*time.Hour)), "12 d ago"}, {Age(noon, noon.Add(time.Hour)), "just now"},
		{Took(84 * time.Millisecond), "84 ms"}, {Took(12300 * time.Millisecond), "12.3 s"},
		{Again(noon, noon.Add(25*time.Second)), "again in 0:25"}, {Again(noon, noon), "again now"},
		{StampAhead(noon, noon.Add(24*time.Hour)), "tomorrow 12:00"}, {StampAhead(noon, noon.Add(time.Hour)), "today 13:00"}, {StampAhead(noon, noon.Add(72*time.Hour)), "2026-11-26 12:00"},
	} {
		if c.got != c.want {
			t.Errorf("%q in place of %q", c.got, c.want)
		}
	}
}
