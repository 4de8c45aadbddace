package local

import (
	"context"
	"time"
)

// The janitor tidies once an hour. What it deletes by a wrong clock is gone, so it waits
// until the clock has run evenly for that hour. After the clock was set back, it brings
// to the present what was written before.

const (
	// tidyInterval is the time from one tidying to the next, and how long the clock has
	// to run evenly before one.
	tidyInterval = time.Hour
	// clockInterval is how often the clock is looked at.
	clockInterval = time.Minute
	// checkInterval is how often the whole file is looked at for damage while it is open.
	// It was looked at when it was opened.
	checkInterval = 24 * time.Hour
	// clockDrift is how far the clock may be off between two looks at it, and still run
	// evenly.
	clockDrift = 30 * time.Second
)

// clockWatch compares the clock with the time that has passed.
type clockWatch struct {
	seen time.Time     // what the clock showed last; zero before the first look
	even time.Duration // how long it has run evenly since the last tidying
}

// look takes what the clock shows, and the time since the last look. isBack is true at
// the first look, and when the clock was set back; isDue, when it is time to tidy.
func (w *clockWatch) look(shown time.Time, passed time.Duration) (isBack, isDue bool) {
	off := shown.Sub(w.seen) - passed
	isBack = w.seen.IsZero() || off < -clockDrift
	if isBack || off > clockDrift {
		w.even = 0
	} else {
		w.even += passed
	}
	w.seen = shown
	if isDue = w.even >= tidyInterval; isDue {
		w.even = 0
	}
	return isBack, isDue
}

// runJanitor tidies until ctx ends. report gets the errors of the database.
func (a *Accounts) runJanitor(ctx context.Context, report func(error)) {
	tick := time.NewTicker(clockInterval)
	defer tick.Stop()
	var watch clockWatch
	var unchecked time.Duration
	for looked := time.Now(); ; {
		var err error
		passed := time.Since(looked)
		looked = looked.Add(passed)
		if unchecked += passed; unchecked >= checkInterval {
			unchecked = 0
			if err := guarded(func() error { return a.db.CheckBeside(ctx) }); err != nil && ctx.Err() == nil {
				report(err)
			}
		}
		switch isBack, isDue := watch.look(a.db.Now(), passed); {
		case isBack:
			err = guarded(func() error { return a.recallFuture(ctx) })
		case isDue:
			err = guarded(func() error { _, err := a.Tidy(ctx); return err })
		}
		if err != nil && ctx.Err() == nil {
			report(err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}
