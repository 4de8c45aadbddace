package local

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/account-settings/pinghome/backend/delivery"
)

// The worker looks into the file for messages that are due when the file was changed,
// and when the next message becomes due. While other processes have leases it looks
// every second, because they may be killed and then write nothing; and so it does where
// changes are not noticed.

const (
	// pollInterval is the time from one look to the next, at least. Changes in between
	// wait for it.
	pollInterval = time.Second
	// longestPause is the time from one look to the next, at most: a clock that jumps
	// makes messages due at once, and wakes no timer.
	longestPause = 30 * time.Second
)

// changes tells of changes to the file.
type changes struct {
	came  chan struct{} // has room for one
	works atomic.Bool   // changes are noticed
}

func newChanges() *changes { return &changes{came: make(chan struct{}, 1)} }

// watch watches the file until ctx ends, or changes are not noticed.
func (c *changes) watch(ctx context.Context, await func(ctx context.Context, seen uint64) (uint64, error)) {
	var seen uint64
	var err error
	for {
		seen, err = await(ctx, seen)
		c.works.Store(err == nil)
		notify(c.came)
		if err != nil {
			return
		}
	}
}

// poll leases what is due, until ctx ends. In between it gives back what had no room in
// the queue, and leases more when there is room again.
func (a *Accounts) poll(ctx context.Context, c *changes, report func(error)) {
	for {
		var more bool
		pause := pollInterval
		err := guarded(func() (err error) {
			if more, err = a.fillQueue(ctx); err == nil && !more && c.works.Load() {
				pause, err = a.pause(ctx)
			}
			return err
		})
		if err != nil && ctx.Err() == nil {
			report(err)
		}
		if more && err == nil {
			continue
		}
		if !a.awaitPoll(ctx, pause, c) {
			return
		}
	}
}

// pause returns how long there is nothing to do if the file is not changed.
func (a *Accounts) pause(ctx context.Context) (time.Duration, error) {
	o, err := a.db.Outlook(ctx, delivery.MaxAge)
	switch {
	case err != nil || o.LeasedElsewhere:
		return pollInterval, err
	case o.Next.IsZero():
		return longestPause, nil
	}
	return min(max(pollInterval, o.Next.Sub(a.db.Now())), longestPause), nil
}

// awaitPoll returns when there may be something to lease; false when ctx has ended.
func (a *Accounts) awaitPoll(ctx context.Context, pause time.Duration, c *changes) bool {
	looked := time.Now()
	next := time.NewTimer(pause)
	defer next.Stop()
	for {
		select {
		case <-next.C:
			return true
		case <-c.came:
			next.Reset(max(0, pollInterval-time.Since(looked)))
		case <-a.queue.roomCame:
			return true
		case <-a.queue.surplusCame:
			a.releaseLeases(ctx, a.queue.takeSurplus())
		case <-ctx.Done():
			return false
		}
	}
}
