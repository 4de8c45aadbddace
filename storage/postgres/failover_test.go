//go:build unix

package postgres

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

const (
	writers     = 8
	beforeKill  = 50 // changes that each writer makes until the primary is killed
	afterFaults = 50 // and after the first one that was refused then
)

// TestFailover: the primary is killed while eight callers change accounts, and its standby promoted.
// The same store goes on, and has everything that was acknowledged.
func TestFailover(t *testing.T) {
	pair := pgtest.StartPair(t)
	must(t, Create(t.Context(), pair.URL(), Options{}, nil))
	s := open(t, pair.URL())
	var running, halfway sync.WaitGroup
	acknowledged := make([][]string, writers)
	halfway.Add(writers)
	killed := make(chan struct{})
	for i := range writers {
		must(t, s.Change(t.Context(), storage.NoAccount, addCustomer(i)))
		running.Go(func() {
			w := writer{store: s, account: customer(i)}
			w.write(t, beforeKill)
			halfway.Done()
			<-killed
			w.write(t, afterFaults)
			acknowledged[i] = w.acknowledged
		})
	}
	halfway.Wait()
	must(t, pair.Kill())
	close(killed)
	must(t, pair.Promote())
	running.Wait()
	for i, list := range acknowledged {
		kept := map[string]bool{}
		must(t, s.Read(t.Context(), func(tx *storage.Tx) error {
			newest, err := tx.NewestEntry(customer(i))
			if err != nil {
				return err
			}
			return tx.WalkJournal(customer(i), newest, func(_ int64, e backend.JournalEntry) bool {
				kept[e.ID] = true
				return true
			})
		}))
		if len(list) != beforeKill+afterFaults {
			t.Errorf("writer %d has %d answers", i, len(list))
		}
		for _, id := range list {
			if !kept[id] {
				t.Errorf("of writer %d, %s was acknowledged and is lost", i, id)
			}
		}
	}
}

// TestOldPrimaryKeepsNothing: a primary that comes back as it was acknowledges no change, and who has
// seen the new one does not go to it.
func TestOldPrimaryKeepsNothing(t *testing.T) {
	pair := pgtest.StartPair(t)
	must(t, Create(t.Context(), pair.URL(), Options{}, nil))
	s := open(t, pair.URL())
	put := func(s *Store, text string) error {
		return s.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error { return tx.PutFact(storage.FactDemo, []byte(text)) })
	}
	must(t, pair.Kill())
	must(t, pair.Promote())
	must(t, put(s, "new"))
	wantHosts(t, pair, func(hosts []Host) (primaries, silent []Host) { return hosts[1:], hosts[:1] })
	must(t, pair.Serve(0))
	old, err := Open(t.Context(), pair.URLOf(0), Options{Wait: 2 * time.Second})
	must(t, err)
	if code := backend.ErrorCode(put(old, "old")); code != backend.CodeUnknownOutcome {
		t.Errorf("the old primary answers %q", code)
	}
	must(t, old.Close())
	wantHosts(t, pair, func(hosts []Host) (primaries, silent []Host) { return []Host{hosts[1], hosts[0]}, nil })
	must(t, pair.Exec(1, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pinghome'"))
	if got := fact(t, s); got != "new" {
		t.Errorf("there is %q", got)
	}
	must(t, pair.Stop(1))
	for err = put(s, "alone"); backend.ErrorCode(err) == backend.CodeDatabaseAway && !strings.Contains(err.Error(), "an old primary"); {
		err = put(s, "alone") // under load its time may be over before a host has answered
	}
	if backend.ErrorCode(err) != backend.CodeDatabaseAway {
		t.Errorf("with the old primary alone: %v", err)
	}
}

// wantHosts opens the database for reading, which goes to the new primary, too, and is told of the hosts that take
// changes and of those that cannot be asked.
func wantHosts(t *testing.T, pair *pgtest.Pair, want func(hosts []Host) (primaries, silent []Host)) {
	t.Helper()
	s, err := Open(t.Context(), pair.URL(), Options{ReadOnly: true})
	must(t, err)
	defer s.Close()
	hosts := hostsOf(s.pool.Config())
	primaries, silent := want(hosts)
	f, err := s.Examine(t.Context())
	if err != nil || !slices.Equal(f.Primaries, primaries) || !slices.Equal(f.Silent, silent) || f.Standbys != "" {
		t.Errorf("of %v it is %+v, %v", hosts, f, err)
	}
	if got := fact(t, s); got != "new" {
		t.Errorf("read only, there is %q", got)
	}
}

func customer(i int) string { return fmt.Sprintf("customer-%d", i) }

func addCustomer(i int) func(*storage.Tx) error {
	return func(tx *storage.Tx) error {
		id := customer(i)
		team := backend.Team{ID: "t-" + id, Name: "Example"}
		if err := tx.AddOrganization(backend.Organization{ID: "o-" + id, Name: "Example", Plan: backend.PlanTeam}, team); err != nil {
			return err
		}
		return tx.AddCustomer(backend.Profile{Team: team, Customer: backend.Customer{ID: id, Email: id + "@example.com", Name: "John", Role: backend.RoleRoot}})
	}
}

// writer changes an account.
type writer struct {
	store        *Store
	account      string
	n            int
	acknowledged []string
}

// write makes changes until so many more are acknowledged. What was refused, or is not known, is made
// anew.
func (w *writer) write(t *testing.T, n int) {
	for end := len(w.acknowledged) + n; len(w.acknowledged) < end; {
		w.n++
		id := fmt.Sprint(w.n)
		err := w.store.Change(t.Context(), w.account, func(tx *storage.Tx) error {
			return tx.AddJournal(w.account, backend.JournalEntry{ID: id, At: tx.Now, Actor: "test", Action: "name.changed"})
		})
		switch backend.ErrorCode(err) {
		case "":
			w.acknowledged = append(w.acknowledged, id)
		case backend.CodeBusy, backend.CodeDatabaseAway, backend.CodeUnknownOutcome:
		default:
			t.Error(err)
			return
		}
	}
}
