package storage_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// TestQueuedTakesAnyNumberOfTypes queues a message of every channel type and of
// two more, and lists them by no type, one type, and all types.
func TestQueuedTakesAnyNumberOfTypes(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	d := accountsFile(t, func() time.Time { return now })
	all := append(slices.Clone(backend.ChannelTypes), "chat", "voice")
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		for i, kind := range all {
			m := backend.Message{ID: fmt.Sprint(i), At: now, Type: kind, Kind: backend.KindNotice, State: backend.StateQueued}
			if err := tx.AddMessage("john", m, []byte("sealed"), now.Add(-time.Duration(len(all)-i)*time.Second)); err != nil {
				return err
			}
		}
		return nil
	}))
	for n := range len(all) + 1 {
		must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
			queued, err := tx.QueuedMessages(all[:n], now.Add(-time.Hour), 100, nil)
			var got []backend.ChannelType
			for _, q := range queued {
				got = append(got, q.Message.Type)
			}
			if !slices.Equal(got, all[:n]) {
				t.Errorf("of the types %q are listed %q", all[:n], got)
			}
			return err
		}))
	}
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		old, err := tx.QueuedMessages(nil, now, 100, nil)
		if len(old) != len(all) {
			t.Errorf("%d of %d messages that are too old are listed", len(old), len(all))
		}
		return err
	}))
}
