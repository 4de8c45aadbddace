package storage_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

func TestOutlook(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	d := accountsFile(t, func() time.Time { return now })
	other := open(t, d.Path(), sqlite.Options{Now: func() time.Time { return now }})
	const maxAge = time.Hour
	want := func(what string, next time.Time, elsewhere bool) {
		t.Helper()
		o, err := d.Outlook(t.Context(), maxAge)
		if err != nil || !o.Next.Equal(next) || o.LeasedElsewhere != elsewhere {
			t.Errorf("%s: %+v, %v", what, o, err)
		}
	}
	queue := func(id string, age, expires, due time.Duration) {
		t.Helper()
		must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
			m := backend.Message{ID: id, At: now.Add(-age), Type: backend.TypeEmail, Kind: backend.KindNotice, State: backend.StateQueued}
			if expires != 0 {
				m.CodeExpiresAt = now.Add(expires)
			}
			tx.WithoutLessee() // it waits, and no process has it
			return tx.AddMessage("john", m, []byte("sealed"), now.Add(due))
		}))
	}
	want("nothing", time.Time{}, false)
	queue("due", 10*time.Minute, 0, 0)
	want("it is due until it is too old", now.Add(50*time.Minute), false)
	queue("code", 0, 20*time.Minute, -time.Second)
	want("its code is too old sooner", now.Add(20*time.Minute), false)
	queue("later", 0, 0, 15*time.Minute)
	queue("latest", 0, 0, 16*time.Minute)
	want("one becomes due", now.Add(15*time.Minute), false)
	leaseOne(t, d, "own")
	want("a lease of this process", now.Add(time.Minute), false)
	leaseOne(t, other, "elsewhere")
	want("a lease of another process", now.Add(time.Minute), true)
	now = now.Add(2 * time.Minute)
	want("the leases have ended", now.Add(13*time.Minute), false)
	for i := range storage.MaxOutlook {
		queue(fmt.Sprint(i), 0, 0, 30*time.Minute)
	}
	want("more than are looked at", now.Add(13*time.Minute), true)
}

// leaseOne writes a message that the process of d has leased for a minute.
func leaseOne(t *testing.T, d *sqlite.DB, id string) {
	t.Helper()
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		m := backend.Message{ID: id, At: tx.Now, Type: backend.TypeEmail, Kind: backend.KindNotice, State: backend.StateQueued}
		return tx.AddMessage("john", m, []byte("sealed"), tx.Now.Add(time.Minute))
	}))
}
