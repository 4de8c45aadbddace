package storage_test

import (
	"bytes"
	"testing"

	"github.com/account-settings/pinghome/storage"
)

func TestFacts(t *testing.T) {
	d := accountsFile(t, nil)
	wants := func(tx *storage.Tx, want []byte) {
		t.Helper()
		got, err := tx.Fact(storage.FactKeyCheck)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("the fact is %q, want %q; %v", got, want, err)
		}
	}
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		wants(tx, nil)
		must(t, tx.PutFact(storage.FactKeyCheck, []byte("one")))
		must(t, tx.PutFact(storage.FactKeyCheck, []byte("two")))
		wants(tx, []byte("two"))
		must(t, tx.DropFact(storage.FactKeyCheck))
		wants(tx, nil)
		return nil
	}))
}
