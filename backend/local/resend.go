package local

import (
	"context"
	"slices"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// ResendMessage sends a message again; for a code message, a new one with a new
// code, within the limits for codes. The returned message shows no code, since the
// answer is kept for a repeat of the command.
func (c *customer) ResendMessage(ctx context.Context, id string) (m backend.Message, err error) {
	err = c.change(ctx, "ResendMessage", &m, func(tx *storage.Tx) error {
		old, found, err := tx.Message(c.id, id)
		if err == nil && !found {
			err = errNoMessage()
		}
		if err != nil {
			return err
		}
		q, err := c.writeResend(tx, old)
		if err != nil {
			return err
		}
		c.dispatchAfter(tx, q)
		if err := c.note(tx, "message.resent", string(old.Kind)); err != nil {
			return err
		}
		m, _, err = tx.Message(c.id, q.Message.ID)
		m = masked(m)
		return err
	})
	if err != nil {
		return backend.Message{}, err
	}
	return m, nil
}

// writeResend queues the message again, or a new one in its place.
// Errors: not_resendable, rate_limited, code_locked.
func (c *customer) writeResend(tx *storage.Tx, old backend.Message) (storage.QueuedMessage, error) {
	switch {
	case old.State == backend.StateHeld:
		return storage.QueuedMessage{}, errNotResendable("It is held, and was never sent.")
	case old.State == backend.StateQueued || old.Kind == backend.KindNotice && (old.State == backend.StateFailed || old.State == backend.StateUnknown):
		return c.requeue(tx, old)
	case old.Kind == backend.KindTest:
		return storage.QueuedMessage{}, errNotResendable("Test the channel again instead.")
	case old.Kind == backend.KindNotice:
		return storage.QueuedMessage{}, errNotResendable("It was sent already.")
	case old.Kind == backend.KindUsername:
		p, err := tx.Profile(c.id)
		if err == nil && (p.Pending == nil || p.Pending.Email != old.To) {
			err = errNotResendable("The username is no longer to be changed to this address.")
		}
		if err != nil {
			return storage.QueuedMessage{}, err
		}
		return c.writeCode(tx, storage.PurposeUsername, old.Type, old.To)
	}
	all, err := tx.Channels(c.id)
	if err != nil {
		return storage.QueuedMessage{}, err
	}
	if !slices.ContainsFunc(all, func(ch backend.Channel) bool { return ch.Type == old.Type && ch.Value == old.To && !ch.Verified }) {
		return storage.QueuedMessage{}, errNotResendable("No channel waits for this code.")
	}
	return c.writeCode(tx, storage.PurposeChannel, old.Type, old.To)
}

// requeue makes a message due now and leases it to this process.
func (c *customer) requeue(tx *storage.Tx, old backend.Message) (storage.QueuedMessage, error) {
	q, err := tx.QueuedMessage(c.id, old.ID)
	if err != nil {
		return q, err
	}
	if fault := c.undeliverable(&q, tx.Now); fault != nil {
		return q, errNotResendable("It can no longer be sent: " + fault.Status + ".")
	}
	if c.staysInInbox(q.Message.Type) {
		return q, errNotResendable("No sender for it is set up here; it waits for a program that has one.")
	}
	isBeingSent := old.State == backend.StateQueued && !tx.Now.Before(q.Message.NextAt) && tx.Now.Before(q.LeasedUntil)
	until := tx.Now.Add(leaseDuration)
	if !isBeingSent {
		isOurs, err := tx.RequeueMessage(q, until)
		if err != nil {
			return q, err
		}
		isBeingSent = !isOurs // a worker, which asks no account, has taken it just now
	}
	if isBeingSent {
		return q, errNotResendable("It is being sent now.")
	}
	q.Message.State, q.LeasedUntil = backend.StateQueued, until
	return q, nil
}

func errNotResendable(why string) error {
	return backend.Errorf(backend.CodeNotResendable, "This message cannot be sent again. %s", why)
}
