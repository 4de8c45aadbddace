package shell

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const day = 24 * time.Hour

// longestAge is the longest age that is taken: a time before any account.
const longestAge = 100 * 365 * day

// ages are the units of an age, by how each may be spelled.
var ages = map[string]time.Duration{
	"s": time.Second, "sec": time.Second, "secs": time.Second, "second": time.Second, "seconds": time.Second,
	"m": time.Minute, "min": time.Minute, "mins": time.Minute, "minute": time.Minute, "minutes": time.Minute,
	"h": time.Hour, "hr": time.Hour, "hrs": time.Hour, "hour": time.Hour, "hours": time.Hour, "d": day, "day": day, "days": day,
	"w": 7 * day, "wk": 7 * day, "wks": 7 * day, "week": 7 * day, "weeks": 7 * day,
}

var (
	agePart  = regexp.MustCompile(`(\d+(?:\.\d+)?)\s*([a-z]+)`)
	wholeAge = regexp.MustCompile(`^(?:\d+(?:\.\d+)?\s*[a-z]+[\s,]*)+$`)
)

var (
	errPastForm = errors.New("Type at 2h, at 3d 12h, at 14:05 or at 2026-11-20 14:05.")
	errPastUnit = errors.New("Type an age in s, m, h, d or w: at 2h, at 3d 12h, at 8w.")
	errPastLong = errors.New("This is more than 100 years ago. Type a shorter age.")
)

// ParsePast reads a time in the past: an age, such as 90s, 2h or 3d 12h, a time of day (14:05), the
// last one that there was, or a date, with or without a time (2026-11-20 14:05). Times without a
// zone are in that of now. Error: a sentence.
func ParsePast(text string, now time.Time) (time.Time, error) {
	text = strings.Join(strings.Fields(strings.ToLower(text)), " ")
	if age := strings.TrimSpace(strings.TrimSuffix(text, " ago")); wholeAge.MatchString(age) {
		return pastByAge(age, now)
	}
	for _, layout := range []string{time.DateTime, "2006-01-02 15:04", time.DateOnly, "2006-01-02T15:04:05", "2006-01-02T15:04",
		time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if at, err := time.ParseInLocation(layout, strings.ToUpper(text), now.Location()); err == nil {
			return at, nil
		}
	}
	clock, isYesterday := strings.CutPrefix(text, "yesterday")
	if isYesterday && clock == "" {
		return now.AddDate(0, 0, -1), nil
	}
	return pastByClock(strings.TrimSpace(clock), isYesterday, now)
}

// pastByAge reads an age: numbers with units.
func pastByAge(text string, now time.Time) (time.Time, error) {
	var sum float64 // nanoseconds: an overflow is a large number
	for _, m := range agePart.FindAllStringSubmatch(text, -1) {
		unit := ages[m[2]]
		n, err := strconv.ParseFloat(m[1], 64)
		if unit == 0 {
			return time.Time{}, errPastUnit
		}
		if err != nil {
			return time.Time{}, errPastLong
		}
		sum += n * float64(unit)
	}
	if sum > float64(longestAge) {
		return time.Time{}, errPastLong
	}
	// What was done in this second is no past to look at.
	return now.Add(-max(time.Duration(sum), time.Second)), nil
}

// pastByClock reads a time of day.
func pastByClock(text string, isYesterday bool, now time.Time) (time.Time, error) {
	for _, layout := range []string{time.TimeOnly, "15:04"} {
		at, err := time.ParseInLocation(layout, text, now.Location())
		if err != nil {
			continue
		}
		at = time.Date(now.Year(), now.Month(), now.Day(), at.Hour(), at.Minute(), at.Second(), 0, now.Location())
		if isYesterday || at.After(now) {
			at = at.AddDate(0, 0, -1)
		}
		return at, nil
	}
	return time.Time{}, errPastForm
}
