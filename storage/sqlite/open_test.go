package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// wantRefusal checks the code of an error and that its message contains a text.
func wantRefusal(t testing.TB, err error, code backend.Code, text string) {
	t.Helper()
	var e *backend.Error
	if !errors.As(err, &e) || e.Code != code || !strings.Contains(e.Message, text) {
		t.Errorf("refused with %q (%q), want %q with %q", err, backend.ErrorCode(err), code, text)
	}
}

func TestOpenRefusesUnusableFiles(t *testing.T) {
	foreign := func(path string) { execRaw(t, path, "PRAGMA application_id = 7") }
	cases := []struct {
		name  string
		spoil func(path string)
		code  backend.Code
		text  string
	}{
		{"missing", func(p string) { must(t, os.Remove(p)) }, backend.CodeNotFound, "create them first"},
		{"empty", func(p string) { must(t, os.Truncate(p, 0)) }, backend.CodeUnavailable, "pinghome restore"},
		{"foreign", foreign, backend.CodeInvalid, "choose another file"},
		{"newer", func(p string) { execRaw(t, p, "PRAGMA user_version = 9") }, backend.CodeUnavailable, "has version 9 and this program knows 1"},
		{"garbage", func(p string) { must(t, os.WriteFile(p, []byte(strings.Repeat("garbage ", 2000)), 0o600)) },
			backend.CodeInvalid, "not a pinghome file"},
		{"cut short", func(p string) { must(t, os.Truncate(p, 5000)) }, backend.CodeUnavailable, "is damaged"},
		{"a folder", func(p string) { must(t, os.Remove(p)); must(t, os.Mkdir(p, 0o700)) }, backend.CodeUnavailable, "is a folder"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := newFile(t)
			c.spoil(path)
			before, _ := os.ReadFile(path)
			_, err := Open(t.Context(), path, noteOptions())
			wantRefusal(t, err, c.code, c.text)
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("the refused file was changed")
			}
		})
	}
}

// execRaw runs SQL on a closed file, as another program could.
func execRaw(t testing.TB, path, query string) {
	t.Helper()
	pool, err := sql.Open("sqlite3", uri(path, "mode=rw"))
	must(t, err)
	_, err = pool.Exec(query)
	must(t, errors.Join(err, pool.Close()))
}

func TestConnectionSettingsAreInForce(t *testing.T) {
	d := open(t, newFile(t), noteOptions())
	must(t, d.writer.verify(writing))
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error { return tx.Session().(*session).conn.verify(reading) }))
	if err := d.writer.verify(settings{inForce: []pragma{{"synchronous", "1"}}}); backend.ErrorCode(err) != backend.CodeUnavailable {
		t.Errorf("a setting that is not in force gives %v", err)
	}
	err := d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		_, err := execute(tx, "INSERT INTO tags (note, tag) VALUES ($1, $2)", 99, "no such note")
		return err
	})
	if err == nil {
		t.Error("a tag of a missing note was accepted: foreign keys are off")
	}
}

func TestTwoHandlesSeeEachOthersChanges(t *testing.T) {
	path := newFile(t)
	a, b := open(t, path, noteOptions()), open(t, path, noteOptions())
	must(t, a.Change(t.Context(), storage.NoAccount, add("from a")))
	must(t, b.Change(t.Context(), storage.NoAccount, add("from b")))
	wantNotes(t, a, "from a", "from b")
	wantNotes(t, b, "from a", "from b")
}

func TestReadSeesOneSnapshot(t *testing.T) {
	d := open(t, newFile(t), noteOptions())
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		count := func() (n int) {
			must(t, row(tx, "SELECT COUNT(*) FROM notes", nil, &n))
			return n
		}
		before := count()
		must(t, d.Change(t.Context(), storage.NoAccount, add("written during the read")))
		if after := count(); before != 0 || after != 0 {
			t.Errorf("a read saw %d notes, then %d", before, after)
		}
		return nil
	}))
	wantNotes(t, d, "written during the read")
}

func TestUnusualPaths(t *testing.T) {
	for _, name := range []string{"a b.db", "what?.db", "100%.db", "%41.db", "#1.db", "ünï¢ode.db", "a&b=c;d.db", "file:x?mode=memory", "'\"`$1.db", "-x.db", "новый.db"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "in "+name)
			path := filepath.Join(dir, name)
			must(t, Create(t.Context(), path, noteOptions(), add(name)))
			d := open(t, path, noteOptions())
			must(t, d.Check(t.Context()))
			must(t, d.Change(t.Context(), storage.NoAccount, add("more")))
			wantNotes(t, d, name, "more")
			if _, err := os.Stat(path); err != nil || d.Path() != path {
				t.Errorf("the file is not at its path: %v, %s", err, d.Path())
			}
		})
	}
	if _, err := Open(t.Context(), newFile(t)+"\x00.db", noteOptions()); err == nil {
		t.Error("a path with a NUL opened something")
	}
}

func TestRelativePathSurvivesChdir(t *testing.T) {
	t.Chdir(t.TempDir())
	must(t, Create(t.Context(), "notes.db", noteOptions(), nil))
	d := open(t, "notes.db", noteOptions())
	t.Chdir(t.TempDir())
	must(t, d.Change(t.Context(), storage.NoAccount, add("here")))
	wantNotes(t, d, "here")
}

func TestReadOnly(t *testing.T) {
	path := newFile(t)
	must(t, open(t, path, noteOptions()).Change(t.Context(), storage.NoAccount, add("kept")))
	o := noteOptions()
	o.ReadOnly = true
	d := open(t, path, o)
	wantRefusal(t, d.Change(t.Context(), storage.NoAccount, add("refused")), backend.CodeReadOnly, "reading only")
	must(t, d.Check(t.Context()))
	wantNotes(t, d, "kept")
}

func TestReadCannotWrite(t *testing.T) {
	d := open(t, newFile(t), noteOptions())
	wantRefusal(t, d.Read(t.Context(), add("refused")), backend.CodeReadOnly, "")
	wantNotes(t, d)
}

// TestPlaceholdersAreInOrder: SQLite takes $2 for a name and numbers the names as
// they appear, so $2, $1 would get its arguments in the wrong order.
func TestPlaceholdersAreInOrder(t *testing.T) {
	d := open(t, newFile(t), noteOptions())
	var a, b string
	must(t, d.writer.pinned.QueryRowContext(t.Context(), "SELECT $2, $1", "one", "two").Scan(&a, &b))
	if a != "one" || b != "two" {
		t.Errorf("SQLite now reads $2, $1 as %s, %s: CheckPlaceholders is not needed any more", a, b)
	}
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		if err := row(tx, "SELECT $2, $1", []any{"one", "two"}, &a, &b); backend.ErrorCode(err) != backend.CodeInternal {
			t.Errorf("$2 before $1 was not refused: %v", err)
		}
		must(t, row(tx, "SELECT $1 || $2, $1", []any{"one", "two"}, &a, &b))
		if a != "onetwo" || b != "one" {
			t.Errorf("$1 || $2, $1 gave %s, %s", a, b)
		}
		return nil
	}))
}

func TestErrorsOfStatements(t *testing.T) {
	d := open(t, newFile(t), noteOptions())
	must(t, d.Change(t.Context(), storage.NoAccount, add("once")))
	err := d.Change(t.Context(), storage.NoAccount, add("once"))
	if !isUnique(err) || backend.ErrorCode(err) != backend.CodeInternal {
		t.Errorf("the same note twice: %v", err)
	}
	err = d.Read(t.Context(), func(tx *storage.Tx) error { return row(tx, "SELECT id FROM notes WHERE id = 99", nil, new(int)) })
	if !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("no row: %v", err)
	}
	var late *storage.Tx
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error { late = tx; return nil }))
	if err := row(late, "SELECT 1", nil, new(int)); backend.ErrorCode(err) != backend.CodeInternal {
		t.Errorf("a transaction used after its end: %v", err)
	}
}

func TestAfterClose(t *testing.T) {
	d, err := Open(context.Background(), newFile(t), noteOptions())
	must(t, err)
	must(t, d.Close())
	wantRefusal(t, d.Change(t.Context(), storage.NoAccount, add("late")), backend.CodeUnavailable, "closed")
	wantRefusal(t, d.Read(t.Context(), add("late")), backend.CodeUnavailable, "closed")
	wantRefusal(t, d.Check(t.Context()), backend.CodeUnavailable, "closed")
}

func TestRemovedOrReplacedFileIsNotWrittenTo(t *testing.T) {
	path := newFile(t)
	d := open(t, path, noteOptions())
	must(t, d.Change(t.Context(), storage.NoAccount, add("before")))
	aside := path + ".aside"
	must(t, os.Rename(path, aside))
	refused := func(what string) {
		t.Helper()
		err := d.Change(t.Context(), storage.NoAccount, add("lost"))
		if backend.ErrorCode(err) != backend.CodeUnavailable || !strings.Contains(err.Error(), "nothing was changed") {
			t.Fatalf("%s: %v", what, err)
		}
	}
	refused("removed")
	must(t, os.WriteFile(path, []byte("another file"), 0o600))
	refused("replaced")
	must(t, os.Rename(aside, path))
	must(t, d.Change(t.Context(), storage.NoAccount, add("after")))
	wantNotes(t, d, "before", "after")
}
