//go:build unix

package postgres

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// TestANetworkThatIsGone is told from a database that others keep busy.
func TestANetworkThatIsGone(t *testing.T) {
	url := made(t)
	through, proxy := pgtest.Through(t, url)
	s, err := Open(t.Context(), through, Options{Wait: 1500 * time.Millisecond})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	change := func() error {
		return s.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error { return tx.Lock("held") })
	}
	other := open(t, url)
	must(t, other.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		if err := tx.Lock("held"); err != nil {
			return err
		}
		if err := change(); backend.ErrorCode(err) != backend.CodeBusy {
			t.Errorf("what waits for another is refused with %v", err)
		}
		return nil
	}))
	must(t, change())
	release := proxy.Hold()
	defer release()
	if err := change(); backend.ErrorCode(err) != backend.CodeDatabaseAway {
		t.Errorf("what is not answered is refused with %v", err)
	}
	release()
	must(t, change())
}
