//go:build unix

package postgres

import (
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// TestAChangeThatItsStandbyHasNot is not acknowledged, also where the server answers it as done because
// its wait was broken off.
func TestAChangeThatItsStandbyHasNot(t *testing.T) {
	pair := pgtest.StartPair(t)
	must(t, Create(t.Context(), pair.URL(), Options{}, nil))
	s := open(t, pair.URL())
	put := func(s *Store, text string) error {
		return s.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error { return tx.PutFact(storage.FactDemo, []byte(text)) })
	}
	must(t, put(s, "before"))
	must(t, pair.Stop(1))
	broken := make(chan error)
	go func() { broken <- pair.BreakWait() }()
	if err := put(s, "alone"); backend.ErrorCode(err) != backend.CodeUnknownOutcome {
		t.Errorf("the change is answered with %v", err)
	}
	must(t, <-broken)
	impatient, err := Open(t.Context(), pair.URL(), Options{Wait: 200 * time.Millisecond})
	must(t, err)
	defer impatient.Close()
	err = put(impatient, "alone, too")
	if backend.ErrorCode(err) != backend.CodeUnknownOutcome || !strings.Contains(err.Error(), "the standby that it waits for, did not confirm in time") {
		t.Errorf("the change whose wait was too long is answered with %v", err)
	}
	must(t, pair.Serve(1))
	must(t, put(s, "after"))
}
