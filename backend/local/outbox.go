package local

import (
	"context"
	"errors"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// A message is written in the transaction of the change that it is about, so there
// is never one without the other. Nothing is sent inside a transaction: the message
// is sent after the commit, and a second transaction records the attempt. After a
// crash between the two the next process sends the message: at once where it can tell that
// this one has died (storage/sqlite/lessee.go), and otherwise when its lease has ended.
// So a message arrives at least once, and rarely twice, with the same id.

// leaseDuration is how long a message is reserved for one process; longer than sendTimeout,
// so that two processes rarely send the same one. A call that takes longer extends it
// (lease.go): a message of a process that died is free soon all the same.
const leaseDuration = 30 * time.Second

// router is a sender with senders for some types only; any other sends all types.
type router interface {
	HasSender(backend.ChannelType) bool
}

// staysInInbox reports whether messages of a type are held in the inbox, because no
// sender is configured for it. They are held as soon as they are written, and never
// queued.
func (a *Accounts) staysInInbox(kind backend.ChannelType) bool {
	switch s := a.options.Sender.(type) {
	case delivery.Inbox:
		return true
	case router:
		return !s.HasSender(kind)
	}
	return false
}

// addMessage writes a message: held in the inbox, or sealed, queued and leased to
// this process, which dispatches it after the commit.
func (c *customer) addMessage(tx *storage.Tx, m backend.Message, t text) (storage.QueuedMessage, error) {
	m.ID, m.At, m.Subject, m.Body = tx.NewID(), tx.Now, t.subject, t.body
	q := storage.QueuedMessage{Customer: c.id, Traceparent: backend.CommandOf(tx.Context()).Traceparent}
	if c.staysInInbox(m.Type) {
		m.State, m.Provider, m.Detail, m.Attempts = backend.StateHeld, delivery.InboxReceipt.Provider, delivery.InboxReceipt.Status, 1
		q.Message = m
		if err := tx.AddMessage(c.id, m, nil, tx.Now); err != nil {
			return q, err
		}
		c.observeAttempt(tx, m.Type, backend.OutcomeHeld, 0)
		return q, tx.AddAttempt(c.id, tx.NewID(), m, inboxAttempt(tx.Now))
	}
	m.State, m.NextAt, m.Read = backend.StateQueued, tx.Now, true // unread are messages that are held, failed or unknown
	sealed, shown, err := c.seal(c.id, m, q.Traceparent)
	if err != nil {
		return q, err
	}
	q.Message, q.Sealed, q.LeasedUntil = m, sealed, tx.Now.Add(leaseDuration)
	return q, tx.AddMessage(c.id, shown, sealed, q.LeasedUntil)
}

// inboxAttempt is the attempt at a message that is held in the inbox.
func inboxAttempt(at time.Time) backend.Attempt {
	return backend.Attempt{At: at, Outcome: backend.OutcomeHeld, Provider: delivery.InboxReceipt.Provider, Status: delivery.InboxReceipt.Status}
}

// dispatchAfter gives a message to dispatch once it is written durably. A repeat of a command, which
// writes none, sends nothing.
func (c *customer) dispatchAfter(tx *storage.Tx, q storage.QueuedMessage) {
	tx.AfterCommit(func() { c.dispatch(tx.Context(), q) })
}

// dispatch gives a queued message to the worker of this process or, without one,
// delivers it now, and waits for that until the caller is cancelled. It drops an error: the change is committed, and the list of
// messages shows the state.
func (a *Accounts) dispatch(ctx context.Context, q storage.QueuedMessage) {
	if q.Message.State != backend.StateQueued || a.queue.put(q) {
		return
	}
	results, end := make(chan error, 1), a.late.begin()
	go func() {
		defer end()
		results <- guarded(func() error { return a.deliver(context.WithoutCancel(ctx), q) }) // not cancelled, since the change is committed
	}()
	select {
	case err := <-results:
		if fault, isPanic := errors.AsType[*panicError](err); isPanic {
			panic(fault)
		}
	case <-ctx.Done():
	}
}
