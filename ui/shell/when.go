package shell

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Points in time have two forms on the screen: the short one is an age (Ago), the long one
// the time of day with its seconds (Stamp), in the zone that the header names (Zone). The zone
// is that of the time that it is now. TimeStyles says what else the short one can be.

// TimeStyles are how points in time are shown in short: by their age, or by the time of day in
// the local zone or in UTC, on another day by the date. The long form is in that zone, too.
var TimeStyles = []string{timesAgo, timesLocal, timesUTC}

const (
	timesAgo   = "ago"
	timesLocal = "local"
	timesUTC   = "utc"
)

// inZone is a time in the zone of the style that a person has chosen.
func (s *Shell) inZone(now time.Time) time.Time {
	if s.Times == timesUTC {
		return now.UTC()
	}
	return now
}

// Ago is a point in time in short, in the style that a person has chosen: "5m ago", or "15:04",
// "Nov 22" and "2025-11-22".
func (s *Shell) Ago(at time.Time) string {
	now := s.Now
	if s.Times != timesLocal && s.Times != timesUTC {
		return Ago(now, at)
	}
	switch at = at.In(now.Location()); {
	case dayIn(now, at) == dayIn(now, now):
		return at.Format("15:04")
	case at.Year() == now.Year():
		return at.Format("Jan 2")
	}
	return at.Format(time.DateOnly)
}

// Short is a duration in one unit: "<1m", "5m", "3h", "12d".
func Short(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "<1m"
	case d < time.Hour:
		return fmt.Sprintf("%dm", int(d/time.Minute))
	case d < 24*time.Hour:
		return fmt.Sprintf("%dh", int(d/time.Hour))
	}
	return fmt.Sprintf("%dd", int(d/(24*time.Hour)))
}

// Ago is an age: "just now", "5m ago", "3h ago", "12d ago".
func Ago(now, at time.Time) string {
	if d := now.Sub(at); d >= time.Minute {
		return Short(d) + " ago"
	}
	return "just now"
}

// Stamp is a point in time: "12:00:05" today, "2026-11-22 12:00:05" on another day, or
// "unknown" for the zero time.
func Stamp(now, at time.Time) string {
	switch {
	case at.IsZero():
		return "unknown"
	case dayIn(now, now) == dayIn(now, at):
		return at.In(now.Location()).Format(time.TimeOnly)
	}
	return at.In(now.Location()).Format(time.DateTime)
}

// TimeOrDay is a point in time in 10 cells: the time of day, or on another day the date.
func TimeOrDay(now, at time.Time) string {
	if dayIn(now, now) == dayIn(now, at) || at.IsZero() {
		return Stamp(now, at)
	}
	return dayIn(now, at)
}

// Zone names the zone of all times on the screen: "UTC", "CET", "UTC+05:30".
func Zone(now time.Time) string {
	name, offset := now.Zone()
	if strings.Trim(name, "+-0123456789") != "" {
		return name
	}
	sign, minutes := "+", offset/60
	if offset < 0 {
		sign, minutes = "-", -minutes
	}
	return fmt.Sprintf("UTC%s%02d:%02d", sign, minutes/60, minutes%60)
}

// Day is a date in the zone of the style that a person has chosen, or "unknown" for the zero
// time.
func (s *Shell) Day(at time.Time) string { return dayIn(s.Now, at) }

// dayIn is a date in the zone of now.
func dayIn(now, at time.Time) string {
	if at.IsZero() {
		return "unknown"
	}
	return at.In(now.Location()).Format(time.DateOnly)
}

// Span is a duration as m:ss, or as h:mm:ss from an hour on.
func Span(d time.Duration) string {
	s := max(0, int((d+time.Second-1)/time.Second))
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// TimeLeft is how long a code can still be entered as m:ss, "" when it cannot.
func TimeLeft(c *backend.CodeState, now time.Time) string {
	if !c.Live(now) {
		return ""
	}
	return Span(c.ExpiresAt.Sub(now))
}

// Count is a number with its noun: "1 channel", "2 channels".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Number is a number with its thousands set apart: "1,204,331".
func Number(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// Took is a duration as a measurement: "84 ms", "8.0 s".
func Took(span time.Duration) string {
	if span < time.Second {
		return fmt.Sprintf("%d ms", span.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", span.Seconds())
}

// Again says when the next try is: "next try in 0:25", "next try now".
func Again(now, at time.Time) string {
	if !now.Before(at) {
		return "next try now"
	}
	return "next try in " + Span(at.Sub(now))
}

// Tries is a number of tries: "1 try", "2 tries".
func Tries(n int) string {
	if n == 1 {
		return "1 try"
	}
	return strconv.Itoa(n) + " tries"
}

// Capitalized is a text with a capital first letter, which is in ASCII; "" for "".
func Capitalized(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
