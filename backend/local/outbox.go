package local

import (
	"context"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// A message is written in the transaction of the change that it is about, so there
// is never one without the other. Nothing is sent inside a transaction: the message
// is sent after the commit, and a second transaction records the attempt. After a
// crash between the two the next worker sends the message when its lease has ended.
// So a message arrives at least once, and rarely twice, with the same id.

const (
	// leaseDuration is how long a message is reserved for one process; longer than
	// sendTimeout, so that two processes rarely send the same one.
	leaseDuration = 30 * time.Second
	// sendTimeout bounds one call of the sender: what receivers of webhooks get
	// to answer.
	sendTimeout = 15 * time.Second
)

// carrier is a sender that sends some types only; any other sender sends all.
type carrier interface {
	HasSender(backend.ChannelType) bool
}

// staysInInbox reports whether messages of a type are held in the inbox, because no
// sender is configured for it. They are held as soon as they are written, and never
// queued.
func (a *Accounts) staysInInbox(kind backend.ChannelType) bool {
	switch s := a.options.Sender.(type) {
	case delivery.Inbox:
		return true
	case carrier:
		return !s.HasSender(kind)
	}
	return false
}

// addMessage writes a message: held in the inbox, or sealed, queued and leased to
// this process, which dispatches it after the commit.
func (c *customer) addMessage(tx *storage.Tx, m backend.Message, t text) (storage.Queued, error) {
	m.ID, m.At, m.Subject, m.Body = newID(), tx.Now, t.subject, t.body
	q := storage.Queued{Customer: c.id}
	if c.staysInInbox(m.Type) {
		m.State, m.Provider, m.Detail, m.Attempts = backend.StateHeld, delivery.InboxReceipt.Provider, delivery.InboxReceipt.Status, 1
		q.Message = m
		if err := tx.AddMessage(c.id, m, nil, tx.Now); err != nil {
			return q, err
		}
		return q, tx.AddAttempt(c.id, newID(), m, inboxAttempt(tx.Now))
	}
	m.State, m.NextAt, m.Read = backend.StateQueued, tx.Now, true // unread messages are those that are held or failed
	sealed, shown, err := c.seal(c.id, m)
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

// dispatch gives a queued message to the worker of this process or, without one,
// delivers it now. It drops an error: the change is committed, and the list of
// messages shows the state.
func (a *Accounts) dispatch(ctx context.Context, q storage.Queued) {
	if q.Message.State != backend.StateQueued || a.queue.put(q) {
		return
	}
	_ = a.deliver(context.WithoutCancel(ctx), q) // not cancelled with the caller, since the change is committed
}

// deliver makes one attempt at a message and records it. It does nothing when another
// process has leased the message by now.
func (a *Accounts) deliver(ctx context.Context, q storage.Queued) error {
	isOurs, err := a.extendLease(ctx, &q)
	if !isOurs || err != nil {
		return err
	}
	result := a.send(ctx, q)
	return a.db.Change(ctx, func(tx *storage.Tx) error {
		if err := a.saveOrphanedTest(tx, q, result); err != nil {
			return err
		}
		return a.recordAttempt(tx, q, result)
	})
}

// extendLease makes sure that the lease outlasts one call of the sender. Most messages
// are sent at once, and then comparing times is enough. isOurs is false when another
// process has leased the message, or when it became undeliverable while it waited.
func (a *Accounts) extendLease(ctx context.Context, q *storage.Queued) (isOurs bool, err error) {
	if q.LeasedUntil.Sub(a.db.Now()) > sendTimeout {
		return true, nil
	}
	err = a.db.Change(ctx, func(tx *storage.Tx) error {
		if isOurs, err = tx.LeaseMessage(*q, tx.Now.Add(leaseDuration)); err != nil || !isOurs {
			return err
		}
		q.LeasedUntil = tx.Now.Add(leaseDuration)
		if fault := a.undeliverable(q, tx.Now); fault != nil {
			isOurs = false
			return a.recordAttempt(tx, *q, attemptResult{fault: fault, at: tx.Now})
		}
		return nil
	})
	return isOurs, err
}

// attemptResult is the result of one call of the sender.
type attemptResult struct {
	receipt delivery.Receipt
	fault   *delivery.Error // nil when it was accepted or held
	at      time.Time       // when the call began
	took    time.Duration
}

// send calls the sender, for sendTimeout at most.
func (a *Accounts) send(ctx context.Context, q storage.Queued) (t attemptResult) {
	t.at = a.db.Now().UTC()
	secrets, err := a.signingSecrets(ctx, q)
	if err != nil {
		t.fault = delivery.AsError(err)
		return t
	}
	m := q.Message
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	begun := time.Now()
	t.receipt, err = a.options.Sender.Send(ctx, delivery.Message{ID: m.ID, Type: m.Type, To: m.To, Kind: m.Kind, At: m.At,
		Subject: m.Subject, Body: m.Body, HTML: asHTML(m), Code: m.Code, Word: m.Word, SigningSecrets: secrets, ExpiresAt: m.CodeExpiresAt})
	t.took = time.Since(begun).Round(time.Microsecond)
	if err != nil {
		t.fault = delivery.AsError(err)
	}
	return t
}

// recordAttempt writes an attempt and the new state of its message. Codes and test
// words stay in the row of a message that is held, and in no other.
func (a *Accounts) recordAttempt(tx *storage.Tx, q storage.Queued, t attemptResult) error {
	outcome := applyResult(&q, t, tx.Now)
	m := q.Message
	if err := tx.SaveReceipt(q); err != nil {
		return err
	}
	err := tx.AddAttempt(q.Customer, newID(), m, backend.Attempt{At: t.at, Outcome: outcome,
		Provider: m.Provider, Status: m.Detail, Duration: t.took})
	if err != nil {
		return err
	}
	if t.fault != nil && t.fault.Gone {
		return a.switchOff(tx, q)
	}
	return touchIfExists(tx, q.Customer)
}

// applyResult sets the state of a message after an attempt, and returns the outcome
// of the attempt. A message that is held or failed becomes unread.
func applyResult(q *storage.Queued, t attemptResult, now time.Time) backend.Outcome {
	m := &q.Message
	m.Attempts++
	m.NextAt = time.Time{}
	if t.fault == nil {
		m.Provider, m.Detail, q.Sealed = t.receipt.Provider, t.receipt.Status, nil
		if t.receipt.Held {
			m.State, m.Read = backend.StateHeld, false
			return backend.OutcomeHeld
		}
		m.State = backend.StateSent
		*m = masked(*m)
		return backend.OutcomeSent
	}
	m.Provider, m.Detail = t.fault.Provider, t.fault.Status
	again, giveUp := delivery.Next(m.Attempts, m.At, now, m.CodeExpiresAt, t.fault, nil)
	if giveUp && t.fault.Kind != delivery.Permanent && m.Kind != backend.KindTest {
		m.Detail += "; given up, since it would be too late at the next try"
	}
	*m = masked(*m)
	if giveUp || m.Kind == backend.KindTest { // a test is not tried again: its caller waits for the answer
		m.State, m.Read, q.Sealed = backend.StateFailed, false, nil
		return backend.OutcomeFailed
	}
	m.NextAt = again
	return backend.OutcomeDelayed
}

// switchOff disables the channel of a receiver that wants no more messages: a webhook
// that answered 410 Gone.
func (a *Accounts) switchOff(tx *storage.Tx, q storage.Queued) error {
	all, err := tx.Channels(q.Customer)
	for _, ch := range all {
		if err != nil || ch.Type != q.Message.Type || ch.ActiveValue != q.Message.To || !ch.Enabled {
			continue
		}
		ch.Enabled, ch.UpdatedAt = false, tx.Now
		if err = tx.SaveChannel(q.Customer, ch); err == nil {
			c := customer{Accounts: a, id: q.Customer}
			return c.note(tx, "channel.disabled", channelName(ch)+", its receiver wants no messages any more")
		}
	}
	if err != nil {
		return err
	}
	return touchIfExists(tx, q.Customer)
}

// touchIfExists raises the revision of an account that may be deleted by now.
func touchIfExists(tx *storage.Tx, customer string) error {
	if err := tx.Touch(customer); backend.ErrorCode(err) != backend.CodeUnauthorized {
		return err
	}
	return nil
}
