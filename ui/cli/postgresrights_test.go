//go:build unix

package cli

import (
	"database/sql"
	"strings"
	"syscall"
	"testing"

	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// TestARoleThatMayOnlyReadIsToldAtTheStart, before the first change fails. It reads all the same.
func TestARoleThatMayOnlyReadIsToldAtTheStart(t *testing.T) {
	commandsAlone(t)
	h, db := home{t, t.TempDir()}, pgtest.Empty(t)
	h.run("account", "create", "--db", db, "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example")
	token := h.run("token", "create", "--db", db, "--account", "ada@byron.example")
	pool, err := sql.Open("pgx", db)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec("CREATE ROLE reader LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = pool.Exec("DROP OWNED BY reader; DROP ROLE reader") })
	read := strings.Replace(db, "pinghome@", "reader@", 1)

	logged := new(logBuffer)
	address, server := h.serveLogging(logged, "--db", read, "--listen", "127.0.0.1:0")
	if !becomesTrue(func() bool {
		return strings.Contains(logged.String(), "The role of this program may read PostgreSQL database test_")
	}) {
		t.Errorf("the server logged %s", logged)
	}
	if status, said := send(t, "GET", address+"/readyz", token, ""); status != 503 {
		t.Errorf("/readyz answered %d %s", status, said)
	}
	if status, said := send(t, "GET", address+"/v1/customer", token, ""); status != 200 {
		t.Errorf("reading answered %d %s", status, said)
	}
	_ = server.Process.Signal(syscall.SIGTERM)
	_, _ = server.Process.Wait()
	if said := h.run("account", "list", "--db", read); !strings.Contains(said, "Ada Byron") {
		t.Errorf("the accounts are %s", said)
	}
	w := inWindowAt(t, h.dir, "pinghome", "--db", read)
	w.see("Ada Byron")
	w.see("and not change it, so nothing can be changed")
	w.press("q")
	w.wantExit(0)
}
