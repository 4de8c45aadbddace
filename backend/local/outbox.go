package local

import (
	"context"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// A message is written in the transaction of the change that it is about, so
// there is never one without the other. Nothing is sent inside a transaction:
// the message is handed over after the commit, and a second one records the
// receipt. What a crash leaves between the two is handed over by HandOver.
// So a message arrives at least once, and rarely twice.

const (
	// lease is how long a message is its holder's to hand over; longer than a
	// sender may take, so that two processes rarely send the same one.
	lease = time.Minute
	// sendTimeout bounds one call of the sender.
	sendTimeout = 15 * time.Second
	// batch is how many messages HandOver leases at once.
	batch = 20
)

// post writes a message: held at once where the inbox is the sender, and
// queued for handOver otherwise.
func (c *customer) post(tx *storage.Tx, m backend.Message, t text) (storage.Queued, error) {
	m.ID, m.At, m.Subject, m.Body, m.State = newID(), tx.Now, t.subject, t.body, backend.StateQueued
	if c.holds {
		m.State, m.Provider, m.Detail = backend.StateHeld, delivery.InboxReceipt.Provider, delivery.InboxReceipt.Status
	}
	return storage.Queued{Customer: c.id, Message: m}, tx.AddMessage(c.id, m, tx.Now.Add(lease))
}

// handOver gives a message to the sender and records what it said. It is told
// to nobody when that fails: the change is done, and the inbox shows the state.
func (a *Accounts) handOver(ctx context.Context, q storage.Queued) {
	if q.Message.State != backend.StateQueued {
		return
	}
	ctx = context.WithoutCancel(ctx) // the change is committed; its message must not be lost with the caller
	receipt, fault := a.send(ctx, q.Message)
	_ = a.db.Change(ctx, func(tx *storage.Tx) error { return a.saveReceipt(tx, q, receipt, fault) })
}

// send calls the sender, with a limit on its time.
func (a *Accounts) send(ctx context.Context, m backend.Message) (delivery.Receipt, *delivery.Error) {
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	receipt, err := a.options.Sender.Send(ctx, delivery.Message{ID: m.ID, Type: m.Type, To: m.To, Kind: m.Kind,
		Subject: m.Subject, Body: m.Body, Code: m.Code, ExpiresAt: m.CodeExpiresAt})
	if err != nil {
		return delivery.Receipt{}, delivery.AsError(err)
	}
	return receipt, nil
}

// saveReceipt records the sender's answer. A message that may go later stays
// queued; a code leaves the row as soon as the row is not its inbox.
func (a *Accounts) saveReceipt(tx *storage.Tx, q storage.Queued, receipt delivery.Receipt, fault *delivery.Error) error {
	m := &q.Message
	again := tx.Now
	switch {
	case fault == nil && receipt.Held:
		m.State, m.Provider, m.Detail = backend.StateHeld, receipt.Provider, receipt.Status
	case fault == nil:
		m.State, m.Provider, m.Detail = backend.StateSent, receipt.Provider, receipt.Status
		*m = sealed(*m)
	case fault.Kind == delivery.Permanent || m.Kind == backend.KindTest:
		m.State, m.Provider, m.Detail = backend.StateFailed, fault.Provider, fault.Status
		*m = sealed(*m)
	default:
		m.Provider, m.Detail = fault.Provider, fault.Status
		again = again.Add(max(lease, fault.RetryAfter))
	}
	if err := tx.SaveReceipt(q, again); err != nil {
		return err
	}
	return touchIfThere(tx, q.Customer)
}

// touchIfThere is Touch for what comes after the commit, when the account may be gone.
func touchIfThere(tx *storage.Tx, customer string) error {
	if err := tx.Touch(customer); backend.ErrorCode(err) != backend.CodeUnauthorized {
		return err
	}
	return nil
}

// sealed is a message without its code. Reading a code here, where it was
// meant to arrive elsewhere, would prove nothing.
func sealed(m backend.Message) backend.Message {
	if m.Code != "" {
		hidden := strings.Repeat("•", len(m.Code))
		m.Subject, m.Body = strings.ReplaceAll(m.Subject, m.Code, hidden), strings.ReplaceAll(m.Body, m.Code, hidden)
		m.Code = ""
	}
	return m
}

// HandOver hands over every message that was left queued, of all accounts of
// the file: after a crash, or when the provider was to be asked again later.
// A code that has expired meanwhile is not sent any more.
func (a *Accounts) HandOver(ctx context.Context) error {
	for {
		leased, found, err := a.lease(ctx)
		if err != nil || found == 0 {
			return err
		}
		for _, q := range leased {
			if err := ctx.Err(); err != nil {
				return err
			}
			a.handOver(ctx, q)
		}
	}
}

// lease takes some waiting messages for this process, and says how many it
// found, with those that are too late. Looking is a read, so that a start with
// nothing to do writes nothing.
func (a *Accounts) lease(ctx context.Context) (leased []storage.Queued, found int, err error) {
	var waiting []storage.Queued
	look := func(tx *storage.Tx) error {
		waiting, err = tx.Queued(batch)
		return err
	}
	if err := a.db.Read(ctx, look); err != nil || len(waiting) == 0 {
		return nil, 0, err
	}
	err = a.db.Change(ctx, func(tx *storage.Tx) error {
		if err := look(tx); err != nil {
			return err
		}
		for _, q := range waiting {
			if q.Message.Code != "" && !tx.Now.Before(q.Message.CodeExpiresAt) {
				if err := a.saveReceipt(tx, q, delivery.Receipt{}, tooLate); err != nil {
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

// tooLate is what becomes of a code that nobody could use any more.
var tooLate = &delivery.Error{Kind: delivery.Permanent, Provider: "outbox", Status: "the code expired before it could be sent"}
