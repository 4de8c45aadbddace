package local

import (
	"context"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// The worker hands over what this process writes as soon as it is committed,
// and what others left or what is due again. Without one whoever makes a
// change hands its message over before returning, so that a program that does
// one thing and ends leaves nothing behind.

const (
	// batch is how many messages are leased at once.
	batchSize = 20
	// look is how often the worker looks for what others have written, which
	// nobody tells it of.
	pollInterval = time.Second
)

// Deliver hands messages over until ctx ends; report, which may be nil, is
// told what goes wrong with the database meanwhile. It is to be called once.
// It ends when what was begun has been answered; what waits then is left to
// the next.
func (a *Accounts) RunWorker(ctx context.Context, report func(error)) {
	if report == nil {
		report = func(error) {}
	}
	a.queue.open()
	stays := context.WithoutCancel(ctx) // what was begun is ended and recorded
	var busy sync.WaitGroup
	for range workers {
		busy.Go(func() {
			for q, ok := a.queue.next(); ok; q, ok = a.queue.next() {
				if err := a.deliver(stays, q); err != nil {
					report(err)
				}
				a.queue.done(q)
			}
		})
	}
	a.poll(ctx, report)
	left := a.queue.close()
	busy.Wait()
	a.releaseLeases(stays, left)
}

// lookAround leases what is due, again and again.
func (a *Accounts) poll(ctx context.Context, report func(error)) {
	clock := time.NewTicker(pollInterval)
	defer clock.Stop()
	for {
		leased, _, err := a.leaseDue(ctx)
		for _, q := range leased {
			a.queue.put(q)
		}
		if err != nil && ctx.Err() == nil {
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

// giveBack ends the leases of what was taken over and not begun.
func (a *Accounts) releaseLeases(ctx context.Context, left []storage.Queued) {
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

// DeliverDue delivers every message that is due, of all accounts of the file:
// after a crash, or when the provider was to be asked again later.
func (a *Accounts) DeliverDue(ctx context.Context) error {
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

// lease takes some waiting messages for this process, and says how many it
// found, with those that are too late. Looking is a read, so that a look with
// nothing to do writes nothing; whoever comes second finds the lease taken.
// What this process has no sender for is another's: it would end in the inbox.
func (a *Accounts) leaseDue(ctx context.Context) (leased []storage.Queued, found int, err error) {
	var waiting []storage.Queued
	var carried []backend.ChannelType
	for _, kind := range backend.ChannelTypes {
		if !a.staysInInbox(kind) {
			carried = append(carried, kind)
		}
	}
	see := func(tx *storage.Tx) error {
		waiting, err = tx.Queued(carried, tx.Now.Add(-delivery.MaxAge), batchSize)
		return err
	}
	if err := a.db.Read(ctx, see); err != nil || len(waiting) == 0 {
		return nil, 0, err
	}
	err = a.db.Change(ctx, func(tx *storage.Tx) error {
		leased = nil
		if err := see(tx); err != nil {
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

// hopeless says why a message that waited cannot be sent any more, and opens
// it if it can.
func (a *Accounts) undeliverable(q *storage.Queued, now time.Time) *delivery.Error {
	if expires := q.Message.CodeExpiresAt; !expires.IsZero() && !now.Before(expires) {
		return &delivery.Error{Kind: delivery.Permanent, Provider: "outbox", Status: "the code expired before it could be sent"}
	}
	if a.staysInInbox(q.Message.Type) && now.Sub(q.Message.At) >= delivery.MaxAge {
		return &delivery.Error{Kind: delivery.Permanent, Provider: "outbox", Status: "for a day nobody had a sender for it"}
	}
	if err := a.unseal(q); err != nil {
		return &delivery.Error{Kind: delivery.Permanent, Provider: "outbox", Status: "the message was sealed with another key and cannot be read", Err: err}
	}
	return nil
}
