package httpapi

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/account-settings/pinghome/backend"
)

// Rate is how many requests may come: PerSecond on the whole, Burst at once.
type Rate struct {
	PerSecond float64
	Burst     int
}

// Unlimited never refuses.
var Unlimited = Rate{PerSecond: -1}

// DefaultRate is the requests a second of one token without other wishes: far
// above what a person's console or a script does, and low enough that one
// caller leaves room for the others. The limits on codes are the backend's, and
// much stricter.
const DefaultRate = 1000

// Rates are the limits of a token that may send n requests a second, and of an
// address, which may have two such tokens; Unlimited for 0. For a moment, each
// may send twice as many.
func Rates(n int) (token, address Rate) {
	if n == 0 {
		return Unlimited, Unlimited
	}
	return Rate{PerSecond: float64(n), Burst: 2 * n}, Rate{PerSecond: float64(2 * n), Burst: 4 * n}
}

// mostBuckets bounds the memory of a limiter, at about 100 bytes each.
const mostBuckets = 10_000

// limiter counts requests by key.
type limiter struct {
	rate    Rate
	mu      sync.Mutex
	buckets map[string]*rate.Limiter
	swept   time.Time
}

func newLimiter(r, otherwise Rate) *limiter {
	if r == (Rate{}) {
		r = otherwise
	}
	return &limiter{rate: r, buckets: map[string]*rate.Limiter{}}
}

// take counts one request. Error: rate_limited.
func (l *limiter) take(key string, now time.Time) error {
	if l.rate.PerSecond < 0 {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.bucket(key, now)
	if b.AllowN(now, 1) {
		return nil
	}
	e := backend.Errorf(backend.CodeRateLimited, "Too many requests in a short time. Slow down, and try again in a moment.")
	e.RetryAfter = time.Duration((1 - b.TokensAt(now)) / l.rate.PerSecond * float64(time.Second))
	return e
}

// bucket finds or makes the key's. When there are too many, those that are
// full again go: they know nothing that a new one does not. When there are
// none, the newcomers share one.
func (l *limiter) bucket(key string, now time.Time) *rate.Limiter {
	b, known := l.buckets[key]
	if known {
		return b
	}
	if len(l.buckets) >= mostBuckets && now.Sub(l.swept) > time.Second {
		l.swept = now
		for k, b := range l.buckets {
			if b.TokensAt(now) >= float64(l.rate.Burst) {
				delete(l.buckets, k)
			}
		}
	}
	if len(l.buckets) >= mostBuckets {
		key = ""
		if b, known = l.buckets[key]; known {
			return b
		}
	}
	b = rate.NewLimiter(rate.Limit(l.rate.PerSecond), l.rate.Burst)
	l.buckets[key] = b
	return b
}

// isLocal reports whether a request comes from this machine: then it may have
// come through a proxy here, and its address says nothing of who it is from.
func isLocal(remote string) bool {
	address, err := netip.ParseAddrPort(remote)
	return err == nil && address.Addr().Unmap().IsLoopback()
}

// addressKey is what an address is counted by: IPv6 by the network of 64 bits
// that one household gets (RFC 6177).
func addressKey(remote string) string {
	whole, err := netip.ParseAddrPort(remote)
	if err != nil {
		return remote
	}
	address := whole.Addr().Unmap()
	if address.Is6() {
		if network, err := address.WithZone("").Prefix(64); err == nil {
			return network.String()
		}
	}
	return address.String()
}
