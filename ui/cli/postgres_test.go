//go:build unix

package cli

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/account-settings/pinghome/storage/postgres/pgtest"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// TestCommandsOnPostgreSQL: an operator makes the first account in an empty database, and then does what is done
// with a file, but for copies.
func TestCommandsOnPostgreSQL(t *testing.T) {
	commandsAlone(t)
	h, db := home{t, t.TempDir()}, pgtest.Empty(t)
	on := func(args ...string) []string { return append(args, "--db", db) }
	wantCode(t, h, exit.CodeNotFound, `yet; "pinghome account create" makes one`, on("account", "list")...)
	wantCode(t, h, exit.CodeNotFound, `yet; "pinghome account create" makes one, and "pinghome serve --create" begins without any`, on("serve", "--listen", "127.0.0.1:0")...)
	wantCode(t, h, exit.CodeFailed, "WRONG\tdatabase\tThere is no account in postgres://", on("doctor")...)
	wantCode(t, h, 0, ".postgres.key. Every server on postgres://", on("account", "create", "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example")...)
	wantCode(t, h, 0, "Ada Byron", on("account", "list")...)
	wantCode(t, h, 0, "[]", on("messages", "list", "--json")...)
	wantCode(t, h, exit.CodeUsage, "is copied by its own tools: pg_dump", on("backup", "saved.db")...)
	wantCode(t, h, exit.CodeUsage, "is put back by its own tools: pg_dump", on("restore", "saved.db")...)
	wantCode(t, h, 0, "There are no demo accounts here.", on("account", "remove-demo")...)
	wantCode(t, h, exit.CodeFailed, "WRONG\tdurability\tfsync is off", on("doctor")...)
	for _, row := range []string{"ok\tdatabase", "ok\tencryption", "ok\ttables", "ok\trole", "ok\tconnections", "ok\tclocks", "ok\tkey", "ok\tspellings"} {
		wantCode(t, h, exit.CodeFailed, row, on("doctor")...)
	}

	token := h.run(on("token", "create", "--account", "ada@byron.example")...)
	address, server := h.serve(on("--listen", "127.0.0.1:0")...)
	if status, err := askProfile(http.DefaultClient, address, token); status != http.StatusOK || err != nil {
		t.Errorf("the server answers %d, %v", status, err)
	}
	_ = server.Process.Signal(syscall.SIGTERM)
	_ = server.Wait()
	if code := server.ProcessState.ExitCode(); code != 143 {
		t.Errorf("the server ended with %d", code)
	}
	h.run(on("token", "revoke", token)...)
	wantCode(t, h, 0, "The old key is kept as ", on("key", "rotate")...)
	h.run(on("account", "list")...)
}

// TestEveryServerNeedsTheSameKey: a second one without it, or with another, does not start.
func TestEveryServerNeedsTheSameKey(t *testing.T) {
	first, second, db := home{t, t.TempDir()}, home{t, t.TempDir()}, pgtest.Empty(t)
	first.run("account", "create", "--db", db, "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example")
	serve := []string{"serve", "--db", db, "--listen", "127.0.0.1:0"}
	wantCode(t, second, exit.CodeFailed, " is not there: its fingerprint is ", serve...)
	wantCode(t, second, exit.CodeFailed, "All servers on a database have one key: copy the file from a server that has it, or set $PINGHOME_KEY.", serve...)
	wantNothingIn(t, filepath.Join(second.dir, ".local/share/pinghome"))
	keys, err := filepath.Glob(filepath.Join(first.dir, ".local/share/pinghome/*.postgres.key"))
	if err != nil || len(keys) != 1 {
		t.Fatalf("the keys are %v, %v", keys, err)
	}
	path := filepath.Join(second.dir, ".local/share/pinghome", filepath.Base(keys[0]))
	put := func(text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put(strings.Repeat("01", 32) + "\n")
	wantCode(t, second, exit.CodeFailed, " has the fingerprint ", serve...)
	wantCode(t, second, exit.CodeFailed, "Nothing was changed.", serve...)
	text, err := os.ReadFile(keys[0])
	if err != nil {
		t.Fatal(err)
	}
	put(string(text))
	second.serve(serve[1:]...)
}

// TestTheFirstStartOnPostgreSQL asks what to make in an empty database, as it does for a file.
func TestTheFirstStartOnPostgreSQL(t *testing.T) {
	home, db := t.TempDir(), pgtest.Empty(t)
	w := inWindowAt(t, home, "pinghome", "--db", db)
	w.see("In this database, with demo data")
	w.see("Database  postgres://pinghome@/test_")
	w.press("j\r")
	w.see("● PostgreSQL test_")
	w.see("john.smith@ping-home.org")
	w.press("q")
	w.wantExit(0)
	w.see("pinghome: the key of the codes was made: ")
	w.wantRestored()

	w = inWindowAt(t, home, "pinghome", "--db", db, "--account", "nobody@example.org")
	w.wantExit(exit.CodeNotFound)
	w = inWindowAt(t, home, "pinghome", "--db", db, "--read-only")
	w.see("john.smith@ping-home.org")
	w.press("q")
	w.wantExit(0)
}

// TestTheFirstAccountOnPostgreSQL is made in the console.
func TestTheFirstAccountOnPostgreSQL(t *testing.T) {
	w := inWindow(t, "pinghome", "--db", pgtest.Empty(t))
	w.see("In this database, empty")
	w.press("\r")
	w.see("Your account")
	w.press("Ada\tByron\tada@byron.example\r")
	w.see("[1 Profile]")
	w.see("Ada Byron")
	w.press("q")
	w.wantExit(0)
}

// TestAContextNamesAPostgreSQLDatabase, which the console opens beside a file.
func TestAContextNamesAPostgreSQLDatabase(t *testing.T) {
	commandsAlone(t)
	h, db := home{t, t.TempDir()}, pgtest.Empty(t)
	h.run("account", "create", "--db", db, "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example")
	h.run("account", "create", "--name", "Bob", "--surname", "Near", "--email", "bob@near.example")
	h.writeFile("config.toml", "[context.team]\ndb = \""+db+"\"\ncolor = \"red\"\n[context.file]\ndb = \".local/share/pinghome/pinghome.db\"\nread_only = true\n")
	w := inWindowAt(t, h.dir, "pinghome", "--config", "config.toml", "--context", "team")
	w.see("Ada Byron")
	w.see("team  ● PostgreSQL test_")
	w.press(":")
	w.see("─ Commands ─")
	w.press("context file")
	w.see("Context: file")
	w.press("\r")
	w.see("Bob Near")
	w.press("2")
	w.see("[2 Channels")
	w.press("a")
	w.see(`Opened for reading only, as read_only of the context "file" says.`)
	w.press("q")
	w.wantExit(0)
	w.wantRestored()
}

// TestAPasswordInAnArgumentIsRefused, however the address is written, and is not repeated.
func TestAPasswordInAnArgumentIsRefused(t *testing.T) {
	commandsAlone(t)
	h := home{t, t.TempDir()}
	for _, db := range []string{"postgres://ada:marked@h/a", "PostgreSQL://ada:mar/ked@h/a", "postgres://ada@h/a?password=marked", "postgers://ada:marked@h/a", "postgres:/ada:marked@h/a", "host=h password=marked dbname=a", " Password = 'mar ked'"} {
		for _, args := range [][]string{{}, {"account", "list"}, {"serve"}, {"doctor"}, {"paths"}, {"backup", "x"}, {"key", "fingerprint"}} {
			c := h.command(append(args, "--db", db)...)
			said, _ := c.CombinedOutput()
			if code := c.ProcessState.ExitCode(); code != exit.CodeUsage && (len(args) == 0 || args[0] != "doctor" || code != exit.CodeFailed) || strings.Contains(string(said), "ked") {
				t.Errorf("pinghome %v --db %s: %d and %s", args, db, code, said)
			}
		}
	}
	c := h.command("migrate", "--from", "host=h password=marked", "--to", "x.db")
	if said, _ := c.CombinedOutput(); c.ProcessState.ExitCode() != exit.CodeUsage || !strings.Contains(string(said), "--from has words such as host=") || strings.Contains(string(said), "ked") {
		t.Errorf("pinghome migrate says %s", said)
	}
	h.writeFile("config.toml", "[context.a]\ndb = \"postgres://ada:marked@h/a\"\n[context.b]\ndb = \"postgres://ada:mar%zked@h/a?password=marked\"\n")
	c = h.command("config", "--config", "config.toml")
	said, err := c.CombinedOutput()
	if c.ProcessState.ExitCode() != exit.CodeUsage || !strings.Contains(string(said), "config.toml: row 2, column 1: db has a password in it") || strings.Contains(string(said), "ked") {
		t.Errorf("pinghome config says %v and %s", err, said)
	}
	wantNothingIn(t, filepath.Join(h.dir, ".local"))
}

// TestThePasswordOfTheDatabaseIsNowhere: every command and the console are used with one in PINGHOME_DB, and all that
// they print and write is searched for it. A server is searched when it has lost its database, too.
func TestThePasswordOfTheDatabaseIsNowhere(t *testing.T) {
	commandsAlone(t)
	const password = "marked-pa55word"
	h := home{t, t.TempDir()}
	address, err := url.Parse(pgtest.Empty(t))
	if err != nil {
		t.Fatal(err)
	}
	address.User = url.UserPassword("pinghome", password)
	var said strings.Builder
	run := func(args ...string) {
		c := h.command(args...)
		c.Env = append(c.Env, "PINGHOME_DB="+address.String())
		out, _ := c.CombinedOutput()
		said.Write(out)
	}
	for _, args := range [][]string{{"account", "list"}, {"doctor"}, {"account", "create", "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example"},
		{"account", "list"}, {"token", "list"}, {"messages", "list"}, {"key", "rotate"}, {"key", "fingerprint"}, {"backup", "x"}, {"restore", "x"}, {"doctor"}, {"paths"},
		{"config"}, {"account", "remove-demo"}, {"serve", "--listen", "wrong"}, {"--version"}, {}} {
		run(args...)
	}
	w := inWindowWith(t, h.dir, []string{"PINGHOME_DB=" + address.String()}, "pinghome", "--debug")
	w.see("Ada Byron")
	w.press("3")
	w.see("[3 Feedback]")
	w.press("c")
	w.see("New feedback")
	w.press("half a thought")
	w.seeFile(".local/state/pinghome/drafts/*.json")
	w.press("\x03")
	w.wantExit(0)
	said.WriteString(w.output())

	logged := h.serveOnce("PINGHOME_DB=" + address.String())
	address.Path += "_missing"
	run("account", "list")
	run("serve", "--listen", "127.0.0.1:0")
	address.RawQuery = "host=/nowhere"
	run("serve", "--listen", "127.0.0.1:0")
	address.RawQuery = "sslmode=odd"
	run("doctor")
	wantAbsent(t, password, map[string]string{"what was printed": said.String(), "the log of the server": logged.String()}, h.dir)
	if !regexp.MustCompile(`"database":"postgres://pinghome@/test_\d+\?host=`).MatchString(logged.String()) {
		t.Errorf("the log does not name the database: %s", logged)
	}
}

// serveOnce starts a server with a variable, asks it and ends it, and returns its log.
func (h home) serveOnce(variable string) *logBuffer {
	h.t.Helper()
	logged := new(logBuffer)
	server := h.command("serve", "--listen", "127.0.0.1:0", "--log-level", "debug")
	server.Env, server.Stderr = append(server.Env, variable), logged
	where := startServer(h.t, server)
	if status, err := askProfile(http.DefaultClient, where, "ph_wrong"); status != http.StatusUnauthorized || err != nil {
		h.t.Errorf("the server answers %d, %v", status, err)
	}
	_ = server.Process.Signal(syscall.SIGTERM)
	_ = server.Wait()
	return logged
}

// wantAbsent searches texts and the files below a folder.
func wantAbsent(t *testing.T, secret string, texts map[string]string, folder string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		texts[path] = string(text)
		return err
	})
	if err != nil || len(texts) < 5 {
		t.Fatalf("%d texts, %v", len(texts), err)
	}
	for name, text := range texts {
		if strings.Contains(text, secret) {
			t.Errorf("%s is in %s: %s", secret, name, text)
		}
	}
}
