package local

import (
	"context"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

const (
	// sendTimeout bounds one call of most senders: what receivers of webhooks get to answer.
	// Mail servers get more, by delivery.TimeLimit; a person who tests one waits no longer than this.
	sendTimeout = 15 * time.Second
	// commandTime is how long a process without a worker waits for a sender: a command that
	// writes a message ends then, and what was not sent is left to a worker.
	commandTime = 30 * time.Second
	// returnTime is how long a sender gets to return after that. Then the call has failed,
	// although it is still running.
	returnTime = time.Second
	// recordTime is how long recording an attempt may take while the lease lasts; changes
	// wait for no more than 5 s.
	recordTime = 6 * time.Second
)

// deliver makes one attempt at a message and records it. It does nothing when another
// process has leased the message by now.
func (a *Accounts) deliver(ctx context.Context, q storage.QueuedMessage) error {
	isOurs, err := a.extendLease(ctx, &q)
	if !isOurs || err != nil {
		return err
	}
	keeper := a.keepLease(ctx, q)
	defer keeper.stop()
	result := a.send(ctx, q)
	return a.record(ctx, keeper, func(tx *storage.Tx, id string) error {
		if err := a.saveOrphanedTest(tx, q, result); err != nil {
			return err
		}
		return a.recordAttempt(tx, id, q, result)
	})
}

// recordPause is the time from one try to record an attempt to the next.
const recordPause = time.Second

// record writes what became of a message that was sent. save gets the id of the attempt. Where the store is
// away, or does not answer, it is tried again for as long as the lease lasts: without the record the message
// would be sent once more. It ends soon after the worker stops. An attempt with the id tells that an earlier try was made, and its answer lost.
func (a *Accounts) record(ctx context.Context, keeper *leaseKeeper, save func(tx *storage.Tx, id string) error) error {
	id, m := "", keeper.message.Message
	for {
		err := a.db.Change(ctx, keeper.message.Customer, func(tx *storage.Tx) error {
			if id == "" {
				id = tx.NewID()
			} else if isThere, err := tx.HasAttempt(keeper.message.Customer, id, m); isThere || err != nil {
				return err
			}
			return save(tx, id)
		})
		switch backend.ErrorCode(err) {
		case backend.CodeBusy, backend.CodeDatabaseAway, backend.CodeUnknownOutcome:
			if a.db.Now().Add(recordPause).Before(keeper.until()) && a.waits(recordPause) {
				continue
			}
		}
		return err
	}
}

// waits waits for a time; false when the worker stops meanwhile, which a person or a supervisor waits for.
func (a *Accounts) waits(d time.Duration) bool {
	select {
	case <-a.stopping:
		return false
	case <-time.After(d):
		return true
	}
}

// extendLease makes sure that the lease outlasts a call of the sender and the recording; a call
// that takes longer keeps it with keepLease. Most messages are sent at once, and then
// comparing times is enough. isOurs is false when another
// process has leased the message, or when it became undeliverable while it waited.
func (a *Accounts) extendLease(ctx context.Context, q *storage.QueuedMessage) (isOurs bool, err error) {
	if q.LeasedUntil.Sub(a.db.Now()) > sendTimeout+returnTime+recordTime {
		return true, nil
	}
	var leased storage.QueuedMessage
	err = a.db.Change(ctx, q.Customer, func(tx *storage.Tx) (err error) {
		leased = *q
		leased.LeasedUntil = tx.Now.Add(leaseDuration)
		if isOurs, err = tx.LeaseMessage(*q, leased.LeasedUntil); err != nil || !isOurs {
			return err
		}
		if fault := a.undeliverable(&leased, tx.Now); fault != nil {
			isOurs = false
			return a.recordAttempt(tx, tx.NewID(), leased, attemptResult{fault: fault, at: tx.Now})
		}
		return nil
	})
	if err == nil {
		*q = leased
	}
	return isOurs, err
}

// undeliverable returns why a queued message cannot be sent any more, which says nothing of its
// address, or nil; then the message is unsealed.
func (a *Accounts) undeliverable(q *storage.QueuedMessage, now time.Time) *delivery.Error {
	if hasExpired(q.Message, now) {
		return tooLate(q.Message, "the code expired before it could be sent")
	}
	if a.isTooLate(q.Message, now) {
		return tooLate(q.Message, "no sender was configured for a day")
	}
	if err := a.unseal(q); err != nil {
		return &delivery.Error{Ours: true, Provider: "outbox", Status: "the message was sealed with another key and waits for that one", Err: err}
	}
	return nil
}

// tooLate is about a message that is not sent any more, and says what kept it before.
func tooLate(m backend.Message, why string) *delivery.Error {
	e := &delivery.Error{Kind: delivery.Permanent, Ours: true, Provider: "outbox", Status: why}
	if m.Detail != "" {
		e.Provider, e.Status = m.Provider, m.Detail+"; "+why
	}
	return e
}

// hasExpired reports whether the code of a message is no longer valid.
func hasExpired(m backend.Message, now time.Time) bool {
	return !m.CodeExpiresAt.IsZero() && !now.Before(m.CodeExpiresAt)
}

// isTooLate reports whether the time to send a message has ended: its code has expired, or
// no process had a sender for it.
func (a *Accounts) isTooLate(m backend.Message, now time.Time) bool {
	return hasExpired(m, now) || a.staysInInbox(m.Type) && now.Sub(m.At) >= delivery.MaxAge
}

// attemptResult is the result of one call of the sender.
type attemptResult struct {
	receipt delivery.Receipt
	fault   *delivery.Error // nil when it was accepted or held
	at      time.Time       // when the call began
	took    time.Duration
}

// recordAttempt writes an attempt with an id, and the new state of its message. Codes and test
// words stay in the row of a message that is held, and in no other.
func (a *Accounts) recordAttempt(tx *storage.Tx, id string, q storage.QueuedMessage, t attemptResult) error {
	unknown := 0 // attempts whose end is not known, with this one
	if t.fault != nil {
		before, err := tx.UnknownAttempts(q.Customer, q.Message.ID)
		if err != nil {
			return err
		}
		if unknown = before; t.fault.Kind == delivery.Unknown {
			unknown++
		}
	}
	outcome := applyResult(&q, t, tx.Now, unknown)
	m := q.Message
	if err := tx.SaveReceipt(q); err != nil {
		return err
	}
	err := tx.AddAttempt(q.Customer, id, m, backend.Attempt{At: t.at, Outcome: outcome,
		Provider: m.Provider, Status: m.Detail, Duration: t.took, Stopped: t.fault != nil && t.fault.Stopped})
	if err != nil {
		return err
	}
	a.observeAttempt(tx, m.Type, outcome, t.took)
	if t.fault != nil && t.fault.Gone {
		return a.switchOff(tx, q)
	}
	return touchIfExists(tx, q.Customer)
}

// applyResult sets the state of a message after an attempt, and returns the outcome
// of the attempt. A message that is held, failed or not known becomes unread. unknown is how many
// attempts at the message, with this one, have ended with a fault of the kind Unknown: it may
// have been taken by one of them, unless its address is refused for good now.
func applyResult(q *storage.QueuedMessage, t attemptResult, now time.Time, unknown int) backend.Outcome {
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
	m.Provider, m.Detail = t.fault.Provider, explanation(t.fault)
	again, giveUp := delivery.NextAttempt(m.Attempts, m.At, now, m.CodeExpiresAt, t.fault, nil)
	isUnknown := t.fault.Kind == delivery.Unknown
	if isUnknown {
		again, giveUp = delivery.NextAfterUnknown(unknown, m.At, now, m.CodeExpiresAt)
		giveUp = giveUp || t.fault.Final
	} else if giveUp && t.fault.Kind != delivery.Permanent && m.Kind != backend.KindTest {
		m.Detail += "; given up, since it would be too late at the next try"
	}
	*m = masked(*m)
	isLast := giveUp || m.Kind == backend.KindTest // a test is not tried again: its caller waits for the answer
	if isLast {
		m.State, m.Read, q.Sealed = backend.StateFailed, false, nil
	} else {
		m.NextAt = again
	}
	switch {
	case isLast && unknown > 0 && (t.fault.Kind != delivery.Permanent || t.fault.Ours):
		m.State = backend.StateUnknown
		return backend.OutcomeUnknown
	case isUnknown:
		return backend.OutcomeUnknown
	case !isLast:
		return backend.OutcomeDelayed
	case t.fault.Ours:
		return backend.OutcomeBlocked
	}
	return backend.OutcomeFailed
}

// explanation is why a message was not sent, with the wait that the provider asks for. A refusal for good
// is not tried again, so that a wait means nothing.
func explanation(e *delivery.Error) string {
	if e.RetryAfter <= 0 || e.Kind == delivery.Permanent || e.Kind == delivery.Unknown {
		return e.Status
	}
	return e.Status + "; it asks to wait " + spellWait(e.RetryAfter)
}

// switchOff disables the channel of a receiver that wants no more messages: a webhook
// that answered 410 Gone.
func (a *Accounts) switchOff(tx *storage.Tx, q storage.QueuedMessage) error {
	all, err := tx.Channels(q.Customer)
	for _, ch := range all {
		if err != nil || ch.Type != q.Message.Type || ch.ActiveValue != q.Message.To || !ch.Enabled {
			continue
		}
		before := ch
		ch.Enabled, ch.UpdatedAt = false, tx.Now
		if err = tx.SaveChannel(q.Customer, ch); err == nil {
			c := customer{Accounts: a, id: q.Customer}
			e := c.entry(tx, "channel.disabled", channelName(ch)+", its receiver wants no messages any more")
			e.Actor, e.Address = systemActor, ""
			e.Before.Channels, e.After.Channels = settingsOf([]backend.Channel{before}), settingsOf([]backend.Channel{ch})
			return tx.AddJournal(q.Customer, e)
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
