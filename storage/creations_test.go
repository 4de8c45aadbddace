package storage

import (
	"context"
	"strconv"
	"testing"
	"time"
)

func TestOldCreationsAreDeleted(t *testing.T) {
	now := time.UnixMilli(1).UTC()
	d := accountsFile(t, nil)
	put := func(key string, at time.Time) {
		t.Helper()
		must(t, d.Change(context.Background(), NoAccount, func(tx *Tx) error {
			return tx.PutCreation("token", "john", Answer{Command: key, Fingerprint: "x", Answer: "{}", At: at}, at.Add(-time.Hour))
		}))
	}
	for n := range sweepLimit {
		put(strconv.Itoa(n), now)
	}
	put("0", now.Add(time.Hour)) // the first key again, after its answer has expired
	must(t, d.Read(context.Background(), func(tx *Tx) error {
		var left int
		if err := tx.row("SELECT COUNT(*) FROM creations", nil, &left); err != nil {
			return err
		}
		a, found, err := tx.Creation("token", "0")
		if left != 1 || !found || !a.At.Equal(now.Add(time.Hour)) {
			t.Errorf("%d answers are left, want 1; key 0 has %+v, %v", left, a, found)
		}
		return err
	}))
}
