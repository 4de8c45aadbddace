package storage_test

import (
	"path/filepath"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// TestReachIsWrittenWhenItChanges: attempts that end as the one before write nothing.
func TestReachIsWrittenWhenItChanges(t *testing.T) {
	d := openWithJohn(t)
	writes := func() (n int) {
		must(t, d.Read(t.Context(), func(tx *storage.Tx) error { return tx.Session().Row(`SELECT COUNT(*) FROM reach_log`, nil, []any{&n}) }))
		return n
	}
	attempt := func(id string, outcome backend.Outcome) {
		must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
			m := backend.Message{ID: "m", Type: backend.TypeSMS, To: "+1"}
			return tx.AddAttempt("john", id, m, backend.Attempt{At: tx.Now, Outcome: outcome})
		}))
	}
	for i, step := range []struct {
		outcome backend.Outcome
		writes  int
	}{{backend.OutcomeSent, 0}, {backend.OutcomeDelayed, 0}, {backend.OutcomeFailed, 1}, {backend.OutcomeFailed, 1}, {backend.OutcomeSent, 2},
		{backend.OutcomeSent, 2}, {backend.OutcomeHeld, 3}, {backend.OutcomeHeld, 3}, {backend.OutcomeSent, 4}} {
		attempt(string(rune('a'+i)), step.outcome)
		if n := writes(); n != step.writes {
			t.Errorf("after attempt %d (%s) it was written %d times, want %d", i, step.outcome, n, step.writes)
		}
	}
}

// TestAPageThatCannotBeReadIsAnError, and nothing of it is returned.
func TestAPageThatCannotBeReadIsAnError(t *testing.T) {
	d := openWithJohn(t)
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		_, err := tx.Session().Exec(`UPDATE reaches SET ways = 'x'`, nil)
		return err
	}))
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		p, err := tx.AccountPage(storage.AccountPageQuery{Sort: backend.SortName, Limit: 9})
		if err == nil || len(p.Accounts) > 0 {
			t.Errorf("%+v, %v", p, err)
		}
		return nil
	}))
}

// openWithJohn opens a file with an account that has one channel, and a log of the changes of
// reaches.
func openWithJohn(t *testing.T) *sqlite.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accounts.db")
	must(t, sqlite.Create(t.Context(), path, sqlite.Options{}, func(tx *storage.Tx) error {
		team := backend.Team{ID: "team"}
		if err := tx.AddOrganization(backend.Organization{ID: "organization", Plan: backend.PlanTeam}, team); err != nil {
			return err
		}
		p := backend.Profile{Team: team, Customer: backend.Customer{ID: "john", Email: "john@example.org", Role: backend.RoleRoot}}
		if err := tx.AddCustomer(p); err != nil {
			return err
		}
		return tx.AddChannel("john", backend.Channel{Priority: 1, Type: backend.TypeSMS, Value: "+1", ActiveValue: "+1", Enabled: true})
	}))
	d := open(t, path, sqlite.Options{})
	for _, statement := range []string{`CREATE TABLE reach_log (n INTEGER)`,
		`CREATE TRIGGER logged AFTER UPDATE ON reaches BEGIN INSERT INTO reach_log VALUES (1); END`} {
		must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error { _, err := tx.Session().Exec(statement, nil); return err }))
	}
	return d
}
