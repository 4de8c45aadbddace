package storage_test

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// accountsFile creates a file with the program's own schema and the customer
// "john", and opens it.
func accountsFile(t testing.TB, now func() time.Time) *sqlite.DB {
	t.Helper()
	path := t.TempDir() + "/accounts.db"
	must(t, sqlite.Create(t.Context(), path, sqlite.Options{}, addJohn))
	return open(t, path, sqlite.Options{Now: now})
}

// addJohn adds John's account.
func addJohn(tx *storage.Tx) error {
	team := backend.Team{ID: "team"}
	if err := tx.AddOrganization(backend.Organization{ID: "organization", Plan: backend.PlanTeam}, team); err != nil {
		return err
	}
	return tx.AddCustomer(backend.Profile{Team: team, Customer: backend.Customer{ID: "john", Email: "john@example.org", Role: backend.RoleRoot}})
}

// open opens a file until the end of the test.
func open(t testing.TB, path string, o sqlite.Options) *sqlite.DB {
	t.Helper()
	d, err := sqlite.Open(t.Context(), path, o)
	must(t, err)
	t.Cleanup(func() { must(t, d.Close()) })
	return d
}

// must ends the test when there is an error.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (%T)", err, err)
	}
}
