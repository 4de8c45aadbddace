package shell

import (
	"slices"
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
	for want, zone := range map[string]*time.Location{
		"UTC": time.UTC, "CET": time.FixedZone("CET", 3600), "UTC+05:30": time.FixedZone("+0530", 19800), "UTC-03:00": time.FixedZone("-03", -10800),
	} {
		if got := Zone(noon.In(zone)); got != want {
			t.Errorf("%q in place of %q", got, want)
		}
	}
}

// TestTheStyleOfTimes: an age, or the time of day and on another day the date, in the local zone
// or in UTC.
func TestTheStyleOfTimes(t *testing.T) {
	zone := time.FixedZone("-03", -3*3600)
	for style, want := range map[string][]string{
		"":      {"5m ago", "11h ago", "20d ago", "400d ago", "UTC-03:00", "08:55:00"},
		"ago":   {"5m ago", "11h ago", "20d ago", "400d ago", "UTC-03:00", "08:55:00"},
		"local": {"08:55", "Nov 22", "Nov 3", "2025-10-19", "UTC-03:00", "08:55:00"},
		"utc":   {"11:55", "01:00", "Nov 3", "2025-10-19", "UTC", "11:55:00"},
	} {
		s := New(Options{Times: style, Now: func() time.Time { return noon.In(zone) }})
		got := []string{s.Ago(noon.Add(-5 * time.Minute)), s.Ago(noon.Add(-11 * time.Hour)), s.Ago(noon.Add(-20 * 24 * time.Hour)),
			s.Ago(noon.Add(-400 * 24 * time.Hour)), Zone(s.Now), Stamp(s.Now, noon.Add(-5*time.Minute))}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q in place of %q", style, got, want)
		}
	}
}
