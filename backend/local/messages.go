package local

import (
	"context"
	"slices"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// Messages returns the newest messages. Only a message that is held here
// shows its code.
func (c *customer) Messages(ctx context.Context, limit int) (box backend.Inbox, err error) {
	err = c.read(ctx, func(tx *storage.Tx) error {
		box, err = tx.Inbox(c.id, max(0, limit))
		return err
	})
	for i, m := range box.Messages {
		if m.State != backend.StateHeld {
			box.Messages[i] = masked(m)
		}
	}
	return box, err
}

// MarkMessage sets whether a message has been read. Reading is no change of
// the account, so it has no journal row.
func (c *customer) MarkMessage(ctx context.Context, id string, read bool) error {
	return c.change(ctx, "MarkMessage", nil, func(tx *storage.Tx) error {
		found, err := tx.MarkMessage(c.id, id, read)
		if err != nil {
			return err
		}
		if !found {
			return errNoMessage()
		}
		return tx.Touch(c.id)
	})
}

// DeleteMessages removes all the named messages or none.
func (c *customer) DeleteMessages(ctx context.Context, ids []string) error {
	named := slices.Compact(slices.Sorted(slices.Values(ids)))
	return c.change(ctx, "DeleteMessages", nil, func(tx *storage.Tx) error {
		for _, id := range named {
			found, err := tx.DeleteMessage(c.id, id)
			if err != nil {
				return err
			}
			if !found {
				return errNoMessage()
			}
		}
		if len(named) == 0 {
			return nil
		}
		return c.note(tx, "messages.deleted", plural(len(named), "message"))
	})
}

func errNoMessage() error {
	return backend.Errorf(backend.CodeNotFound, "This message is not there any more. Reload the list.")
}

// Journal returns the newest rows.
func (c *customer) Journal(ctx context.Context, limit int) (list []backend.JournalEntry, err error) {
	err = c.read(ctx, func(tx *storage.Tx) error {
		list, err = tx.Journal(c.id, max(0, limit))
		return err
	})
	return list, err
}
