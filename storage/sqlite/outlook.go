package sqlite

import (
	"context"
	"time"

	"github.com/account-settings/pinghome/storage"
)

// Outlook is that of storage.Store.
func (d *DB) Outlook(ctx context.Context, maxAge time.Duration) (o storage.Outlook, err error) {
	own := d.ownLessee()
	err = d.Read(ctx, func(tx *storage.Tx) (err error) {
		o, err = tx.Outlook(own, maxAge)
		return err
	})
	return o, err
}
