package storage

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// TestMigrationFindsReaches: the accounts of a file from before have their reach, and the
// counts are right, as if it had been written with each change.
func TestMigrationFindsReaches(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts.db")
	must(t, Create(t.Context(), path, Options{migrations: migrationsBefore(t, "0011_reach")}, func(tx *Tx) error {
		for _, statement := range []string{
			`INSERT INTO organizations VALUES ('o', 'O', 'team', 0)`,
			`INSERT INTO teams VALUES ('t', 'o', 'T')`,
			`INSERT INTO customers (id, team_id, email, email_fold, pending_email, name, surname, role, search, revision, created_at)
			 VALUES ('a', 't', 'a@b.example', 'a@b.example', '', 'Ada', 'Byron', 'user', 'ada', 1, 0),
			        ('b', 't', 'b@b.example', 'b@b.example', '', 'Ben', 'Byron', 'user', 'ben', 1, 0),
			        ('c', 't', 'c@b.example', 'c@b.example', '', 'Cy', 'Byron', 'user', 'cy', 1, 0)`,
			`INSERT INTO channels (customer_id, priority, type, value, active_value, enabled, created_at, updated_at, verified_at,
			   test_at, test_ok, test_provider, test_status, test_detail, test_micros, test_disabled, seen_at)
			 VALUES ('a', 1, 'sms', '+1', '+1', 1, 0, 0, 0, 0, 0, '', '', '', 0, 0, 5),
			        ('b', 1, 'email', 'b', 'b', 1, 0, 0, 0, 0, 0, '', '', '', 0, 0, 6)`,
			`INSERT INTO attempts VALUES ('a', 'sms', '+1', '1', 'm', 'test', 7, 'sent', 'p', '', 0), ('a', 'sms', '+1', '2', 'm', 'test', 8, 'failed', 'p', '', 0),
			        ('a', 'sms', '+1', '3', 'm', 'test', 9, 'failed', 'p', '', 0), ('b', 'email', 'b', '4', 'm', 'test', 9, 'held', 'p', '', 0)`,
		} {
			if _, err := tx.exec(statement); err != nil {
				return err
			}
		}
		return nil
	}))
	d := open(t, path, Options{})
	must(t, d.Read(t.Context(), func(tx *Tx) error {
		p, err := tx.AccountPage(AccountPageQuery{Sort: backend.SortReach, ProofAge: time.Hour, Limit: 9})
		if err != nil || len(p.Accounts) != 3 || p.All != 3 {
			t.Fatalf("%+v, %v", p, err)
		}
		if a := p.Accounts[0]; a.ID != "a" || a.Reach.State != backend.ReachFailing || !a.Reach.Failing[0].Since.Equal(time.UnixMilli(8)) {
			t.Errorf("the first is %+v, %+v", a, a.Reach)
		}
		if c, b := p.Accounts[1], p.Accounts[2]; c.ID != "c" || c.Reach.State != backend.ReachNone ||
			b.Reach.State != backend.ReachHeld || !b.Reach.SeenAt.Equal(time.UnixMilli(6)) {
			t.Errorf("then %+v and %+v", c.Reach, b.Reach)
		}
		n, isMore, err := tx.countProblems(time.Hour)
		if n != 3 || isMore {
			t.Errorf("%d problems", n)
		}
		return err
	}))
}

// TestReachIsWrittenWhenItChanges: attempts that end as the one before write nothing.
func TestReachIsWrittenWhenItChanges(t *testing.T) {
	d := openWithJohn(t)
	writes := func() (n int) {
		must(t, d.Read(t.Context(), func(tx *Tx) error { return tx.row(`SELECT COUNT(*) FROM reach_log`, nil, &n) }))
		return n
	}
	attempt := func(id string, outcome backend.Outcome) {
		must(t, d.Change(t.Context(), NoAccount, func(tx *Tx) error {
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
	must(t, d.Change(t.Context(), NoAccount, func(tx *Tx) error { _, err := tx.exec(`UPDATE reaches SET ways = 'x'`); return err }))
	must(t, d.Read(t.Context(), func(tx *Tx) error {
		p, err := tx.AccountPage(AccountPageQuery{Sort: backend.SortName, Limit: 9})
		if err == nil || len(p.Accounts) > 0 {
			t.Errorf("%+v, %v", p, err)
		}
		return nil
	}))
}

// openWithJohn opens a file with an account that has one channel, and a log of the changes of
// reaches.
func openWithJohn(t *testing.T) *DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accounts.db")
	must(t, Create(t.Context(), path, Options{}, func(tx *Tx) error {
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
	d := open(t, path, Options{})
	for _, statement := range []string{`CREATE TABLE reach_log (n INTEGER)`,
		`CREATE TRIGGER logged AFTER UPDATE ON reaches BEGIN INSERT INTO reach_log VALUES (1); END`} {
		must(t, d.Change(t.Context(), NoAccount, func(tx *Tx) error { _, err := tx.exec(statement); return err }))
	}
	return d
}
