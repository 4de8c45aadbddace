package local

import (
	"context"
	"sync"
	"sync/atomic"
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
	// hands is how many messages are handed over at once: a provider that
	// hangs for its 15 s must not hold up all others.
	hands = 8
	// batch is how many messages are leased at once.
	batch = 20
	// look is how often the worker looks for what others have written, which
	// nobody tells it of.
	look = time.Second
)

// worker is what is handed over now. The zero value is at rest.
type worker struct {
	running atomic.Bool
	fresh   chan storage.Queued // committed just now, leased to this process
}

// take takes a message over, if there is a worker and it has room.
func (w *worker) take(q storage.Queued) bool {
	if !w.running.Load() {
		return false
	}
	select {
	case w.fresh <- q:
		return true
	default:
		return false
	}
}

// Deliver hands messages over until ctx ends; report, which may be nil, is
// told what goes wrong with the database meanwhile. It is to be called once.
// What waits then is left to the next.
func (a *Accounts) Deliver(ctx context.Context, report func(error)) {
	a.worker.running.Store(true)
	due := make(chan storage.Queued)
	var busy sync.WaitGroup
	for range hands {
		busy.Go(func() {
			for {
				select {
				case q := <-a.worker.fresh:
					a.deliver(context.WithoutCancel(ctx), q)
				case q, ok := <-due:
					if !ok {
						return
					}
					a.deliver(context.WithoutCancel(ctx), q)
				}
			}
		})
	}
	a.lookAround(ctx, due, report)
	a.worker.running.Store(false)
	close(due)
	busy.Wait()
	a.giveBack(context.WithoutCancel(ctx))
}

// lookAround leases what is due, again and again.
func (a *Accounts) lookAround(ctx context.Context, due chan<- storage.Queued, report func(error)) {
	clock := time.NewTicker(look)
	defer clock.Stop()
	for {
		err := a.eachDue(ctx, func(q storage.Queued) {
			select {
			case due <- q:
			case <-ctx.Done(): // its lease ends by itself
			}
		})
		if err != nil && ctx.Err() == nil && report != nil {
			report(err)
		}
		select {
		case <-clock.C:
		case <-ctx.Done():
			return
		}
	}
}

// giveBack ends the leases of what was taken over and not begun.
func (a *Accounts) giveBack(ctx context.Context) {
	for {
		select {
		case q := <-a.worker.fresh:
			_ = a.db.Change(ctx, func(tx *storage.Tx) error { return tx.LeaseMessage(q, tx.Now) })
		default:
			return
		}
	}
}

// HandOver hands over every message that is due, of all accounts of the file:
// after a crash, or when the provider was to be asked again later.
func (a *Accounts) HandOver(ctx context.Context) error {
	return a.eachDue(ctx, func(q storage.Queued) { a.deliver(context.WithoutCancel(ctx), q) })
}

// eachDue leases what is due and calls do for each, until nothing is.
func (a *Accounts) eachDue(ctx context.Context, do func(storage.Queued)) error {
	for {
		leased, found, err := a.lease(ctx)
		if err != nil || found == 0 {
			return err
		}
		for _, q := range leased {
			if err := ctx.Err(); err != nil {
				return err
			}
			do(q)
		}
	}
}

// lease takes some waiting messages for this process, and says how many it
// found, with those that are too late. Looking is a read, so that a look with
// nothing to do writes nothing; whoever comes second finds the lease taken.
// What this process has no sender for is another's: it would end in the inbox.
func (a *Accounts) lease(ctx context.Context) (leased []storage.Queued, found int, err error) {
	var waiting []storage.Queued
	var carried []backend.ChannelType
	for _, kind := range backend.ChannelTypes {
		if !a.holds(kind) {
			carried = append(carried, kind)
		}
	}
	see := func(tx *storage.Tx) error {
		waiting, err = tx.Queued(carried, tx.Now.Add(-delivery.MaxAge), batch)
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
			if fault := a.hopeless(&q, tx.Now); fault != nil {
				if err := a.saveReceipt(tx, q, tried{fault: fault, at: tx.Now}); err != nil {
					return err
				}
				continue
			}
			if err := tx.LeaseMessage(q, tx.Now.Add(lease)); err != nil {
				return err
			}
			leased = append(leased, q)
		}
		return nil
	})
	return leased, len(waiting), err
}

// hopeless says why a message that waited cannot be sent any more, and opens
// it if it can.
func (a *Accounts) hopeless(q *storage.Queued, now time.Time) *delivery.Error {
	if expires := q.Message.CodeExpiresAt; !expires.IsZero() && !now.Before(expires) {
		return &delivery.Error{Kind: delivery.Permanent, Provider: "outbox", Status: "the code expired before it could be sent"}
	}
	if a.holds(q.Message.Type) && now.Sub(q.Message.At) >= delivery.MaxAge {
		return &delivery.Error{Kind: delivery.Permanent, Provider: "outbox", Status: "for a day nobody had a sender for it"}
	}
	if err := a.unseal(q); err != nil {
		return &delivery.Error{Kind: delivery.Permanent, Provider: "outbox", Status: "the message was sealed with another key and cannot be read", Err: err}
	}
	return nil
}
