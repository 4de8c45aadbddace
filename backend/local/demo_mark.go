package local

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// demoReason is the reason that the tombstones of demo accounts have.
const demoReason = "demo-data"

// demoIDs loads the ids of the accounts that the demo data was made with. Some may be
// gone by now.
func demoIDs(tx *storage.Tx) ([]string, error) {
	ids, err := tx.Fact(storage.FactDemo)
	return strings.Fields(string(ids)), err
}

// markDemo sets which of the accounts are made up.
func markDemo(tx *storage.Tx, list []backend.AccountSummary) error {
	demo, err := demoIDs(tx)
	for i := range list {
		list[i].IsDemo = slices.Contains(demo, list[i].ID)
	}
	return err
}

// DemoAccounts returns the accounts that were made with the demo data, by name.
func (a *Accounts) DemoAccounts(ctx context.Context) ([]backend.AccountSummary, error) {
	list, err := a.List(ctx, "", math.MaxInt32)
	return slices.DeleteFunc(list, func(s backend.AccountSummary) bool { return !s.IsDemo }), err
}

// RemoveDemo deletes the accounts that were made with the demo data, in one transaction.
func (a *Accounts) RemoveDemo(ctx context.Context) (removed int, err error) {
	defer a.tokens.clear()
	err = a.db.Change(ctx, func(tx *storage.Tx) error {
		removed = 0
		demo, err := demoIDs(tx)
		if err != nil {
			return err
		}
		for _, id := range demo {
			_, isThere, err := tx.AccountByID(id)
			if err != nil {
				return err
			}
			if !isThere {
				continue
			}
			if err := deleteCustomer(tx, id, demoReason); err != nil {
				return err
			}
			removed++
		}
		return tx.DropFact(storage.FactDemo)
	})
	return removed, err
}
