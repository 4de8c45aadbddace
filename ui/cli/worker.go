package cli

import (
	"context"
	"time"

	"github.com/account-settings/pinghome/backend/local"
)

// worker sends the messages of a database beside everything else.
type worker struct {
	stop context.CancelFunc
	done chan struct{}
}

// startWorker starts a worker. report is called with what goes wrong; it may be
// nil. The worker has a context of its own: a signal first ends the requests or
// the console, and then the worker.
func startWorker(accounts *local.Accounts, report func(error)) *worker {
	ctx, stop := context.WithCancel(context.Background())
	accounts.TakeMessages()
	w := &worker{stop: stop, done: make(chan struct{})}
	go func() {
		defer close(w.done)
		accounts.RunWorker(ctx, report)
	}()
	return w
}

// stopWithin stops the worker and waits until the attempts that it has begun are
// over and recorded, but for no longer than limit.
func (w *worker) stopWithin(limit time.Duration) {
	w.stop()
	select {
	case <-w.done:
	case <-time.After(limit):
	}
}
