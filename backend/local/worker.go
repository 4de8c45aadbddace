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

const (
	// batchSize is how many messages are leased in one transaction.
	batchSize = 20
	// pollInterval is how often the worker reads which messages of other processes are
	// due.
	pollInterval = time.Second
)

// RunWorker sends messages until ctx ends. report gets the errors of the database; nil
// drops them. After the end of ctx it waits for the calls of the sender that have begun,
// and releases the messages that have not. It must be called once only.
func (a *Accounts) RunWorker(ctx context.Context, report func(error)) {
	if report == nil {
		report = func(error) {}
	}
	a.queue.open()
	uncancelled := context.WithoutCancel(ctx) // an attempt that has begun is recorded
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for q, ok := a.queue.next(); ok; q, ok = a.queue.next() {
				if err := a.deliver(uncancelled, q); err != nil {
					report(err)
				}
				a.queue.done(q)
			}
		})
	}
	a.poll(ctx, report)
	left := a.queue.close()
	running.Wait()
	a.releaseLeases(uncancelled, left)
}

// poll leases what is due at every pollInterval, until ctx ends.
func (a *Accounts) poll(ctx context.Context, report func(error)) {
	clock := time.NewTicker(pollInterval)
	defer clock.Stop()
	for {
		released := a.db.ReleaseLeasesOfDead(ctx)
		leased, _, err := a.leaseDue(ctx)
		for _, q := range leased {
			a.queue.put(q)
		}
		if err := errors.Join(released, err); err != nil && ctx.Err() == nil {
			report(err)
		}
		if len(leased) == batchSize { // there may be more
			continue
		}
		select {
		case <-clock.C:
		case <-ctx.Done():
			return
		}
	}
}

// releaseLeases ends the leases of messages that were not sent, so that they are due at
// once.
func (a *Accounts) releaseLeases(ctx context.Context, left []storage.QueuedMessage) {
	if len(left) == 0 {
		return
	}
	_ = a.db.Change(ctx, func(tx *storage.Tx) error {
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
		leased, found, err := a.leaseDue(ctx)
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

// leaseDue leases up to batchSize due messages to this process. found counts those that
// turned out to be undeliverable, too. The first query is a read, so that a poll without
// due messages writes nothing. A message whose type has no sender in this process is
// left to a process that has one, until it is undeliverable.
func (a *Accounts) leaseDue(ctx context.Context) (leased []storage.QueuedMessage, found int, err error) {
	var waiting []storage.QueuedMessage
	var sendable []backend.ChannelType
	for _, kind := range backend.ChannelTypes {
		if !a.staysInInbox(kind) {
			sendable = append(sendable, kind)
		}
	}
	load := func(tx *storage.Tx) error {
		waiting, err = tx.QueuedMessages(sendable, tx.Now.Add(-delivery.MaxAge), batchSize)
		return err
	}
	if err := a.db.Read(ctx, load); err != nil || len(waiting) == 0 {
		return nil, 0, err
	}
	err = a.db.Change(ctx, func(tx *storage.Tx) error {
		leased = nil
		if err := load(tx); err != nil {
			return err
		}
		for _, q := range waiting {
			if fault := a.undeliverable(&q, tx.Now); fault != nil {
				if err := a.recordAttempt(tx, q, attemptResult{fault: fault, at: tx.Now}); err != nil {
					return err
				}
				continue
			}
			isOurs, err := tx.LeaseMessage(q, tx.Now.Add(leaseDuration))
			if err != nil {
				return err
			}
			if q.LeasedUntil = tx.Now.Add(leaseDuration); isOurs {
				leased = append(leased, q)
			}
		}
		return nil
	})
	return leased, len(waiting), err
}
