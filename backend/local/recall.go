package local

import (
	"context"
	"time"

	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// noClockBefore is earlier than the first database: a clock that shows less has not
// been set yet, and the future is not measured by it.
var noClockBefore = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

// recallFuture brings what was written while the clock was ahead to the present: limits
// would count it, and messages wait for it, until then.
func (a *Accounts) recallFuture(ctx context.Context) error {
	if a.db.Now().Before(noClockBefore) {
		return nil
	}
	if err := a.recallMessages(ctx); err != nil {
		return err
	}
	if err := a.recallAnswers(ctx); err != nil {
		return err
	}
	if err := a.recallTargetSends(ctx); err != nil {
		return err
	}
	var has bool
	err := a.db.Read(ctx, func(tx *storage.Tx) (err error) {
		has, err = tx.AnyFuture()
		return err
	})
	if err != nil || !has {
		return err
	}
	return a.walk(ctx, func(ids []string) error {
		found, err := a.findFuture(ctx, ids)
		if err != nil || len(found) == 0 {
			return err
		}
		return a.db.Change(ctx, storage.NoAccount, func(tx *storage.Tx) error {
			for _, id := range found {
				if err := tx.RecallFuture(id); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// findFuture returns those customers of whom something lies in the future.
func (a *Accounts) findFuture(ctx context.Context, customers []string) (found []string, err error) {
	err = a.db.Read(ctx, func(tx *storage.Tx) error {
		found = nil
		for _, id := range customers {
			has, err := tx.HasFuture(id)
			if err != nil {
				return err
			}
			if has {
				found = append(found, id)
			}
		}
		return nil
	})
	return found, err
}

// recallMessages makes messages that wait for the future due now. None waits longer
// than it may live.
func (a *Accounts) recallMessages(ctx context.Context) error {
	var has bool
	err := a.db.Read(ctx, func(tx *storage.Tx) (err error) {
		has, err = tx.HasFutureMessages(delivery.MaxAge)
		return err
	})
	if err != nil || !has {
		return err
	}
	return a.db.Change(ctx, storage.NoAccount, func(tx *storage.Tx) error { return tx.RecallFutureMessages(delivery.MaxAge) })
}

// recallTargetSends is one change: there are only those of a day.
func (a *Accounts) recallTargetSends(ctx context.Context) error {
	var has bool
	err := a.db.Read(ctx, func(tx *storage.Tx) (err error) {
		has, err = tx.HasFutureTargetSends()
		return err
	})
	if err != nil || !has {
		return err
	}
	return a.db.Change(ctx, storage.NoAccount, func(tx *storage.Tx) error { return tx.RecallFutureTargetSends() })
}

func (a *Accounts) recallAnswers(ctx context.Context) error {
	for isDone := false; !isDone; {
		err := a.db.Change(ctx, storage.NoAccount, func(tx *storage.Tx) error {
			n, err := tx.RecallFutureAnswers(stepSize)
			isDone = n == 0
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
