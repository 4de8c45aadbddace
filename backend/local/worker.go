package local

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// The worker sends the messages of this process as soon as they are committed, and the
// messages of all processes that are due. In a process without a worker a method sends
// its message before it returns, so that a command that ends at once leaves nothing
// queued.

// batchSize is how many messages are leased in one transaction.
const batchSize = 20

// stopGrace is how long calls of a mail server go on after the worker has been stopped: it may
// take minutes, for which neither a person who quits nor a supervisor waits. Other calls go on
// for sendTimeout.
const stopGrace = time.Second

// RunWorker sends messages until ctx ends. report gets the errors of the database; nil
// drops them. After the end of ctx it waits for the calls of the sender that have begun, ends
// those of mail servers that take longer than stopGrace, and releases the messages that have not begun. What is ended is
// recorded: it is tried again, or is not known when it may have been taken. It must be called
// once only.
func (a *Accounts) RunWorker(ctx context.Context, report func(error)) {
	if report == nil {
		report = func(error) {}
	}
	a.report.Store(&report)
	defer a.report.Store(nil)
	a.TakeMessages()
	uncancelled := context.WithoutCancel(ctx) // an attempt that has begun is recorded
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for q, place, ok := a.queue.next(); ok; q, place, ok = a.queue.next() {
				stop := a.freeIfLong(q.Message, place)
				if err := guarded(func() error { return a.deliver(uncancelled, q) }); err != nil {
					report(err)
				}
				stop()
				a.queue.done(place)
			}
		})
	}
	running.Go(func() { a.runJanitor(ctx, report) })
	changes := newChanges()
	running.Go(func() { changes.watch(ctx, a.awaitChange) })
	a.poll(ctx, changes, report)
	left := a.queue.close()
	ending := time.AfterFunc(stopGrace, a.stopCalls)
	running.Wait()
	a.late.wait()
	ending.Stop()
	a.releaseLeases(uncancelled, left)
}

// TakeMessages leaves the messages of changes that are made from now on to a worker, which is about to run.
func (a *Accounts) TakeMessages() { a.queue.open() }

// EndCalls waits until the calls of the sender that no caller waits for any more are over and recorded, for no longer than
// limit. Those of mail servers that take longer than stopGrace are ended. It is for a process that has no worker, at its end.
func (a *Accounts) EndCalls(limit time.Duration) {
	ending := time.AfterFunc(stopGrace, a.stopCalls)
	defer ending.Stop()
	over := make(chan struct{})
	go func() {
		a.late.wait()
		close(over)
	}()
	select {
	case <-over:
	case <-time.After(limit):
	}
}

// freeIfLong gives back the customer's share of a place when a message takes long whose sender may
// take minutes: the customer's other messages do not wait for it. stop is called at its end.
func (a *Accounts) freeIfLong(m backend.Message, p place) (stop func()) {
	if a.timeLimit(m.Type) <= sendTimeout {
		return func() {}
	}
	timer := time.AfterFunc(slowAfter, func() { a.queue.freeCustomer(p) })
	return func() { timer.Stop() }
}

// fillQueue leases one batch of messages for which the queue has room; more says that
// there may be others.
func (a *Accounts) fillQueue(ctx context.Context) (more bool, err error) {
	released := a.db.ReleaseLeasesOfDead(ctx)
	leased, found, err := a.leaseDue(ctx, a.queue.hasRoom)
	for _, q := range leased {
		a.queue.put(q)
	}
	return found == batchSize, errors.Join(released, err) // also where another process was first to lease them
}

// releaseLeases ends the leases of messages that were not sent, so that they are due at
// once.
func (a *Accounts) releaseLeases(ctx context.Context, left []storage.QueuedMessage) {
	if len(left) == 0 {
		return
	}
	_ = a.db.Change(ctx, storage.NoAccount, func(tx *storage.Tx) error {
		for _, q := range left {
			if _, err := tx.LeaseMessage(q, tx.Now); err != nil {
				return err
			}
		}
		return nil
	})
}

// DeliverDue makes one attempt at every message that is due, of all accounts of the
// file, and returns after the last one. A due message was left by a process that ended,
// or waits for its next attempt.
func (a *Accounts) DeliverDue(ctx context.Context) error {
	if err := a.db.ReleaseLeasesOfDead(ctx); err != nil {
		return err
	}
	for {
		leased, found, err := a.leaseDue(ctx, func(string) bool { return true })
		if err != nil || found == 0 {
			return err
		}
		for _, q := range leased {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := a.deliver(context.WithoutCancel(ctx), q); err != nil {
				return err
			}
		}
	}
}

// leaseDue leases up to batchSize due messages to this process, to the destinations for
// which it has room; also with an error, those that are this process's for certain. found counts those, too, that
// turned out to be undeliverable, or that another process has leased. The
// query is a read, so that a poll without due messages writes nothing. A message whose
// type has no sender in this process is left to a process that has one, until it is
// undeliverable.
func (a *Accounts) leaseDue(ctx context.Context, hasRoom func(destination string) bool) (leased []storage.QueuedMessage, found int, err error) {
	due, err := a.dueMessages(ctx, hasRoom)
	if err != nil || len(due) == 0 {
		return nil, 0, err
	}
	if leased, err = a.lease(ctx, due); err != nil {
		return nil, len(due), err // it is not known whose they are: their leases end
	}
	var errs error
	sendable := leased[:0]
	for _, q := range leased {
		fault := a.undeliverable(&q, a.db.Now())
		if fault == nil {
			sendable = append(sendable, q)
			continue
		}
		err := a.db.Change(ctx, q.Customer, func(tx *storage.Tx) error {
			return a.recordAttempt(tx, tx.NewID(), q, attemptResult{fault: fault, at: tx.Now})
		})
		errs = errors.Join(errs, err)
	}
	return sendable, len(due), errs
}

// lease leases messages, and returns those that no other process was first to lease.
func (a *Accounts) lease(ctx context.Context, due []storage.QueuedMessage) (leased []storage.QueuedMessage, err error) {
	err = a.db.Change(ctx, storage.NoAccount, func(tx *storage.Tx) error {
		leased = nil
		until := tx.Now.Add(leaseDuration)
		for _, q := range due {
			isOurs, err := tx.LeaseMessage(q, until)
			if err != nil {
				return err
			}
			if isOurs {
				q.LeasedUntil = until
				leased = append(leased, q)
			}
		}
		return nil
	})
	return leased, err
}

// dueMessages lists up to batchSize messages to lease.
func (a *Accounts) dueMessages(ctx context.Context, hasRoom func(destination string) bool) (due []storage.QueuedMessage, err error) {
	var types []backend.ChannelType
	for _, kind := range backend.ChannelTypes {
		if !a.staysInInbox(kind) && hasRoom(destinationOf(backend.Message{Type: kind})) {
			types = append(types, kind)
		}
	}
	err = a.db.Read(ctx, func(tx *storage.Tx) error {
		isWanted := func(m backend.Message) bool {
			return a.isTooLate(m, tx.Now) || !a.staysInInbox(m.Type) && hasRoom(destinationOf(m))
		}
		due, err = tx.QueuedMessages(types, tx.Now.Add(-delivery.MaxAge), batchSize, isWanted)
		return err
	})
	return due, err
}
