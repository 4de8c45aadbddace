package shell

import (
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestTimesHaveOneShortAndOneLongForm(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Ago(noon, noon.Add(-30*time.Second)), "just now"}, {Ago(noon, noon.Add(-3*time.Minute)), "3m ago"},
		{Ago(noon, noon.Add(-5*time.Hour)), "5h ago"}, {Ago(noon, noon.Add(-200*24*time.Hour)), "200d ago"}, {Ago(noon, noon.Add(time.Hour)), "just now"},
		{Short(59 * time.Second), "<1m"}, {Short(90 * time.Second), "1m"}, {Took(84 * time.Millisecond), "84 ms"}, {Took(8001 * time.Millisecond), "8.0 s"},
		{Again(noon, noon.Add(25*time.Second)), "next try in 0:25"}, {Again(noon, noon), "next try now"},
		{Stamp(noon, noon.Add(7*time.Second)), "12:00:07"}, {Stamp(noon, noon.Add(-24*time.Hour)), "2026-11-22 12:00:00"}, {Stamp(noon, time.Time{}), "unknown"},
	} {
		if c.got != c.want {
			t.Errorf("%q in place of %q", c.got, c.want)
		}
	}
}

func TestZoneOfAllTimes(t *testing.T) {
	defer func(was *time.Location) { time.Local = was }(time.Local)
	for want, zone := range map[string]*time.Location{
		"UTC": time.UTC, "CET": time.FixedZone("CET", 3600), "UTC+05:30": time.FixedZone("+0530", 19800), "UTC-03:00": time.FixedZone("-03", -10800),
	} {
		time.Local = zone
		if got := Zone(noon); got != want {
			t.Errorf("%q in place of %q", got, want)
		}
	}
}
