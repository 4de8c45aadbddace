//go:build unix

package cli

import (
	"testing"

	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// TestChangesOfAnotherConsoleShow: two processes have one file open, and each shows what
// the other one changes. The limit of see is below the 30 seconds after which a console
// looks without being told.
func TestChangesOfAnotherConsoleShow(t *testing.T) { changesShow(t, "a.db") }

// TestChangesOfAnotherConsoleShowOnPostgreSQL, which the console asks for by itself.
func TestChangesOfAnotherConsoleShowOnPostgreSQL(t *testing.T) { changesShow(t, pgtest.Empty(t)) }

func changesShow(t *testing.T, db string) {
	h := home{t, t.TempDir()}
	h.run("account", "create", "--db", db, "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example")
	first, second := inWindowAt(t, h.dir, "pinghome", "--db", db), inWindowAt(t, h.dir, "pinghome", "--db", db)
	for _, w := range []*window{first, second} {
		w.see("Username")
	}
	rename := func(by, seenBy *window, name string) {
		t.Helper()
		by.press("e")
		by.see("ctrl+s")
		by.press("n")
		by.press("y")
		by.press("\x13")
		by.see(name)
		seenBy.see(name)
	}
	rename(first, second, "Adany")
	rename(second, first, "Adanyny")
	for _, w := range []*window{first, second} {
		w.press("q")
		w.wantExit(0)
		w.wantRestored()
	}
}
