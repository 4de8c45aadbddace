package storage_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/account-settings/pinghome/storage"
)

func TestNthTargetSend(t *testing.T) {
	now := time.UnixMilli(1_000_000_000).UTC()
	d := accountsFile(t, func() time.Time { return now })
	nth := func(n int, want time.Time) {
		t.Helper()
		must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
			at, found, err := tx.NthTargetSend([]byte("t"), n, now.Add(-24*time.Hour))
			if found != !want.IsZero() || !at.Equal(want) {
				t.Errorf("the send %d is at %v, want %v", n, at, want)
			}
			return err
		}))
	}
	add := func(target string) {
		t.Helper()
		must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error { return tx.AddTargetSend([]byte(target), fmt.Sprint(now)) }))
	}
	first := now
	add("t")
	now = now.Add(time.Hour)
	add("t")
	add("other")
	nth(1, now)
	nth(2, first)
	nth(3, time.Time{})
	now = first.Add(24 * time.Hour)
	nth(1, first.Add(time.Hour))
	nth(2, time.Time{})
	now = first.Add(-time.Hour) // the clock went back: both are in the future
	nth(2, now)
}
