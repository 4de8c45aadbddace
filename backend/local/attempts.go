package local

import (
	"cmp"
	"context"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// ChannelAttempts returns the newest attempts to reach a channel.
func (c *customer) ChannelAttempts(ctx context.Context, priority, limit int) (list []backend.Attempt, err error) {
	return c.OlderAttempts(ctx, priority, "", limit)
}

// OlderAttempts returns the attempts to reach a channel behind one.
func (c *customer) OlderAttempts(ctx context.Context, priority int, than string, limit int) (list []backend.Attempt, err error) {
	if err := cmp.Or(cleanPriority(priority), checkCursor(than)); err != nil {
		return nil, err
	}
	err = c.read(ctx, func(tx *storage.Tx) error {
		ch, err := c.channel(tx, priority)
		if err != nil {
			return err
		}
		list, err = tx.ChannelAttempts(c.id, ch, than, max(0, limit))
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
