package local

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/storage"
)

func TestContract(t *testing.T) {
	backendtest.Run(t, func(t *testing.T) backendtest.Fixture {
		clock, sender := newClock(), &backendtest.Sender{}
		path := filepath.Join(t.TempDir(), "accounts.db")
		options := storage.Options{Now: clock.Now}
		if err := storage.Create(context.Background(), path, options, func(*storage.Tx) error { return nil }); err != nil {
			t.Fatal(err)
		}
		accounts := New(openFile(t, path, options), Options{Key: testKey, Sender: sender})
		return backendtest.Fixture{Accounts: accounts, Sender: sender, Advance: clock.Advance, DeliverDue: accounts.DeliverDue, Tokens: accounts}
	})
}
