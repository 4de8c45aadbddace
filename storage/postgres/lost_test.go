//go:build unix

package postgres

import (
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
