//go:build unix

package storage_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// observed is a store, and what its observer was told.
type observed struct {
	storage.Store
	mu                      sync.Mutex
	waited, commits, failed int
	changes                 int
}

func (o *observed) Waited(time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waited++
}

func (o *observed) Committed(changes int, _ time.Duration, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.commits++
	o.changes += changes
	if err != nil {
		o.failed++
	}
}

func (o *observed) TriedAgain() {}

// onBoth runs a test on both engines, at a standing clock and with John's account.
func onBoth(t *testing.T, now time.Time, test func(t *testing.T, o *observed)) {
	clock := func() time.Time { return now }
	t.Run("SQLite", func(t *testing.T) {
		o := new(observed)
		o.Store = open(t, accountsFile(t, clock).Path(), sqlite.Options{Now: clock, Observer: o})
		test(t, o)
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		o := new(observed)
		url := pgtest.Made(t, func(url string) error { return postgres.Create(t.Context(), url, postgres.Options{}, nil) })
		s, err := postgres.Open(t.Context(), url, postgres.Options{Now: clock, Observer: o})
		must(t, err)
		t.Cleanup(func() { must(t, s.Close()) })
		must(t, s.Change(t.Context(), storage.NoAccount, addJohn))
		o.Store, o.waited, o.commits, o.changes = s, 0, 0, 0
		test(t, o)
	})
}

var readAt = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

func TestWhatWaits(t *testing.T) {
	onBoth(t, readAt, func(t *testing.T, o *observed) {
		add := func(kind backend.ChannelType, id string, age, due, lease time.Duration) {
			must(t, o.Change(t.Context(), "john", func(tx *storage.Tx) error {
				m := backend.Message{ID: id, At: readAt.Add(-age), NextAt: readAt.Add(due), Type: kind, Kind: backend.KindNotice, State: backend.StateQueued}
				return tx.AddMessage("john", m, []byte("sealed"), readAt.Add(lease))
			}))
		}
		read := func() (all map[backend.ChannelType]storage.Waiting) {
			must(t, o.Read(t.Context(), func(tx *storage.Tx) (err error) {
				all, err = tx.Waiting()
				return err
			}))
			return all
		}
		if all := read(); len(all) != 0 {
			t.Errorf("%v where nothing waits", all)
		}
		add(backend.TypeEmail, "due", time.Minute, -time.Minute, -time.Second)
		add(backend.TypeEmail, "leased", 2*time.Minute, -time.Minute, time.Second)
		add(backend.TypeSMS, "delayed", time.Hour, time.Minute, time.Minute)
		add(backend.TypeSMS, "fresh", time.Second, 0, 30*time.Second)
		all := read()
		for kind, want := range map[backend.ChannelType]storage.Waiting{
			backend.TypeEmail: {Due: 1, Leased: 1, Oldest: readAt.Add(-2 * time.Minute)},
			backend.TypeSMS:   {Leased: 1, Delayed: 1, Oldest: readAt.Add(-time.Hour)},
		} {
			if all[kind] != want {
				t.Errorf("%s: %+v, want %+v", kind, all[kind], want)
			}
		}
	})
}

func TestLockedAccounts(t *testing.T) {
	onBoth(t, readAt, func(t *testing.T, o *observed) {
		wrong := func(target string, n int) {
			must(t, o.Change(t.Context(), "john", func(tx *storage.Tx) error {
				for i := range n {
					if err := tx.AddCodeFailure("john", target, fmt.Sprint(i), readAt.Add(-time.Hour)); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		want := func(after time.Time, want int) {
			t.Helper()
			must(t, o.Read(t.Context(), func(tx *storage.Tx) error {
				n, err := tx.LockedAccounts(3, after)
				if n != want {
					t.Errorf("%d accounts are locked, want %d", n, want)
				}
				return err
			}))
		}
		wrong("email:a", 2)
		want(readAt.Add(-time.Hour), 0)
		wrong("email:b", 3)
		wrong("email:c", 4)
		want(readAt.Add(-time.Hour), 1)
		want(readAt, 0)
	})
}

// TestAnEngineTellsOfItsCommits, and not of what is refused.
func TestAnEngineTellsOfItsCommits(t *testing.T) {
	errRefused := errors.New("refused")
	onBoth(t, readAt, func(t *testing.T, o *observed) {
		touch := func(tx *storage.Tx) error { return tx.Touch("john") }
		must(t, o.Change(t.Context(), "john", touch))
		if err := o.Change(t.Context(), "john", func(tx *storage.Tx) error { return errors.Join(touch(tx), errRefused) }); !errors.Is(err, errRefused) {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				if err := o.Change(t.Context(), "john", touch); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if o.waited != 10 || o.changes != 9 || o.commits > 9 || o.failed != 0 {
			t.Errorf("told of %d changes in %d commits, of which %d failed, after %d waits", o.changes, o.commits, o.failed, o.waited)
		}
		engine := o.Store.(interface{ Connections() storage.Connections })
		if c := engine.Connections(); c.InUse != 0 || c.Max < 4 || c.Idle > c.Max {
			t.Errorf("the connections are %+v", c)
		}
	})
}
