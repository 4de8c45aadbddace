package storagetest

import (
	"context"

	"github.com/account-settings/pinghome/storage"
)

// RunAgain returns a store that runs what a transaction does twice, and keeps nothing of the first
// time, as an engine may that tries a transaction again. Both runs are in one transaction, so that no
// other caller comes between them.
func RunAgain(s storage.Store) storage.Store { return again{s} }

type again struct{ storage.Store }

func (s again) Read(ctx context.Context, fn func(*storage.Tx) error) error {
	return s.Store.Read(ctx, func(tx *storage.Tx) error {
		_ = fn(tx)
		return fn(tx)
	})
}

func (s again) ReadOne(ctx context.Context, fn func(*storage.Tx) error) error {
	_ = s.Store.ReadOne(ctx, fn)
	return s.Store.ReadOne(ctx, fn)
}

func (s again) Change(ctx context.Context, account string, fn func(*storage.Tx) error) error {
	return s.Store.Change(ctx, account, func(tx *storage.Tx) error {
		if _, err := tx.Session().Exec("SAVEPOINT again", nil); err != nil {
			return err
		}
		first := *tx // what it leaves to be done at the end goes with what it wrote
		if err := first.Run(fn); err != nil {
			return err
		}
		if _, err := tx.Session().Exec("ROLLBACK TO SAVEPOINT again", nil); err != nil {
			return err
		}
		return fn(tx)
	})
}
