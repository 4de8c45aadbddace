package httpapi

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/account-settings/pinghome/backend"
)

// Rate is how many requests are allowed: PerSecond on average, Burst at once.
// A negative PerSecond is no limit.
type Rate struct {
	PerSecond float64
	Burst     int
}

// Unlimited refuses no request.
var Unlimited = Rate{PerSecond: -1}

// DefaultRate is how many requests a second one token may send by default: far
// above what a console or a script does, and low enough that one caller leaves
// room for the others. Codes have limits of their own in the backend, which are
// much stricter.
const DefaultRate = 1000

// Rates are the limits of a token that may send n requests a second, and of an
// address, which may send as many as two tokens. Each may send twice as many at
// once. Both are Unlimited for 0.
func Rates(n int) (token, address Rate) {
	if n == 0 {
		return Unlimited, Unlimited
	}
	return Rate{PerSecond: float64(n), Burst: 2 * n}, Rate{PerSecond: float64(2 * n), Burst: 4 * n}
}

// maxBuckets bounds the memory of a limiter, at about 100 bytes each.
const maxBuckets = 10_000

// limiter counts requests by key.
type limiter struct {
	name    string // for callers
	rate    Rate
	mu      sync.Mutex
	buckets map[string]*rate.Limiter
	swept   time.Time
}

// newLimiter makes a limiter of r, or of byDefault when r is the zero Rate.
func newLimiter(name string, r, byDefault Rate) *limiter {
	if r == (Rate{}) {
		r = byDefault
	}
	return &limiter{name: name, rate: r, buckets: map[string]*rate.Limiter{}}
}

// take counts one request, and returns how far the limit is then. Error: rate_limited.
func (l *limiter) take(key string, now time.Time) (quota, error) {
	if l.rate.PerSecond < 0 {
		return quota{}, nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.bucket(key, now)
	if b.AllowN(now, 1) {
		return l.quotaOf(b, now), nil
	}
	e := backend.Errorf(backend.CodeRateLimited, "Too many requests in a short time. Slow down, and try again in a moment.")
	e.RetryAfter = time.Duration((1 - b.TokensAt(now)) / l.rate.PerSecond * float64(time.Second))
	return l.quotaOf(b, now), e
}

// bucket finds or makes the bucket of a key. When there are too many, those
// that are full again are dropped: a new one would be the same. When none is
// full, new keys share one bucket.
func (l *limiter) bucket(key string, now time.Time) *rate.Limiter {
	b, known := l.buckets[key]
	if known {
		return b
	}
	if len(l.buckets) >= maxBuckets && now.Sub(l.swept) > time.Second {
		l.swept = now
		for k, b := range l.buckets {
			if b.TokensAt(now) >= float64(l.rate.Burst) {
				delete(l.buckets, k)
			}
		}
	}
	if len(l.buckets) >= maxBuckets {
		key = ""
		if b, known = l.buckets[key]; known {
			return b
		}
	}
	b = rate.NewLimiter(rate.Limit(l.rate.PerSecond), l.rate.Burst)
	l.buckets[key] = b
	return b
}

// addressKey is the key of an address: for IPv6 the network of 64 bits, which
// is the least that one household gets (RFC 6177).
func addressKey(address netip.Addr) string {
	if address.Is6() {
		if network, err := address.Prefix(64); err == nil {
			return network.String()
		}
	}
	return address.String()
}
