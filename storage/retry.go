package storage

import (
	"context"
	"math/rand/v2"
	"time"
)

// The wait between two tries for a lock, drawn anew each time over the whole
// range, so that processes that collided once do not collide again. Longer
// waits leave the lock idle between commits of a third of a millisecond, and
// SQLite's own, which are the same for everybody, starve whole processes.
const (
	shortestWait = 200 * time.Microsecond
	longestWait  = 2 * time.Millisecond
)

// retry calls try until it no longer fails with a lock that somebody else
// holds, until the time is up or ctx has ended, and returns its last error.
// It tries once at least.
func retry(ctx context.Context, until time.Time, try func() error) error {
	return wait(ctx, until, try, isBusy)
}

// wait is retry for any error for which waiting helps.
func wait(ctx context.Context, until time.Time, try func() error, helps func(error) bool) error {
	for {
		err := try()
		switch {
		case err == nil || !helps(err):
			return err
		case ctx.Err() != nil:
			return stopped(ctx.Err())
		case !time.Now().Before(until):
			return err
		}
		timer := time.NewTimer(shortestWait + rand.N(longestWait-shortestWait))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return stopped(ctx.Err())
		}
	}
}
