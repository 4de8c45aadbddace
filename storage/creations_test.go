package storage_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/account-settings/pinghome/storage"
)

func TestOldCreationsAreDeleted(t *testing.T) {
	now := time.UnixMilli(1).UTC()
	d := accountsFile(t, nil)
	put := func(key string, at time.Time) {
		t.Helper()
		must(t, d.Change(context.Background(), storage.NoAccount, func(tx *storage.Tx) error {
			return tx.PutCreation("token", "john", storage.Answer{Command: key, Fingerprint: "x", Answer: "{}", At: at}, at.Add(-time.Hour))
		}))
	}
	for n := range storage.SweepLimit {
		put(strconv.Itoa(n), now)
	}
	put("0", now.Add(time.Hour)) // the first key again, after its answer has expired
	must(t, d.Read(context.Background(), func(tx *storage.Tx) error {
		var left int
		if err := tx.Session().Row("SELECT COUNT(*) FROM creations", nil, []any{&left}); err != nil {
			return err
		}
		a, found, err := tx.Creation("token", "0")
		if left != 1 || !found || !a.At.Equal(now.Add(time.Hour)) {
			t.Errorf("%d answers are left, want 1; key 0 has %+v, %v", left, a, found)
		}
		return err
	}))
}
