package sqlite

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// TestMigrationFindsReaches: the accounts of a file from before have their reach, and the
// counts are right, as if it had been written with each change.
func TestMigrationFindsReaches(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts.db")
	must(t, Create(t.Context(), path, Options{migrations: migrationsBefore(t, "0011_reach")}, func(tx *storage.Tx) error {
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
			if _, err := execute(tx, statement); err != nil {
				return err
			}
		}
		return nil
	}))
	d := open(t, path, Options{})
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		p, err := tx.AccountPage(storage.AccountPageQuery{Sort: backend.SortReach, ProofAge: time.Hour, Limit: 9})
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
		p, err = tx.AccountPage(storage.AccountPageQuery{Sort: backend.SortReach, OnlyProblems: true, ProofAge: time.Hour, Limit: 9})
		if p.Total != 3 || p.IsMore {
			t.Errorf("%d problems", p.Total)
		}
		return err
	}))
}
