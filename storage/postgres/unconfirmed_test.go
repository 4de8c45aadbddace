//go:build unix

package postgres

import (
	"testing"

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
	put := func(text string) error {
		return s.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error { return tx.PutFact(storage.FactDemo, []byte(text)) })
	}
	must(t, put("before"))
	must(t, pair.Stop(1))
	broken := make(chan error)
	go func() { broken <- pair.BreakWait() }()
	if err := put("alone"); backend.ErrorCode(err) != backend.CodeUnknownOutcome {
		t.Errorf("the change is answered with %v", err)
	}
	must(t, <-broken)
	must(t, pair.Serve(1))
	must(t, put("after"))
}
