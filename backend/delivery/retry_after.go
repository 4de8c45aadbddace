package delivery

import (
	"math"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// maxRetryAfter is the longest wait that a provider can ask for. Messages are given
// up after MaxAge, which is as long.
const maxRetryAfter = 24 * time.Hour

// retryAfterOf is the first wait that the headers ask for: a proxy may add a second one, and the
// first may be one that cannot be read. 0 for none.
func retryAfterOf(header http.Header, now time.Time) time.Duration {
	for _, value := range header.Values("Retry-After") {
		if wait := retryAfter(value, now); wait > 0 {
			return wait
		}
	}
	return 0
}

var (
	// waitSeconds matches a wait in seconds, the first of a list. RFC 9110 has whole ones; some servers write
	// fractions.
	waitSeconds = regexp.MustCompile(`^([0-9]+(?:\.[0-9]*)?)\s*(?:,|$)`)
	// universal matches the names of a time zone that dates of HTTP call GMT, and what follows the date
	// in a list.
	universal = regexp.MustCompile(`\s(?:UTC|GMT|UT|Z|[+-]0000)(?:\s*,.*)?$`)
)

// retryAfter reads the header Retry-After in both of its forms, seconds and a date
// (RFC 9110, 10.2.3), in quotes, too, and rounds up to whole seconds; at most maxRetryAfter. It is 0 when
// the header is missing, malformed, negative or in the past.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(strings.Trim(strings.TrimSpace(value), `"`))
	if found := waitSeconds.FindStringSubmatch(value); found != nil {
		seconds, _ := strconv.ParseFloat(found[1], 64) // +Inf for more digits than a number has
		return time.Duration(math.Ceil(min(seconds, maxRetryAfter.Seconds()))) * time.Second
	}
	date, err := http.ParseTime(universal.ReplaceAllString(value, " GMT"))
	if err != nil {
		date, err = time.Parse(time.RFC3339, value)
	}
	if err != nil {
		return 0
	}
	return min(max(date.Sub(now), 0), maxRetryAfter)
}
