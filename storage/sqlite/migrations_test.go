package sqlite

import (
	"context"
	"io/fs"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// migrationsBefore are the embedded migrations with a lower number, such as "0006".
func migrationsBefore(t *testing.T, number string) fs.FS {
	t.Helper()
	before := fstest.MapFS{}
	names, err := fs.Glob(embedded(), "*.sql")
	must(t, err)
	for _, name := range names {
		if name < number {
			data, err := fs.ReadFile(embedded(), name)
			must(t, err)
			before[name] = &fstest.MapFile{Data: data}
		}
	}
	return before
}

// TestMigrationAddsTokens: a file without tables for tokens keeps its accounts and
// gets the tables.
func TestMigrationAddsTokens(t *testing.T) {
	path := t.TempDir() + "/accounts.db"
	must(t, Create(t.Context(), path, Options{migrations: migrationsBefore(t, "0002")}, func(tx *storage.Tx) error {
		team := backend.Team{ID: "team"}
		if err := tx.AddOrganization(backend.Organization{ID: "organization", Plan: backend.PlanTeam}, team); err != nil {
			return err
		}
		return tx.AddCustomer(backend.Profile{Team: team, Customer: backend.Customer{ID: "john", Email: "john@example.org", Role: backend.RoleRoot}})
	}))
	d := open(t, path, Options{})
	want := backend.Token{ID: "id", Customer: "john", Email: "john@example.org", Scope: backend.ScopeSelf, CreatedAt: time.UnixMilli(1).UTC()}
	must(t, d.Change(context.Background(), storage.NoAccount, func(tx *storage.Tx) error { return tx.AddToken(want, []byte("hash")) }))
	must(t, d.Read(context.Background(), func(tx *storage.Tx) error {
		got, hash, found, err := tx.Token("id")
		if got != want || string(hash) != "hash" || !found {
			t.Errorf("the token is %+v with hash %q, %v", got, hash, found)
		}
		return err
	}))
}

// TestMigrationKeepsHeldTests: before 0006_held.sql only the name of the provider
// said that a test is held in the inbox.
func TestMigrationKeepsHeldTests(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts.db")
	must(t, Create(t.Context(), path, Options{migrations: migrationsBefore(t, "0006")}, func(tx *storage.Tx) error {
		for _, statement := range []string{
			`INSERT INTO organizations VALUES ('o', 'O', 'team', 0)`,
			`INSERT INTO teams VALUES ('t', 'o', 'T')`,
			`INSERT INTO customers (id, team_id, email, email_fold, pending_email, name, surname, role, search, revision, created_at)
			 VALUES ('c', 't', 'a@b.example', 'a@b.example', '', 'Ada', 'Byron', 'user', '', 1, 0)`,
			`INSERT INTO channels (customer_id, priority, type, value, active_value, enabled, created_at, updated_at, verified_at,
			   test_at, test_ok, test_provider, test_status, test_detail, test_micros, test_disabled)
			 VALUES ('c', 1, 'email', 'a', 'a', 1, 0, 0, 0, 7, 1, 'inbox', '', '', 0, 0),
			        ('c', 2, 'email', 'b', 'b', 1, 0, 0, 0, 7, 1, 'smtp mail.example.org', '', '', 0, 0)`,
		} {
			if _, err := execute(tx, statement); err != nil {
				return err
			}
		}
		return nil
	}))

	must(t, open(t, path, Options{}).Read(t.Context(), func(tx *storage.Tx) error {
		channels, err := tx.Channels("c")
		if err == nil && (len(channels) != 2 || !channels[0].LastTest.Held || channels[1].LastTest.Held) {
			t.Errorf("the tests are %+v and %+v", channels[0].LastTest, channels[1].LastTest)
		}
		return err
	}))
}

// TestMigrationKeepsAttempts: before 0016_stopped.sql no attempt said that a person has
// stopped messages.
func TestMigrationKeepsAttempts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts.db")
	must(t, Create(t.Context(), path, Options{migrations: migrationsBefore(t, "0016_stopped")}, func(tx *storage.Tx) error {
		team := backend.Team{ID: "team"}
		if err := tx.AddOrganization(backend.Organization{ID: "organization", Plan: backend.PlanTeam}, team); err != nil {
			return err
		}
		if err := tx.AddCustomer(backend.Profile{Team: team, Customer: backend.Customer{ID: "john", Email: "john@example.org", Role: backend.RoleRoot}}); err != nil {
			return err
		}
		_, err := execute(tx, `INSERT INTO attempts VALUES ('john', 'sms', '+1', '1', 'm', 'test', 7, 'failed', 'p', 's', 0, '')`)
		return err
	}))
	must(t, open(t, path, Options{}).Read(t.Context(), func(tx *storage.Tx) error {
		list, err := tx.MessageAttempts("john", "m")
		if err == nil && (len(list) != 1 || list[0].Status != "s" || list[0].Stopped) {
			t.Errorf("the attempts are %+v", list)
		}
		return err
	}))
}

// TestMigrationKeepsSends: 0007_facts.sql makes their table anew.
func TestMigrationKeepsSends(t *testing.T) {
	path := t.TempDir() + "/accounts.db"
	at := time.UnixMilli(7).UTC()
	must(t, Create(t.Context(), path, Options{migrations: migrationsBefore(t, "0007")}, func(tx *storage.Tx) error {
		team := backend.Team{ID: "team"}
		if err := tx.AddOrganization(backend.Organization{ID: "organization", Plan: backend.PlanTeam}, team); err != nil {
			return err
		}
		p := backend.Profile{Team: team, Customer: backend.Customer{ID: "john", Email: "john@example.org", Role: backend.RoleRoot}}
		if err := tx.AddCustomer(p); err != nil {
			return err
		}
		return tx.AddSend("john", storage.SendCode, "id", storage.Send{Target: "sms:+1", At: at}, time.Time{})
	}))
	d := open(t, path, Options{})
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		list, err := tx.Sends("john", storage.SendCode, time.Time{})
		if err != nil || len(list) != 1 || list[0] != (storage.Send{Target: "sms:+1", At: at}) {
			t.Errorf("sends %+v, %v", list, err)
		}
		if err := tx.AddSend("john", storage.SendAsking, "id", storage.Send{At: at}, time.Time{}); err != nil {
			return err
		}
		return tx.DeleteCustomer("john")
	}))
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		list, err := tx.Sends("john", storage.SendAsking, time.Time{})
		if len(list) > 0 {
			t.Errorf("sends of a deleted account: %+v", list)
		}
		return err
	}))
}
