package local

import (
	"context"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// A message is written in the transaction of the change that it is about, so
// there is never one without the other. Nothing is sent inside a transaction:
// the message is handed over after the commit, and a second one records the
// attempt. What a crash leaves between the two is handed over by whoever looks
// next. So a message arrives at least once, and rarely twice, with the same id.

const (
	// lease is how long a message is its holder's to hand over; longer than a
	// sender may take, so that two processes rarely send the same one.
	leaseDuration = 30 * time.Second
	// sendTimeout bounds one call of the sender (data.md: 15 s for webhooks).
	sendTimeout = 15 * time.Second
)

// carrier is a sender that carries some types only; any other carries all.
type carrier interface {
	HasSender(backend.ChannelType) bool
}

// holds reports whether messages of a type stay in the inbox: then they are
// held from the moment they are written, and nothing has to be handed over.
func (a *Accounts) staysInInbox(kind backend.ChannelType) bool {
	switch s := a.options.Sender.(type) {
	case delivery.Inbox:
		return true
	case carrier:
		return !s.HasSender(kind)
	}
	return false
}

// post writes a message: held at once where the inbox is the sender, and
// sealed and queued for handOver otherwise.
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
	m.State, m.NextAt, m.Read = backend.StateQueued, tx.Now, true // there is nothing to read here
	sealed, shown, err := c.seal(c.id, m)
	if err != nil {
		return q, err
	}
	q.Message, q.Sealed, q.LeasedUntil = m, sealed, tx.Now.Add(leaseDuration)
	return q, tx.AddMessage(c.id, shown, sealed, q.LeasedUntil)
}

func inboxAttempt(at time.Time) backend.Attempt {
	return backend.Attempt{At: at, Outcome: backend.OutcomeHeld, Provider: delivery.InboxReceipt.Provider, Status: delivery.InboxReceipt.Status}
}

// handOver gives a message to the worker of this process, or else to the
// sender itself, and records what it said. It is told to nobody when that
// fails: the change is done, and the messages show the state.
func (a *Accounts) dispatch(ctx context.Context, q storage.Queued) {
	if q.Message.State != backend.StateQueued || a.queue.put(q) {
		return
	}
	_ = a.deliver(context.WithoutCancel(ctx), q) // the change is committed; its message must not be lost with the caller
}

// deliver is one attempt at a message, with its record; none when somebody
// else has it by now.
func (a *Accounts) deliver(ctx context.Context, q storage.Queued) error {
	isOurs, err := a.extendLease(ctx, &q)
	if !isOurs || err != nil {
		return err
	}
	sent := a.send(ctx, q)
	return a.db.Change(ctx, func(tx *storage.Tx) error {
		if err := a.saveOrphanedTest(tx, q, sent); err != nil {
			return err
		}
		return a.recordAttempt(tx, q, sent)
	})
}

// keepLease makes sure that the lease outlives the asking of the sender. What
// is handed over at once, which is most, needs no more than a look at the clock.
func (a *Accounts) extendLease(ctx context.Context, q *storage.Queued) (isOurs bool, err error) {
	if q.LeasedUntil.Sub(a.db.Now()) > sendTimeout {
		return true, nil
	}
	err = a.db.Change(ctx, func(tx *storage.Tx) error {
		if isOurs, err = tx.LeaseMessage(*q, tx.Now.Add(leaseDuration)); err != nil || !isOurs {
			return err
		}
		q.LeasedUntil = tx.Now.Add(leaseDuration)
		if fault := a.undeliverable(q, tx.Now); fault != nil { // it expired while it waited here
			isOurs = false
			return a.recordAttempt(tx, *q, attemptResult{fault: fault, at: tx.Now})
		}
		return nil
	})
	return isOurs, err
}

// tried is what came of asking the sender.
type attemptResult struct {
	receipt delivery.Receipt
	fault   *delivery.Error // nil when it was taken
	at      time.Time       // when it began
	took    time.Duration
}

// send calls the sender, with a limit on its time.
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

// saveReceipt records an attempt. A message that may go later stays queued; a
// code leaves the row as soon as the row is not its inbox.
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

// settle brings a message into the state that an attempt leaves it in, as it
// is shown from then on. What is held or failed wants to be looked at.
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
	if giveUp || m.Kind == backend.KindTest { // whoever tests waits for the answer
		m.State, m.Read, q.Sealed = backend.StateFailed, false, nil
		return backend.OutcomeFailed
	}
	m.NextAt = again
	return backend.OutcomeDelayed
}

// switchOff is for a receiver that wants no messages any more (410).
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

// touchIfThere is Touch for what comes after the commit, when the account may be gone.
func touchIfExists(tx *storage.Tx, customer string) error {
	if err := tx.Touch(customer); backend.ErrorCode(err) != backend.CodeUnauthorized {
		return err
	}
	return nil
}
