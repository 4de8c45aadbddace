package httpapi

import (
	"fmt"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// DefaultChangesPerDay is how many changes a day one token may make by default: more
// than one a second all day, and few enough that a token fills no disk. Every change
// leaves some hundred bytes for ever, in the journal.
const DefaultChangesPerDay = 100_000

// changeDay is how long changes are counted. It begins with the first one.
const changeDay = 24 * time.Hour

// changeLimit counts the changes of each token. It is kept in memory: a server that is
// started again counts anew.
type changeLimit struct {
	perDay int // negative: no limit
	mu     sync.Mutex
	days   map[string]*changesOfDay // by token
	swept  time.Time
}

type changesOfDay struct {
	since time.Time
	count int
}

func newChangeLimit(perDay int) *changeLimit {
	if perDay == 0 {
		perDay = DefaultChangesPerDay
	}
	return &changeLimit{perDay: perDay, days: map[string]*changesOfDay{}}
}

// take counts one change. Error: rate_limited.
func (l *changeLimit) take(token string, now time.Time) error {
	if l.perDay < 0 {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	d := l.day(token, now)
	if d.count < l.perDay {
		d.count++
		return nil
	}
	wait := d.since.Add(changeDay).Sub(now)
	e := backend.Errorf(backend.CodeRateLimited,
		"This token has made as many changes as it may in a day, %d. Nothing was changed. Try again in %s, or ask who runs the server for more.", l.perDay, inHours(wait))
	e.RetryAfter = wait
	return e
}

// giveBack takes back a change that was refused.
func (l *changeLimit) giveBack(token string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if d := l.days[token]; d != nil && d.count > 0 {
		d.count--
	}
}

// day finds the day of a token, or begins one. Those that have ended are dropped once
// an hour.
func (l *changeLimit) day(token string, now time.Time) *changesOfDay {
	if now.Before(l.swept) || now.Sub(l.swept) >= time.Hour {
		l.swept = now
		for t, d := range l.days {
			if d.isOver(now) {
				delete(l.days, t)
			}
		}
	}
	d := l.days[token]
	if d == nil || d.isOver(now) {
		d = &changesOfDay{since: now}
		l.days[token] = d
	}
	return d
}

// isOver reports whether the day has ended, also where the clock was wrong when it began.
func (d *changesOfDay) isOver(now time.Time) bool {
	return now.Before(d.since) || now.Sub(d.since) >= changeDay
}

// inHours writes a time for a sentence, rounded up to hours, or below one to minutes.
func inHours(d time.Duration) string {
	unit, name := time.Hour, "hour"
	if d <= time.Hour-time.Minute {
		unit, name = time.Minute, "minute"
	}
	n := max(1, (d+unit-1)/unit)
	if n > 1 {
		name += "s"
	}
	return fmt.Sprintf("%d %s", n, name)
}
