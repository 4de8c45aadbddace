package sqlite

import (
	"context"
	"testing"
	"testing/fstest"
	"time"

	"github.com/account-settings/pinghome/storage"
)

// noteSchema is a small schema for the tests of transactions, files and migrations,
// which do not depend on the tables of the program.
const noteSchema = `CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL, n INTEGER NOT NULL DEFAULT 0, UNIQUE (text)) STRICT;
CREATE TABLE tags (note INTEGER NOT NULL REFERENCES notes (id), tag TEXT NOT NULL) STRICT;`

func noteOptions() Options {
	return Options{migrations: fstest.MapFS{"0001_notes.sql": {Data: []byte(noteSchema)}}}
}

// newFile creates a file of notes and returns its path.
func newFile(t testing.TB) string {
	t.Helper()
	path := t.TempDir() + "/notes.db"
	must(t, Create(t.Context(), path, noteOptions(), nil))
	return path
}

func open(t testing.TB, path string, o Options) *DB {
	t.Helper()
	d, err := Open(t.Context(), path, o)
	must(t, err)
	t.Cleanup(func() { must(t, d.Close()) })
	return d
}

// must ends the test when there is an error.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (%T)", err, err)
	}
}

// execute runs a statement that writes.
func execute(tx *storage.Tx, query string, args ...any) (affected int64, err error) {
	return tx.Session().Exec(query, args)
}

// row reads the first row of a query into dest.
func row(tx *storage.Tx, query string, args []any, dest ...any) error {
	return tx.Session().Row(query, args, dest)
}

// add returns a change that writes one note.
func add(text string) func(*storage.Tx) error {
	return func(tx *storage.Tx) error {
		_, err := execute(tx, "INSERT INTO notes (text) VALUES ($1)", text)
		return err
	}
}

// notes returns the texts of all notes in the order in which they were written.
func notes(t testing.TB, d *DB) []string {
	t.Helper()
	all, err := noteTexts(d)
	must(t, err)
	return all
}

// noteTexts is notes for a file that may be damaged.
func noteTexts(d *DB) (all []string, err error) {
	err = d.Read(context.Background(), func(tx *storage.Tx) error {
		return tx.Session().Rows("SELECT text FROM notes ORDER BY id", nil, func(scan func(...any) error) error {
			var text string
			err := scan(&text)
			all = append(all, text)
			return err
		})
	})
	return all, err
}

func TestReopen(t *testing.T) {
	path := t.TempDir() + "/deep/er/notes.db"
	must(t, Create(t.Context(), path, noteOptions(), add("filled")))
	d, err := Open(t.Context(), path, noteOptions())
	must(t, err)
	must(t, d.Check(t.Context()))
	must(t, d.Change(t.Context(), storage.NoAccount, add("changed")))
	must(t, d.Close())
	must(t, d.Close())
	wantNotes(t, open(t, path, noteOptions()), "filled", "changed")
}

func wantNotes(t testing.TB, d *DB, want ...string) {
	t.Helper()
	got := notes(t, d)
	if len(got) != len(want) {
		t.Fatalf("notes %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("notes %q, want %q", got, want)
		}
	}
}

func TestOneTimePerTransaction(t *testing.T) {
	o := noteOptions()
	o.Now = func() time.Time { return time.Date(2026, 2, 3, 4, 5, 6, 123456789, time.FixedZone("", 4*3600)) }
	d := open(t, newFile(t), o)
	want := time.Date(2026, 2, 3, 0, 5, 6, 123000000, time.UTC)
	check := func(tx *storage.Tx) error {
		if tx.Now != want {
			t.Errorf("Now is %v, want %v", tx.Now, want)
		}
		return nil
	}
	must(t, d.Change(t.Context(), storage.NoAccount, check))
	must(t, d.Read(t.Context(), check))
}
