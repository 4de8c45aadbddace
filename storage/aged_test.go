//go:build unix

package storage_test

import (
	"testing"

	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// TestOldRowsOfOneCustomerGo deletes what is old on both engines: of a customer, and of none the others'.
func TestOldRowsOfOneCustomerGo(t *testing.T) {
	file, url := openFile(t, newFile(t, addAwkward)), pgtest.Empty(t)
	must(t, toServer(t.Context(), file, url, noReport))
	for engine, s := range map[string]storage.Store{"SQLite": file, "PostgreSQL": openServer(t, url)} {
		wantDeleted := func(customer string, what storage.Aged, want int) {
			t.Helper()
			must(t, s.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
				has, err := tx.HasAged(what, customer, tx.Now, 0)
				must(t, err)
				got, err := tx.DeleteAged(what, customer, tx.Now, 0, 10)
				if got != want || has != (want > 0) {
					t.Errorf("%s: of %s %d were deleted, not %d; there were any: %t", engine, what, got, want, has)
				}
				return err
			}))
		}
		wantDeleted(awkward, storage.AgedSends, 0) // the only one is another customer's
		wantDeleted("", storage.AgedFailures, 0)
		for what, want := range map[storage.Aged]int{storage.AgedMessages: 0, storage.AgedAttempts: 1, storage.AgedFailures: 1, storage.AgedCodes: 1} {
			wantDeleted(awkward, what, want)
		}
		for what, want := range map[storage.Aged]int{storage.AgedSends: 1, storage.AgedTokens: 0, storage.AgedAnswers: 2, storage.AgedCreations: 1,
			storage.AgedTargets: 3} {
			wantDeleted("", what, want)
		}
	}
}
