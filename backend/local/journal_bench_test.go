package local

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// BenchmarkJournal measures what works on the journal of an account with 100 rows and with
// 1,000,000: the first page of Activity, a change that is undone, and the account as it was an
// hour ago and before all changes. To make the largest takes half a minute; with -short it has
// 10,000 rows.
//
//	go test -run '^$' -bench 'Journal$' -benchtime 20x ./backend/local
func BenchmarkJournal(b *testing.B) {
	most := 1_000_000
	if testing.Short() {
		most = 10_000
	}
	for _, n := range []int{100, most} {
		path, _, ids := seed(b, 1, 1)
		// The account was made a year ago.
		db := openFile(b, path, sqlite.Options{Now: func() time.Time { return time.Now().Add(365 * day) }})
		ctx := context.Background()
		made := seedJournal(b, db, ids[0], n)
		view, _, err := New(db, Options{Key: testKey}).Open(ctx, ids[0])
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range []struct {
			name string
			do   func(i int) error
		}{
			{"page", func(int) error { _, err := view.Journal(ctx, backend.JournalQuery{Limit: 100}); return err }},
			{"find-few", func(int) error {
				_, err := view.Journal(ctx, backend.JournalQuery{Limit: 100, Match: "no such"})
				return err
			}},
			{"undo", func(i int) error {
				name := fmt.Sprintf("Name %d", i)
				if _, err := view.UpdateName(ctx, backend.NameChange{Name: &name}); err != nil {
					return err
				}
				_, err := view.Undo(ctx, "")
				return err
			}},
			{"an-hour-ago", func(int) error { _, err := view.SettingsAt(ctx, db.Now().Add(-time.Hour)); return err }},
			{"before-all", func(int) error { _, err := view.SettingsAt(ctx, made); return err }},
		} {
			b.Run(fmt.Sprintf("%s/rows=%d", c.name, n), func(b *testing.B) {
				for i := range b.N {
					if err := c.do(i); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// seedJournal writes n changes of the name, one a second until two hours ago, and returns when
// the account was made.
func seedJournal(b *testing.B, db *sqlite.DB, id string, n int) (made time.Time) {
	b.Helper()
	err := db.Change(context.Background(), storage.NoAccount, func(tx *storage.Tx) error {
		p, err := tx.Profile(id)
		if err != nil {
			return err
		}
		made = p.Customer.CreatedAt
		last := "John"
		for i := range n {
			name := fmt.Sprintf("John %d", i)
			if i == n-1 {
				name = "John"
			}
			was, is := last, name
			e := backend.JournalEntry{ID: newID(), At: tx.Now.Add(-2*time.Hour - time.Duration(n-i)*time.Second), Actor: "console", Action: "name.changed", Detail: "name",
				Before: backend.Settings{Name: &was}, After: backend.Settings{Name: &is}}
			if err := tx.AddJournal(id, e); err != nil {
				return err
			}
			last = name
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return made
}
