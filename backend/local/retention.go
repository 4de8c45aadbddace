package local

import (
	"context"
	"time"

	"github.com/account-settings/pinghome/storage"
)

// Nothing is kept for ever but the accounts with their channels, feedback and journal.

const (
	// historyAge is how long messages and attempts are kept, when Options do not say.
	historyAge = 90 * day
	// keptOfChannel is how many messages and how many attempts of each channel are kept
	// at every age.
	keptOfChannel = 30
)

// retention says how long rows are kept: older ones are deleted, but the newest keep of
// each channel.
type retention struct {
	what storage.Aged
	age  time.Duration
	keep int
}

// retentions is the table of all that is not kept for ever.
func (a *Accounts) retentions() []retention {
	return []retention{
		{storage.AgedMessages, a.options.Keep, keptOfChannel},
		{storage.AgedAttempts, a.options.Keep, keptOfChannel},
		{storage.AgedSends, day, 0},
		{storage.AgedFailures, 2 * day, 0}, // a lock of a day begins with the last of those within a day
		{storage.AgedCodes, day, 0},
		{storage.AgedTokens, historyAge, 0},
		{storage.AgedAnswers, day, 0},
		{storage.AgedCreations, day, 0},
		{storage.AgedTargets, day, 0},
	}
}

const (
	// walkSize is how many customers are looked at in one reading.
	walkSize = 100
	// stepSize is how many rows are deleted in one change, for which others wait.
	stepSize = 200
)

// Tidy deletes what is older than the retentions allow, in small steps, and returns how
// many rows. What lies in the future is brought to the present first.
func (a *Accounts) Tidy(ctx context.Context) (deleted int, err error) {
	ctx = storage.Long(ctx) // it reads all rows of some tables
	if err := a.recallFuture(ctx); err != nil {
		return 0, err
	}
	var ofAll []agedOf
	for _, r := range a.retentions() {
		if !r.what.OfCustomer() {
			ofAll = append(ofAll, agedOf{r, ""})
		}
	}
	if deleted, err = a.deleteAged(ctx, ofAll); err != nil {
		return deleted, err
	}
	err = a.walk(ctx, func(ids []string) error {
		found, err := a.findAged(ctx, ids)
		if err != nil || len(found) == 0 {
			return err
		}
		n, err := a.deleteAged(ctx, found)
		deleted += n
		return err
	})
	return deleted, err
}

// agedOf is a retention with a customer that has older rows.
type agedOf struct {
	retention
	customer string
}

// findAged looks for rows that are too old, of some customers.
func (a *Accounts) findAged(ctx context.Context, customers []string) (found []agedOf, err error) {
	err = a.db.Read(ctx, func(tx *storage.Tx) error {
		found = nil
		for _, id := range customers {
			for _, r := range a.retentions() {
				if !r.what.OfCustomer() {
					continue
				}
				has, err := tx.HasAged(r.what, id, tx.Now.Add(-r.age), r.keep)
				if err != nil {
					return err
				}
				if has {
					found = append(found, agedOf{r, id})
				}
			}
		}
		return nil
	})
	return found, err
}

// deleteAged deletes what was found, stepSize rows in a change.
func (a *Accounts) deleteAged(ctx context.Context, found []agedOf) (deleted int, err error) {
	for len(found) > 0 {
		var rest []agedOf
		var n int
		err = a.db.Change(ctx, storage.NoAccount, func(tx *storage.Tx) (err error) {
			rest, n, err = deleteStep(tx, found)
			return err
		})
		if err != nil {
			return deleted, err
		}
		found, deleted = rest, deleted+n
	}
	return deleted, nil
}

// deleteStep deletes up to stepSize rows of what was found; rest is what has more.
func deleteStep(tx *storage.Tx, found []agedOf) (rest []agedOf, deleted int, err error) {
	for deleted < stepSize && len(found) > 0 {
		f, left := found[0], stepSize-deleted
		if f.customer != "" { // what a change of the account makes young again stays
			if err := tx.LockAccount(f.customer); err != nil {
				return nil, 0, err
			}
		}
		n, err := tx.DeleteAged(f.what, f.customer, tx.Now.Add(-f.age), f.keep, left)
		if err != nil {
			return nil, 0, err
		}
		deleted += n
		if n < left {
			found = found[1:]
		}
	}
	return found, deleted, nil
}

// walk calls do with the ids of all customers, walkSize at a time.
func (a *Accounts) walk(ctx context.Context, do func(ids []string) error) error {
	for last := ""; ; {
		var ids []string
		err := a.db.Read(ctx, func(tx *storage.Tx) (err error) {
			ids, err = tx.CustomerIDs(last, walkSize)
			return err
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := do(ids); err != nil {
			return err
		}
		last = ids[len(ids)-1]
	}
}
