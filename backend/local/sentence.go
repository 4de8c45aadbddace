package local

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// plural writes a number with its noun: 1 message, 2 messages.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// tries writes how often something can be tried: 1 try, 2 tries.
func tries(n int) string {
	if n == 1 {
		return "1 try"
	}
	return fmt.Sprintf("%d tries", n)
}

// listNumbers writes a list for a sentence: 3, 4 and 7.
func listNumbers(list []int) string {
	var b strings.Builder
	for i, n := range list {
		switch {
		case i > 0 && i == len(list)-1:
			b.WriteString(" and ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(strconv.Itoa(n))
	}
	return b.String()
}

// spellWait writes a time for a sentence, rounded up to seconds, with the two largest
// of hours, minutes and seconds: 1 hour and 5 minutes.
func spellWait(d time.Duration) string {
	units := []struct {
		size time.Duration
		name string
	}{{time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}}
	var parts []string
	d = (d + time.Second - 1).Truncate(time.Second)
	for _, u := range units {
		if n := int(d / u.size); n > 0 && len(parts) < 2 {
			parts = append(parts, plural(n, u.name))
		}
		d %= u.size
	}
	return strings.Join(parts, " and ")
}
