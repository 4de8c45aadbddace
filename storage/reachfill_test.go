package storage_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// TestFilledReachesAreAsSettledOnes: those that a migration makes of many accounts are as
// those that were settled with each change.
func TestFilledReachesAreAsSettledOnes(t *testing.T) {
	d := openWithMany(t, 300, 1)
	stored := func() (list []string) {
		must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
			return tx.Session().Rows(`SELECT customer_id || rank || ' ' || seen_at || ways FROM reaches UNION ALL SELECT rank || ': ' || number FROM reach_counts`, nil,
				func(scan func(...any) error) error {
					var row string
					err := scan(&row)
					list = append(list, row)
					return err
				})
		}))
		slices.Sort(list)
		return list
	}
	settled := stored()
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		if _, err := tx.Session().Exec(`DELETE FROM reaches`, nil); err != nil {
			return err
		}
		return storage.FillMissingReaches(tx)
	}))
	filled := stored()
	if len(filled) != len(settled) {
		t.Fatalf("%d rows, want %d", len(filled), len(settled))
	}
	for i, row := range settled {
		if filled[i] != row {
			t.Fatalf("settled was %s, filled is %s", row, filled[i])
		}
	}
}

// BenchmarkFillReaches measures what the migration does for 50,000 accounts of up to three
// channels with attempts. One in 20 has messages that failed, or a new value that waits.
//
//	go test -run '^$' -bench FillReaches -benchtime 1x ./storage
func BenchmarkFillReaches(b *testing.B) {
	d := openWithMany(b, 50_000, 20)
	b.ResetTimer()
	for range b.N {
		must(b, d.Change(b.Context(), storage.NoAccount, func(tx *storage.Tx) error {
			b.StopTimer()
			_, err := tx.Session().Exec(`DELETE FROM reaches`, nil)
			b.StartTimer()
			if err != nil {
				return err
			}
			return storage.FillMissingReaches(tx)
		}))
	}
}

// openWithMany opens a file with n accounts. The channels of one in troubled are in any
// state; those of the others have no messages that failed and no new values.
func openWithMany(t testing.TB, n, troubled int) *sqlite.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accounts.db")
	random := rand.New(rand.NewPCG(1, 2))
	must(t, sqlite.Create(t.Context(), path, sqlite.Options{}, func(tx *storage.Tx) error {
		team := backend.Team{ID: "team"}
		if err := tx.AddOrganization(backend.Organization{ID: "organization", Plan: backend.PlanTeam}, team); err != nil {
			return err
		}
		for i := range n {
			id := fmt.Sprintf("%07x", random.IntN(1<<20)*100+i%100)
			p := backend.Profile{Team: team, Customer: backend.Customer{ID: fmt.Sprintf("%s-%d", id, i), Email: fmt.Sprintf("a%d@example.org", i), Role: backend.RoleRoot}}
			if err := addRandom(tx, random, p, i%troubled == 0); err != nil {
				return err
			}
		}
		return nil
	}))
	return open(t, path, sqlite.Options{})
}

func addRandom(tx *storage.Tx, random *rand.Rand, p backend.Profile, isTroubled bool) error {
	if err := tx.AddCustomer(p); err != nil {
		return err
	}
	outcomes := []backend.Outcome{backend.OutcomeSent, backend.OutcomeSent, backend.OutcomeHeld, backend.OutcomeDelayed, backend.OutcomeFailed}
	if !isTroubled {
		outcomes = outcomes[:4]
	}
	for i := range random.IntN(4) {
		value := fmt.Sprintf("+%d", i)
		ch := backend.Channel{Priority: i + 1, Type: backend.ChannelTypes[random.IntN(2)], Value: value, Enabled: random.IntN(5) > 0}
		ch.ActiveValue = []string{"", value, value, value, value, "+9"}[random.IntN(6)]
		if !isTroubled {
			ch.ActiveValue = value
		}
		if random.IntN(2) == 0 {
			ch.Proof.SeenAt = tx.Now.Add(-time.Duration(random.IntN(1000)) * time.Hour)
		}
		if err := tx.AddChannel(p.Customer.ID, ch); err != nil {
			return err
		}
		for range random.IntN(4) {
			m := backend.Message{ID: "m", Type: ch.Type, To: []string{value, value, "+9"}[random.IntN(3)], Kind: []backend.MessageKind{backend.KindTest, backend.KindVerification}[random.IntN(2)]}
			at := tx.Now.Add(-time.Duration(random.IntN(1000)) * time.Hour)
			a := backend.Attempt{At: at, Outcome: outcomes[random.IntN(len(outcomes))]}
			if err := tx.AddAttempt(p.Customer.ID, fmt.Sprintf("%016x", random.Uint64()>>1), m, a); err != nil {
				return err
			}
		}
		if random.IntN(3) == 0 {
			test := backend.Test{At: tx.Now.Add(-time.Duration(random.IntN(1000)) * time.Hour), OK: random.IntN(2) == 0, Held: random.IntN(2) == 0}
			if err := tx.SaveTest(p.Customer.ID, ch.Type, value, test); err != nil {
				return err
			}
		}
	}
	return nil
}
