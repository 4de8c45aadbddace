package local

import (
	"testing"

	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
	"github.com/account-settings/pinghome/storage/storagetest"
)

// TestContract runs the promises of accounts on a file. In short runs the test below does, which does more.
func TestContract(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED IN SHORT RUNS: the contract runs with transactions that run again")
	}
	runContract(t, emptyStore)
}

// TestContractWithTransactionsRunAgain: an engine may run a transaction again where nothing of it was
// kept, so what a transaction fills must be the same after another run.
func TestContractWithTransactionsRunAgain(t *testing.T) {
	runContract(t, func(t *testing.T, c *clock) storage.Store { return storagetest.RunAgain(emptyStore(t, c)) })
}

// runContract runs the promises of accounts on stores that open makes, each without an account.
func runContract(t *testing.T, open func(*testing.T, *clock) storage.Store) {
	backendtest.Run(t, func(t *testing.T) backendtest.Fixture {
		clock, sender := newClock(), &backendtest.Sender{}
		accounts := New(open(t, clock), Options{Key: testKey, Sender: sender})
		return backendtest.Fixture{Accounts: accounts, Sender: sender, Advance: clock.Advance, DeliverDue: accounts.DeliverDue, Tokens: accounts}
	})
}

func emptyStore(t *testing.T, c *clock) storage.Store {
	return openFile(t, emptyFile(t, c), sqlite.Options{Now: c.Now})
}
