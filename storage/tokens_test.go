package storage

import (
	"context"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// A file from before there were tokens keeps its accounts and gets the tables.
func TestAFileWithoutTokensGetsThem(t *testing.T) {
	first, err := fs.ReadFile(embedded(), "0001_accounts.sql")
	must(t, err)
	path := t.TempDir() + "/accounts.db"
	old := Options{migrations: fstest.MapFS{"0001_accounts.sql": {Data: first}}}
	must(t, Create(t.Context(), path, old, func(tx *Tx) error {
		team := backend.Team{ID: "team"}
		if err := tx.AddOrganization(backend.Organization{ID: "organization", Plan: backend.PlanTeam}, team); err != nil {
			return err
		}
		return tx.AddCustomer(backend.Profile{Team: team, Customer: backend.Customer{ID: "john", Email: "john@example.org", Role: backend.RoleRoot}})
	}))
	d := open(t, path, Options{})
	want := backend.Token{ID: "id", Customer: "john", Email: "john@example.org", Scope: backend.ScopeSelf, CreatedAt: time.UnixMilli(1).UTC()}
	must(t, d.Change(context.Background(), func(tx *Tx) error { return tx.AddToken(want, []byte("hash")) }))
	must(t, d.Read(context.Background(), func(tx *Tx) error {
		got, hash, found, err := tx.Token("id")
		if got != want || string(hash) != "hash" || !found {
			t.Errorf("%+v, %q, %v", got, hash, found)
		}
		return err
	}))
}
