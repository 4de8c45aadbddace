//go:build unix

package postgres

import (
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// TestLostConnections: what was lost before the commit is made all the same, and of a lost commit it
// is said that it is not known.
func TestLostConnections(t *testing.T) {
	const unprepared = "&default_query_exec_mode=exec" // as behind a pooler
	for _, c := range []struct {
		what  string
		mode  string
		cut   pgtest.Cut
		code  backend.Code
		facts string
	}{
		{"the first statement", "", pgtest.CutStatement, "", "kept"},
		{"the first statement unprepared", unprepared, pgtest.CutStatement, "", "kept"},
		{"the commit", "", pgtest.CutCommit, backend.CodeUnknownOutcome, ""},
		{"the answer to the commit", "", pgtest.CutAnswer, backend.CodeUnknownOutcome, "kept"},
	} {
		t.Run(c.what, func(t *testing.T) {
			url := made(t)
			through, proxy := pgtest.Through(t, url+c.mode)
			s := open(t, through)
			put := func(text string) error {
				return s.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error { return tx.PutFact(storage.FactDemo, []byte(text)) })
			}
			for range 3 { // the statements are prepared
				must(t, put(""))
			}
			proxy.Cut(c.cut)
			if code := backend.ErrorCode(put("kept")); code != c.code {
				t.Errorf("refused with %q, want %q", code, c.code)
			}
			if !proxy.IsCut() {
				t.Fatal("nothing was lost")
			}
			if got := fact(t, s); got != c.facts {
				t.Errorf("there is %q, want %q", got, c.facts)
			}
			must(t, put("again")) // it goes on
		})
	}
}

// TestAnotherVersionTakesOver: a program of a later version changes the tables while this one runs. From
// then on this one changes nothing, and says what to do; it reads on.
func TestAnotherVersionTakesOver(t *testing.T) {
	s := open(t, made(t))
	put := func(text string) error {
		return s.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error { return tx.PutFact(storage.FactDemo, []byte(text)) })
	}
	must(t, s.Change(t.Context(), storage.NoAccount, addCustomer(1)))
	must(t, put("before"))
	must(t, s.Change(t.Context(), customer(1), func(tx *storage.Tx) error {
		return tx.AddJournal(customer(1), backend.JournalEntry{ID: "one", At: tx.Now, Actor: "test", Action: "name.changed"})
	}))
	for range 3 { // on each connection the statement is prepared
		must(t, s.Read(t.Context(), readJournal))
	}
	later := `ALTER TABLE customers ADD COLUMN later TEXT; ALTER TABLE journal ADD COLUMN later TEXT; INSERT INTO schema_migrations VALUES (2, 'migrations/0002_later.sql', 'hash', 0)`
	if _, err := s.pool.Exec(t.Context(), later); err != nil {
		t.Fatal(err)
	}
	ofAccount := s.Change(t.Context(), customer(1), func(tx *storage.Tx) error { return tx.Touch(customer(1)) })
	for _, err := range []error{put("after"), ofAccount} {
		if backend.ErrorCode(err) != backend.CodeUnavailable || !strings.Contains(err.Error(), "start the newest") {
			t.Errorf("refused with %v", err)
		}
	}
	if got := fact(t, s); got != "before" {
		t.Errorf("there is %q", got)
	}
	must(t, s.Read(t.Context(), readJournal))
}

// readJournal reads with a statement that names no columns.
func readJournal(tx *storage.Tx) error {
	newest, err := tx.NewestEntry(customer(1))
	if err != nil {
		return err
	}
	return tx.WalkJournal(customer(1), newest, func(int64, backend.JournalEntry) bool { return true })
}

// TestTextThatIsNone is refused with a sentence, and not as a fault.
func TestTextThatIsNone(t *testing.T) {
	s := open(t, made(t))
	for _, text := range []string{"a\x00b", "\xff"} {
		err := s.Read(t.Context(), func(tx *storage.Tx) error {
			_, _, err := tx.AccountByEmail(text)
			return err
		})
		if backend.ErrorCode(err) != backend.CodeInvalid {
			t.Errorf("%q is refused with %v", text, err)
		}
	}
}

// fact is what was put last.
func fact(t *testing.T, s *Store) (text string) {
	t.Helper()
	must(t, s.Read(t.Context(), func(tx *storage.Tx) error {
		value, err := tx.Fact(storage.FactDemo)
		text = string(value)
		return err
	}))
	return text
}
