package local

import (
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// TestCursorsNeedTheirKey: with another one they are refused; without a key for codes they
// work, too.
func TestCursorsNeedTheirKey(t *testing.T) {
	clock := newClock()
	db := openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now})
	keyless := New(db, Options{})
	first, err := keyless.Page(t.Context(), backend.AccountQuery{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	q := backend.AccountQuery{Limit: 1, After: first.Next}
	if second, err := keyless.Page(t.Context(), q); err != nil || second.Accounts[0].ID == first.Accounts[0].ID {
		t.Errorf("the second page: %+v, %v", second, err)
	}
	if _, err := New(db, Options{Key: testKey}).Page(t.Context(), q); backend.ErrorCode(err) != backend.CodeInvalid {
		t.Errorf("with another key: %v", err)
	}
}
