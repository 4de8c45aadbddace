package local

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// TestAddressCountOutlivesAccountAndKey, and no day.
func TestAddressCountOutlivesAccountAndKey(t *testing.T) {
	f := newTidyFile(t, Options{})
	_, err := f.CreateChannel(t.Context(), backend.TypeSMS, "+37120000001", "")
	f.must(err)
	counted := countedTarget(backend.TypeSMS, "+37120000001")
	isCounted := func(a *Accounts) bool {
		t.Helper()
		var found bool
		f.must(a.db.Read(t.Context(), func(tx *storage.Tx) error {
			hash, err := a.addressHash(tx, counted)
			f.must(err)
			_, found, err = tx.NthTargetSend(hash, 1, tx.Now.Add(-day))
			return err
		}))
		return found
	}
	if !isCounted(f.Accounts) {
		t.Error("the code was not counted")
	}
	f.must(f.DeleteAccount(t.Context(), "privacy"))
	if !isCounted(f.Accounts) {
		t.Error("the code is not counted when the account is deleted")
	}
	f.must(RotateKey(t.Context(), f.db, testKey, otherKey))
	f.Accounts = New(f.db, Options{Key: otherKey})
	if !isCounted(f.Accounts) {
		t.Error("the code is not counted with a new key")
	}
	f.clock.Advance(day - time.Second)
	f.tidies(0, "within a day")
	f.clock.Advance(time.Second)
	f.tidies(1, "after a day")
	if isCounted(f.Accounts) {
		t.Error("the code is counted for more than a day")
	}
}
