package local

import (
	"context"
	"errors"
	"testing"

	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

func TestContract(t *testing.T) { runContract(t, emptyStore) }

// TestContractWithTransactionsRunAgain: an engine may run a transaction again where nothing of it was
// kept, so what a transaction fills must be the same after another run.
func TestContractWithTransactionsRunAgain(t *testing.T) {
	runContract(t, func(t *testing.T, c *clock) storage.Store { return twice{emptyStore(t, c)} })
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

// twice is a store that runs each transaction twice, and keeps nothing of the first time.
type twice struct{ storage.Store }

var errNotKept = errors.New("the first run is not kept")

func (s twice) Read(ctx context.Context, fn func(*storage.Tx) error) error {
	return s.Store.Read(ctx, func(tx *storage.Tx) error {
		_ = fn(tx)
		return fn(tx)
	})
}

func (s twice) ReadOne(ctx context.Context, fn func(*storage.Tx) error) error { return s.Read(ctx, fn) }

func (s twice) Change(ctx context.Context, account string, fn func(*storage.Tx) error) error {
	err := s.Store.Change(ctx, account, func(tx *storage.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errNotKept
	})
	if !errors.Is(err, errNotKept) {
		return err
	}
	return s.Store.Change(ctx, account, fn)
}
