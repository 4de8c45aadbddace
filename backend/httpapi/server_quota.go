package httpapi

import (
	"math"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/time/rate"
)

// The headers that tell a caller how far a limit is
// (draft-ietf-httpapi-ratelimit-headers-10): "requests";q=2000;w=2 says how many are allowed in
// how many seconds, and "requests";r=1999;t=1 how many are left, and after how many seconds
// there are more.
const (
	headerPolicy = "RateLimit-Policy"
	headerLeft   = "RateLimit"
)

// The names of the limits in these headers.
const (
	quotaOfToken   = "requests" // of one token
	quotaOfAddress = "address"  // requests of one address
	quotaOfDay     = "changes"  // of one token
)

// quota is how far a limit is for a caller. The zero quota is no limit.
type quota struct {
	name           string
	limit, left    int
	window, moreIn int // seconds
}

// note tells the caller, behind what the answer tells of other limits.
func (q quota) note(w http.ResponseWriter) {
	if q.limit == 0 {
		return
	}
	q.add(w.Header(), headerPolicy, ";q=", q.limit, ";w=", q.window)
	q.add(w.Header(), headerLeft, ";r=", q.left, ";t=", q.moreIn)
}

func (q quota) add(h http.Header, name, count string, n int, span string, seconds int) {
	text := make([]byte, 0, 80)
	if before := h.Get(name); before != "" {
		text = append(append(text, before...), ", "...)
	}
	text = append(append(append(text, '"'), q.name...), '"')
	text = strconv.AppendInt(append(text, count...), int64(n), 10)
	text = strconv.AppendInt(append(text, span...), int64(seconds), 10)
	h.Set(name, string(text))
}

// quotaOf is how far the limit is for the caller of a bucket.
func (l *limiter) quotaOf(b *rate.Limiter, now time.Time) quota {
	tokens := max(0, b.TokensAt(now))
	q := quota{name: l.name, limit: l.rate.Burst, left: int(tokens), window: wholeSeconds(float64(l.rate.Burst) / l.rate.PerSecond)}
	if q.left < q.limit {
		q.moreIn = wholeSeconds((float64(q.left+1) - tokens) / l.rate.PerSecond)
	}
	return q
}

// wholeSeconds rounds up.
func wholeSeconds(n float64) int { return int(math.Ceil(min(n, math.MaxInt32))) }

// quotaOf is how far the limit of a day is for a token.
func (l *changeLimit) quotaOf(token string, now time.Time) quota {
	if l.perDay < 0 {
		return quota{}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	q := quota{name: quotaOfDay, limit: l.perDay, left: l.perDay, window: int(changeDay.Seconds())}
	if d := l.days[token]; d != nil && !d.isOver(now) && d.count > 0 {
		q.left, q.moreIn = max(0, l.perDay-d.count), seconds(d.since.Add(changeDay).Sub(now))
	}
	return q
}
