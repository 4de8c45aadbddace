package cli

import (
	"context"
	"time"

	"github.com/account-settings/pinghome/backend/local"
)

// worker hands over the messages of a file beside everything else.
type worker struct {
	stop context.CancelFunc
	done chan struct{}
}

// startWorker starts one; report, which may be nil, is told what goes wrong.
// It has no context of its caller's: a signal ends what is asked for first,
// and then the worker.
func startWorker(accounts *local.Accounts, report func(error)) *worker {
	ctx, stop := context.WithCancel(context.Background())
	w := &worker{stop: stop, done: make(chan struct{})}
	go func() {
		defer close(w.done)
		accounts.Deliver(ctx, report)
	}()
	return w
}

// endWithin ends the worker, and waits until what it had begun is done and
// recorded, but not for longer than d.
func (w *worker) endWithin(d time.Duration) {
	w.stop()
	select {
	case <-w.done:
	case <-time.After(d):
	}
}
