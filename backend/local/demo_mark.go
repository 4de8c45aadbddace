package local

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// demoReason is the reason that the tombstones of demo accounts have.
const demoReason = "demo-data"

// demoIDs loads the ids of the accounts that the demo data was made with, and that are
// still there.
func demoIDs(tx *storage.Tx) ([]string, error) {
	ids, err := tx.Fact(storage.FactDemo)
	return strings.Fields(string(ids)), err
}

// markDemo sets which of n accounts are made up.
func markDemo(tx *storage.Tx, n int, at func(int) *backend.AccountSummary) error {
	demo, err := demoIDs(tx)
	for i := range n {
		a := at(i)
		a.IsDemo = slices.Contains(demo, a.ID)
	}
	return err
}

// demoLock is locked by what changes which accounts are those of the demo.
const demoLock = "demo"

// unmarkDemo removes the id of an account that is deleted from those of the demo.
func unmarkDemo(tx *storage.Tx, id string) error {
	ids, err := demoIDs(tx)
	if err != nil || !slices.Contains(ids, id) {
		return err
	}
	if err := tx.Lock(demoLock); err != nil {
		return err
	}
	if ids, err = demoIDs(tx); err != nil { // again: another may have changed them
		return err
	}
	ids = slices.DeleteFunc(ids, func(demo string) bool { return demo == id })
	if len(ids) == 0 {
		return tx.DropFact(storage.FactDemo)
	}
	return tx.PutFact(storage.FactDemo, []byte(strings.Join(ids, " ")))
}

// DemoAccounts returns the accounts that were made with the demo data, by name; never nil.
func (a *Accounts) DemoAccounts(ctx context.Context) (list []backend.AccountSummary, err error) {
	err = a.db.Read(ctx, func(tx *storage.Tx) error {
		list = []backend.AccountSummary{}
		ids, err := demoIDs(tx)
		for _, id := range ids {
			s, isThere, byID := tx.AccountByID(id)
			err = cmp.Or(err, byID)
			if isThere {
				s.IsDemo = true
				list = append(list, s)
			}
		}
		return err
	})
	slices.SortFunc(list, func(a, b backend.AccountSummary) int { return cmp.Compare(a.FullName(), b.FullName()) })
	return list, err
}

// RemoveDemo deletes the accounts that were made with the demo data, in one transaction.
func (a *Accounts) RemoveDemo(ctx context.Context) (removed int, err error) {
	defer a.tokens.clear()
	var demo []string
	err = a.db.Change(ctx, storage.NoAccount, func(tx *storage.Tx) (err error) {
		removed = 0
		demo, err = demoIDs(tx)
		if err != nil {
			return err
		}
		for _, id := range demo {
			_, isThere, err := tx.AccountByID(id)
			if err == nil && isThere {
				err = deleteCustomer(tx, id, demoReason)
				removed++
			} else if err == nil {
				err = unmarkDemo(tx, id)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		a.search.forget(demo...)
	}
	return removed, err
}
