//go:build unix

package local

import (
	"testing"

	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/storage/postgres"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// TestContractOnPostgreSQL runs the same promises on the other engine.
func TestContractOnPostgreSQL(t *testing.T) {
	backendtest.Run(t, func(t *testing.T) backendtest.Fixture {
		clock, sender, url := newClock(), &backendtest.Sender{}, pgtest.URL(t)
		o := postgres.Options{Now: clock.Now}
		if err := postgres.Create(t.Context(), url, o, nil); err != nil {
			t.Fatal(err)
		}
		db, err := postgres.Open(t.Context(), url, o)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		accounts := New(db, Options{Key: testKey, Sender: sender})
		return backendtest.Fixture{Accounts: accounts, Sender: sender, Advance: clock.Advance, DeliverDue: accounts.DeliverDue, Tokens: accounts}
	})
}
