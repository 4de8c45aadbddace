package shell

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Ago is an age for a table: "now", "2m ago", "3d ago", from 100 days on the date.
func Ago(now, at time.Time) string {
	switch d := now.Sub(at); {
	case d < time.Minute:
		return "now"
	case d < time.Hour:
		return fmt.Sprintf("%dm ago", int(d/time.Minute))
	case d < 24*time.Hour:
		return fmt.Sprintf("%dh ago", int(d/time.Hour))
	case d < 100*24*time.Hour:
		return fmt.Sprintf("%dd ago", int(d/(24*time.Hour)))
	}
	return at.Local().Format("2006-01-02")
}

// Stamp is a point in time: "today 12:00", "yesterday 12:00", "2026-11-23 12:00", or
// "unknown" for the zero time.
func Stamp(now, at time.Time) string {
	if at.IsZero() {
		return "unknown"
	}
	now, at = now.Local(), at.Local()
	y, m, d := now.Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, now.Location())
	switch {
	case !at.Before(today) && at.Before(today.AddDate(0, 0, 1)):
		return "today " + at.Format("15:04")
	case !at.Before(today.AddDate(0, 0, -1)) && at.Before(today):
		return "yesterday " + at.Format("15:04")
	}
	return at.Format("2006-01-02 15:04")
}

// Day is a date, or "unknown" for the zero time.
func Day(at time.Time) string {
	if at.IsZero() {
		return "unknown"
	}
	return at.Local().Format("2006-01-02")
}

// Span is a duration as m:ss, or as h:mm:ss from an hour on.
func Span(d time.Duration) string {
	s := max(0, int((d+time.Second-1)/time.Second))
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// TimeLeft is how long a code can still be entered as mm:ss, "" when it cannot.
func TimeLeft(c *backend.CodeState, now time.Time) string {
	if !c.Live(now) {
		return ""
	}
	return fmt.Sprintf("%02d:%02d", int(c.ExpiresAt.Sub(now)/time.Minute), int(c.ExpiresAt.Sub(now)/time.Second)%60)
}

// Count is a number with its noun: "1 channel", "2 channels".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Age is an age in a sentence: "just now", "3 min ago", "5 h ago", "12 d ago".
func Age(now, at time.Time) string {
	switch span := now.Sub(at); {
	case span < time.Minute:
		return "just now"
	case span < time.Hour:
		return fmt.Sprintf("%d min ago", int(span/time.Minute))
	case span < 24*time.Hour:
		return fmt.Sprintf("%d h ago", int(span/time.Hour))
	default:
		return fmt.Sprintf("%d d ago", int(span/(24*time.Hour)))
	}
}

// Took is a duration as a measurement: "84 ms", "12.3 s".
func Took(span time.Duration) string {
	if span < 10*time.Second {
		return fmt.Sprintf("%d ms", span.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", span.Seconds())
}

// Again says when the next try is: "again in 0:25", "again now".
func Again(now, at time.Time) string {
	if !now.Before(at) {
		return "again now"
	}
	return "again in " + Span(at.Sub(now))
}

// StampAhead is Stamp for the future, with "tomorrow 12:00".
func StampAhead(now, at time.Time) string {
	y, m, d := now.Local().Date()
	tomorrow := time.Date(y, m, d+1, 0, 0, 0, 0, now.Local().Location())
	if at = at.Local(); !at.Before(tomorrow) && at.Before(tomorrow.AddDate(0, 0, 1)) {
		return "tomorrow " + at.Format("15:04")
	}
	return Stamp(now, at)
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
