package storage

import (
	"io/fs"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// TestATestThatWasHeldIsStillHeldAfterTheMigration: before 0006_held.sql the name
// of the provider was the only sign of it.
func TestATestThatWasHeldIsStillHeldAfterTheMigration(t *testing.T) {
	path, before := filepath.Join(t.TempDir(), "accounts.db"), fstest.MapFS{}
	names, err := fs.Glob(embedded(), "*.sql")
	must(t, err)
	for _, name := range names {
		if name < "0006" {
			data, err := fs.ReadFile(embedded(), name)
			must(t, err)
			before[name] = &fstest.MapFile{Data: data}
		}
	}
	must(t, Create(t.Context(), path, Options{migrations: before}, func(tx *Tx) error {
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
			if _, err := tx.exec(statement); err != nil {
				return err
			}
		}
		return nil
	}))

	must(t, open(t, path, Options{}).Read(t.Context(), func(tx *Tx) error {
		channels, err := tx.Channels("c")
		if err == nil && (len(channels) != 2 || !channels[0].LastTest.Held || channels[1].LastTest.Held) {
			t.Errorf("the tests are %+v and %+v", channels[0].LastTest, channels[1].LastTest)
		}
		return err
	}))
}
