package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// laterOptions are the options of a later version, which has a second migration.
func laterOptions(second string) Options {
	return Options{migrations: fstest.MapFS{"0001_notes.sql": {Data: []byte(noteSchema)}, "0002_later.sql": {Data: []byte(second)}}}
}

const addColour = "ALTER TABLE notes ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'; CREATE INDEX notes_colour ON notes (colour);"

func backups(t *testing.T, path string) []string {
	found, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*.backup"))
	must(t, err)
	return found
}

func TestPendingMigrationIsAppliedAfterABackup(t *testing.T) {
	path := newFile(t)
	old, err := Open(t.Context(), path, noteOptions())
	must(t, err)
	must(t, old.Change(t.Context(), storage.NoAccount, add("old")))

	readOnly := laterOptions(addColour)
	readOnly.ReadOnly = true
	_, err = Open(t.Context(), path, readOnly)
	wantRefusal(t, err, backend.CodeUnavailable, "open it once for writing")

	var all sync.WaitGroup
	for range 6 { // as when several processes are started at the same time
		all.Go(func() {
			d, err := Open(context.Background(), path, laterOptions(addColour))
			if err == nil {
				err = errors.Join(d.Check(context.Background()), d.Close())
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()

	wantRefusal(t, old.Change(t.Context(), storage.NoAccount, add("from the older version")), backend.CodeUnavailable, "start the newest")
	must(t, old.Close())
	_, err = Open(t.Context(), path, noteOptions())
	wantRefusal(t, err, backend.CodeUnavailable, "has version 2 and this program knows 1")
	wantNotes(t, open(t, path, laterOptions(addColour)), "old")

	copies := backups(t, path)
	if len(copies) != 1 {
		t.Fatalf("the backups are %v, want one", copies)
	}
	info, err := os.Stat(copies[0])
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the backup has mode %o", info.Mode().Perm())
	}
	wantNotes(t, open(t, copies[0], noteOptions()), "old") // restoring is copying
}

func TestFailedMigrationChangesNothing(t *testing.T) {
	path := newFile(t)
	_, err := Open(t.Context(), path, laterOptions("CREATE TABLE more (id INTEGER); INSERT INTO nowhere VALUES (1);"))
	wantRefusal(t, err, backend.CodeInternal, "")
	d := open(t, path, noteOptions())
	must(t, d.Check(t.Context()))
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error { _, err := execute(tx, "CREATE TABLE more (id INTEGER)"); return err }))
}

func TestOtherMigrationsAreRefused(t *testing.T) {
	path := newFile(t)
	changed := Options{migrations: fstest.MapFS{"0001_notes.sql": {Data: []byte(noteSchema + "\n-- edited after it was released")}}}
	_, err := Open(t.Context(), path, changed)
	wantRefusal(t, err, backend.CodeUnavailable, "another build")
	windows := Options{migrations: fstest.MapFS{"0001_notes.sql": {Data: []byte(strings.ReplaceAll(noteSchema, "\n", "\r\n"))}}}
	open(t, path, windows)
}

func TestMigrationNumbersHaveNoGaps(t *testing.T) {
	for _, name := range []string{"0002_gap.sql", "1_short.sql", "first.sql"} {
		if _, err := loadMigrations(fstest.MapFS{name: {}}); backend.ErrorCode(err) != backend.CodeInternal {
			t.Errorf("only %s: %v", name, err)
		}
	}
	steps, err := loadMigrations(embedded())
	if err != nil || len(steps) == 0 {
		t.Errorf("the embedded migrations: %d, %v", len(steps), err)
	}
}

// TestAVersionThatIsNotThatOfTheMigrations was written by another program.
func TestAVersionThatIsNotThatOfTheMigrations(t *testing.T) {
	path := t.TempDir() + "/accounts.db"
	must(t, Create(t.Context(), path, Options{}, nil))
	execRaw(t, path, "PRAGMA user_version = 3")
	_, err := Open(t.Context(), path, Options{})
	wantRefusal(t, err, backend.CodeUnavailable, "is damaged")
}
