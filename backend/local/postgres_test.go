//go:build unix

package local

import (
	"testing"

	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// TestContractOnPostgreSQL runs the same promises on the other engine.
func TestContractOnPostgreSQL(t *testing.T) { runContract(t, emptyDatabase) }

func emptyDatabase(t *testing.T, c *clock) storage.Store {
	o := postgres.Options{Now: c.Now}
	url := pgtest.Made(t, func(url string) error { return postgres.Create(t.Context(), url, postgres.Options{}, nil) })
	db, err := postgres.Open(t.Context(), url, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}
