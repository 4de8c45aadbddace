package shell_test

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui/shell"
)

func TestTimesInThePastAsTheyAreTyped(t *testing.T) {
	zone := time.FixedZone("+04", 4*60*60)
	now := time.Date(2026, 11, 26, 10, 30, 0, 0, zone)
	for text, want := range map[string]string{
		"90s": "2026-11-26 10:28:30", "2h": "2026-11-26 08:30:00", "1.5h": "2026-11-26 09:00:00", "2h30m": "2026-11-26 08:00:00",
		"3d 12h": "2026-11-22 22:30:00", "1 week, 2 days ago": "2026-11-17 10:30:00", "3 Hours": "2026-11-26 07:30:00",
		"0s": "2026-11-26 10:29:59", "15 mins": "2026-11-26 10:15:00",
		"10:05": "2026-11-26 10:05:00", "14:05": "2026-11-25 14:05:00", "14:05:06": "2026-11-25 14:05:06",
		"yesterday": "2026-11-25 10:30:00", "yesterday 09:00": "2026-11-25 09:00:00",
		"2026-11-20": "2026-11-20 00:00:00", "2026-11-20 14:05": "2026-11-20 14:05:00", "2026-11-20 14:05:06": "2026-11-20 14:05:06",
		"2026-11-20T14:05": "2026-11-20 14:05:00", "2026-11-20T14:05:06": "2026-11-20 14:05:06",
		"2026-11-20T10:05:06Z": "2026-11-20 14:05:06", "2026-11-20T10:05+02:00": "2026-11-20 12:05:00",
	} {
		at, err := shell.ParsePast(text, now)
		if got := at.In(zone).Format(time.DateTime); err != nil || got != want {
			t.Errorf("%q: %s, %v, not %s", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"":                           "Type at 2h, at 3d 12h, at 14:05 or at 2026-11-20 14:05.",
		"soon":                       "Type at 2h, at 3d 12h, at 14:05 or at 2026-11-20 14:05.",
		"2h nonsense":                "Type at 2h, at 3d 12h, at 14:05 or at 2026-11-20 14:05.",
		"500ms":                      "Type an age in s, m, h, d or w: at 2h, at 3d 12h, at 8w.",
		"5ss":                        "Type an age in s, m, h, d or w: at 2h, at 3d 12h, at 8w.",
		"2 parsecs":                  "Type an age in s, m, h, d or w: at 2h, at 3d 12h, at 8w.",
		"-2h":                        "Type at 2h, at 3d 12h, at 14:05 or at 2026-11-20 14:05.",
		"25:61":                      "Type at 2h, at 3d 12h, at 14:05 or at 2026-11-20 14:05.",
		"2026-02-30":                 "Type at 2h, at 3d 12h, at 14:05 or at 2026-11-20 14:05.",
		"999999w":                    "This is more than 100 years ago. Type a shorter age.",
		"99999999999999999999999h":   "This is more than 100 years ago. Type a shorter age.",
		"60y":                        "Type an age in s, m, h, d or w: at 2h, at 3d 12h, at 8w.",
		"50000000 minutes 5000 days": "This is more than 100 years ago. Type a shorter age.",
	} {
		if at, err := shell.ParsePast(text, now); err == nil || err.Error() != want {
			t.Errorf("%q: %v, %v, not %q", text, at, err, want)
		}
	}
}
