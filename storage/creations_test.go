package storage

import (
	"context"
	"strconv"
	"testing"
	"time"
)

func TestOldAnswersToCreationsGo(t *testing.T) {
	now := time.UnixMilli(1).UTC()
	d := accountsFile(t, nil)
	put := func(key string, at time.Time) {
		t.Helper()
		must(t, d.Change(context.Background(), func(tx *Tx) error {
			return tx.PutCreation("token", "john", Answer{Command: key, Fingerprint: "x", Answer: "{}", At: at}, at.Add(-time.Hour))
		}))
	}
	for n := range sweep {
		put(strconv.Itoa(n), now)
	}
	put("0", now.Add(time.Hour)) // an old key, used anew
	must(t, d.Read(context.Background(), func(tx *Tx) error {
		var left int
		if err := tx.row("SELECT COUNT(*) FROM creations", nil, &left); err != nil {
			return err
		}
		a, found, err := tx.Creation("token", "0")
		if left != 1 || !found || !a.At.Equal(now.Add(time.Hour)) {
			t.Errorf("%d are left; %+v, %v", left, a, found)
		}
		return err
	}))
}
