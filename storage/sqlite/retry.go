package sqlite

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/account-settings/pinghome/storage"
)

// The wait between two tries for a lock is random over this whole range each time,
// so that processes that collided once do not collide again. A commit takes about
// a third of a millisecond; longer waits would leave the lock idle, and SQLite's own
// waits, which are the same in every process, starve whole processes.
const (
	shortestWait = 200 * time.Microsecond
	longestWait  = 2 * time.Millisecond
)

// retry calls try until it no longer fails because another connection has a lock,
// until the time is up or ctx has ended, and returns its last error. It calls try
// at least once.
func retry(ctx context.Context, until time.Time, try func() error) error {
	return retryWhile(ctx, until, try, isBusy)
}

// retryWhile is retry for the errors for which helps returns true.
func retryWhile(ctx context.Context, until time.Time, try func() error, helps func(error) bool) error {
	for {
		err := try()
		switch {
		case err == nil || !helps(err):
			return err
		case ctx.Err() != nil:
			return storage.CancelledError(ctx.Err())
		case !time.Now().Before(until):
			return err
		}
		timer := time.NewTimer(shortestWait + rand.N(longestWait-shortestWait))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return storage.CancelledError(ctx.Err())
		}
	}
}
