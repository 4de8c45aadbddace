package local

import (
	"context"
	"slices"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// Messages returns the newest messages.
func (c *customer) Messages(ctx context.Context, limit int) (inbox backend.MessageList, err error) {
	return c.OlderMessages(ctx, "", limit)
}

// OlderMessages returns the messages behind one. Only a message that is held in the inbox
// shows its code and test word.
func (c *customer) OlderMessages(ctx context.Context, than string, limit int) (inbox backend.MessageList, err error) {
	if err := checkCursor(than); err != nil {
		return inbox, err
	}
	err = c.read(ctx, func(tx *storage.Tx) error {
		inbox, err = tx.Messages(c.id, than, max(0, limit))
		return err
	})
	for i, m := range inbox.Messages {
		if m.State != backend.StateHeld {
			inbox.Messages[i] = masked(m)
		}
	}
	return inbox, err
}

// MarkMessage sets whether a message has been read. It raises the revision, but adds
// no journal row: reading is no change of the account.
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
	return backend.Errorf(backend.CodeNotFound, "There is no such message; it may have been deleted.")
}
