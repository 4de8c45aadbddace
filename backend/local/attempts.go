package local

import (
	"context"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// ChannelAttempts returns the newest attempts to reach a channel.
func (c *customer) ChannelAttempts(ctx context.Context, priority, limit int) (list []backend.Attempt, err error) {
	if err := cleanPriority(priority); err != nil {
		return nil, err
	}
	err = c.read(ctx, func(tx *storage.Tx) error {
		ch, err := c.channel(tx, priority)
		if err != nil {
			return err
		}
		list, err = tx.ChannelAttempts(c.id, ch, max(0, limit))
		return err
	})
	return list, err
}

// MessageAttempts returns all attempts of one message.
func (c *customer) MessageAttempts(ctx context.Context, id string) (list []backend.Attempt, err error) {
	err = c.read(ctx, func(tx *storage.Tx) error {
		_, found, err := tx.Message(c.id, id)
		if err != nil {
			return err
		}
		if !found {
			return errNoMessage()
		}
		list, err = tx.MessageAttempts(c.id, id)
		return err
	})
	return list, err
}

// ResendMessage sends what a message was for once more. A code goes as a fresh
// one, by the way of asking for it, with its limits.
func (c *customer) ResendMessage(ctx context.Context, id string) (m backend.Message, err error) {
	var channels []backend.Channel
	var pending *backend.PendingUsername
	err = c.read(ctx, func(tx *storage.Tx) error {
		if err := c.unchanged(tx); err != nil {
			return err
		}
		var found bool
		if m, found, err = tx.Message(c.id, id); err == nil && !found {
			err = errNoMessage()
		}
		if err != nil {
			return err
		}
		if channels, err = tx.Channels(c.id); err != nil {
			return err
		}
		p, err := tx.Profile(c.id)
		pending = p.Pending
		return err
	})
	if err != nil {
		return backend.Message{}, err
	}
	switch {
	case m.State == backend.StateHeld:
		return backend.Message{}, errNotResendable("It is in the inbox already.")
	case m.State == backend.StateQueued || m.Kind == backend.KindNotice && m.State == backend.StateFailed:
		return c.requeue(ctx, id)
	case m.Kind == backend.KindVerification:
		err = c.freshCode(ctx, channels, m)
	case m.Kind == backend.KindUsername && pending != nil && pending.Email == m.To:
		_, err = c.ChangeUsername(ctx, m.To)
	case m.Kind == backend.KindUsername:
		err = errNotResendable("The change of the username does not wait for this address any more.")
	case m.Kind == backend.KindTest:
		err = errNotResendable("Test the channel again instead.")
	default:
		err = errNotResendable("It was taken already.")
	}
	if err != nil {
		return backend.Message{}, err
	}
	return c.newestTo(ctx, m)
}

// freshCode asks for a code once more for the channel that still waits for it.
func (c *customer) freshCode(ctx context.Context, channels []backend.Channel, m backend.Message) error {
	for _, ch := range channels {
		if ch.Type == m.Type && ch.Value == m.To && !ch.Verified {
			_, err := c.UpdateChannel(ctx, ch.Priority, ch.Value)
			return err
		}
	}
	return errNotResendable("No channel waits for this code any more.")
}

// newestTo is the message that went in the place of another.
func (c *customer) newestTo(ctx context.Context, old backend.Message) (backend.Message, error) {
	box, err := c.Messages(ctx, batch)
	for _, m := range box.Messages {
		if m.Type == old.Type && m.To == old.To && m.Kind == old.Kind {
			return m, err
		}
	}
	return old, err
}

// requeue hands a message over now.
func (c *customer) requeue(ctx context.Context, id string) (m backend.Message, err error) {
	var q storage.Queued
	err = c.change(ctx, "ResendMessage", &m, func(tx *storage.Tx) error {
		if q, err = tx.QueuedMessage(c.id, id); err != nil {
			return err
		}
		if fault := c.hopeless(&q, tx.Now); fault != nil {
			return errNotResendable("The message cannot be sent: " + fault.Status + ".")
		}
		if err := tx.RequeueMessage(q, tx.Now.Add(lease)); err != nil {
			return err
		}
		q.Message.State = backend.StateQueued
		if err := c.note(tx, "message.resent", string(q.Message.Kind)); err != nil {
			return err
		}
		m, _, err = tx.Message(c.id, id)
		return err
	})
	if err != nil || q.Message.ID == "" { // a repeat, which sends nothing
		return m, err
	}
	c.handOver(ctx, q)
	return m, nil
}

func errNotResendable(why string) error {
	return backend.Errorf(backend.CodeNotResendable, "There is nothing to send again. %s", why)
}
