//go:build unix

package cli

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// withDemo makes a file with the demo's accounts, and its key.
func (h home) withDemo(name string) {
	h.t.Helper()
	path := filepath.Join(h.dir, name)
	key, err := local.LoadKey(path + ".key")
	if err == nil {
		err = sqlite.Create(h.t.Context(), path, sqlite.Options{}, local.Demo(key))
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

// refused runs a command that has to end with this exit code and this sentence.
func (h home) refused(code int, sentence string, args ...string) {
	h.t.Helper()
	c := h.command(args...)
	said, _ := c.CombinedOutput()
	if got := c.ProcessState.ExitCode(); got != code || !regexp.MustCompile(sentence).Match(said) {
		h.t.Errorf("pinghome %s ends with %d, not %d, and says %s", strings.Join(args, " "), got, code, said)
	}
}

// TestAnOperatorMovesToPostgreSQLAndBack as its own help says.
func TestAnOperatorMovesToPostgreSQLAndBack(t *testing.T) {
	commandsAlone(t)
	h, url := home{t, t.TempDir()}, pgtest.Empty(t)
	h.withDemo("here.db")
	before, err := os.ReadFile(filepath.Join(h.dir, "here.db"))
	if err != nil {
		t.Fatal(err)
	}
	said := h.run("migrate", "--from", "here.db", "--to", url)
	for _, want := range []string{`(?m)^customers +3$`, `(?m)^channels +\d+$`, `the rows of all 18 tables are the same`, `the key .*here\.db\.key`, `Start pinghome with --db postgres://`, `here\.db for good:\n +it is as it was`} {
		if !regexp.MustCompile(want).MatchString(said) {
			t.Errorf("it does not say %s: %s", want, said)
		}
	}
	if after, _ := os.ReadFile(filepath.Join(h.dir, "here.db")); string(after) != string(before) {
		t.Error("the file was changed")
	}
	wantNone(t, filepath.Join(h.dir, "here.db-wal"))
	h.refused(1, "has tables already and was left as it was|left as it is", "migrate", "--from", "here.db", "--to", url)

	said = h.run("migrate", "--from", url, "--to", "back.db")
	if !strings.Contains(said, filepath.Join(h.dir, "back.db.key")) {
		t.Errorf("it does not say where the key belongs: %s", said)
	}
	if !regexp.MustCompile(`key of the servers \(the file .*\.postgres\.key there\)`).MatchString(said) {
		t.Errorf("it does not say where the key is: %s", said)
	}
	h.refused(1, "back.db exists already and was left as it is", "migrate", "--from", url, "--to", "back.db")
	key, err := os.ReadFile(filepath.Join(h.dir, "here.db.key"))
	if err != nil {
		t.Fatal(err)
	}
	h.writeFile("back.db.key", string(key))
	for _, list := range [][]string{{"account", "list"}, {"messages", "list", "--json"}} {
		here, back := h.run(append(list, "--db", "here.db")...), h.run(append(list, "--db", "back.db")...)
		if here != back || here == "" {
			t.Errorf("%v was %s and is %s", list, here, back)
		}
	}
	if right := h.run("key", "fingerprint", "--db", "back.db"); right != h.run("key", "fingerprint", "--db", "here.db") {
		t.Error("the key is another one")
	}
}

// TestAccountsInUse are not moved, since the copy would lack what is changed while it is made. With --live they are.
func TestAccountsInUse(t *testing.T) {
	commandsAlone(t)
	h, url := home{t, t.TempDir()}, pgtest.Empty(t)
	h.withDemo("here.db")
	_, server := h.serve("--db", "here.db", "--listen", "127.0.0.1:0")
	h.refused(9, "here.db is in use.*--live", "migrate", "--from", "here.db", "--to", url)
	if _, err := postgres.Open(t.Context(), url, postgres.Options{}); err == nil {
		t.Error("something was copied")
	}
	if said := h.run("migrate", "--from", "here.db", "--to", url, "--live"); !strings.Contains(said, "is changed in ") {
		t.Errorf("it does not warn: %s", said)
	}
	_ = server.Process.Kill()
	_ = server.Wait()

	db, err := postgres.Open(t.Context(), url, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	h.refused(9, "is in use.*--live", "migrate", "--from", url, "--to", "back.db")
	wantNone(t, filepath.Join(h.dir, "back.db"))
	h.run("migrate", "--from", url, "--to", "back.db", "--live")
}

func wantNone(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Lstat(path); err == nil {
		t.Errorf("%s is there", path)
	}
}

// TestARowThatPostgreSQLDoesNotKeep is named, and nothing is copied.
func TestARowThatPostgreSQLDoesNotKeep(t *testing.T) {
	commandsAlone(t)
	h, url := home{t, t.TempDir()}, pgtest.Empty(t)
	h.withDemo("here.db")
	db, err := sqlite.Open(t.Context(), filepath.Join(h.dir, "here.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		_, err := tx.Session().Exec(`INSERT INTO tombstones VALUES ($1, $2, 0)`, []any{"hash", "no\x00reason"})
		return err
	})
	if err := firstError(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	h.refused(1, `table tombstones, reason of the row with id_hash "hash" has a NUL character`, "migrate", "--from", "here.db", "--to", url)
	h.refused(5, "", "migrate", "--from", url, "--to", "back.db")
	wantNone(t, filepath.Join(h.dir, "back.db"))
}

// TestNothingOfAPasswordIsShown, which would be seen by all users of the machine and in logs.
func TestNothingOfAPasswordIsShown(t *testing.T) {
	commandsAlone(t)
	h := home{t, t.TempDir()}
	h.withDemo("here.db")
	for _, url := range []string{"postgres://ada:hunter2@localhost/accounts", "POSTGRESQL://ada:hunter2@localhost", "postgres://localhost/a?password=hunter2",
		"postgres://localhost/a?sslPassword=hunter2", "postgres://localhost/a?p%61ssword=hunter2", "postgres://ada:hunter2@local host/%zz", "postgres://ada:hunter2@a:1,b:2/accounts",
		"postgress://ada:hunter2@localhost/accounts", "postgres:ada:hunter2@localhost", " postgres://ada:hunter2@localhost/accounts", "postgres://ada:hunter2@x@localhost/a#b"} {
		for _, args := range [][]string{{"--from", "here.db", "--to", url}, {"--from", url, "--to", "new.db"}} {
			said, err := h.command(append([]string{"migrate"}, args...)...).CombinedOutput()
			if err == nil || strings.Contains(string(said), "hunter2") || !strings.Contains(string(said), "--") {
				t.Errorf("%v: %s", args, said)
			}
		}
	}
	wantNone(t, filepath.Join(h.dir, "new.db"))
}

// TestAMoveThatIsInterrupted leaves nothing. The second try, over what a killed one has left, succeeds.
func TestAMoveThatIsInterrupted(t *testing.T) {
	h, url := home{t, t.TempDir()}, pgtest.Empty(t)
	h.withDemo("here.db")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	from := filePlace(filepath.Join(h.dir, "here.db"))
	to, err := placeNamed("--to", url)
	if err != nil {
		t.Fatal(err)
	}
	m := &migration{from: from, to: to, out: os.Stderr, progress: &migrationProgress{out: writerFunc(func(line string) {
		if strings.HasPrefix(line, "journal") {
			cancel()
		}
	})}}
	err = m.run(ctx)
	if said := m.stopped(ctx, err); err == nil || said != "stopped; nothing is in "+to.name() {
		t.Errorf("it was not interrupted: %v, and it says %q", err, said)
	}
	h.run("migrate", "--from", "here.db", "--to", url)
}

// TestAMoveThatIsInterruptedWhenAllIsCopied has succeeded, by a signal and by the loss of the source, which may have been
// changed in between.
func TestAMoveThatIsInterruptedWhenAllIsCopied(t *testing.T) {
	commandsAlone(t)
	h, way := home{t, t.TempDir()}, newWay(t, pgtest.Empty(t))
	h.withDemo("here.db")
	for _, c := range []struct {
		from, to, warns string
		end             func(cancel func())
	}{
		{filepath.Join(h.dir, "here.db"), way.db, "Start pinghome with", func(cancel func()) { cancel() }},
		{way.db, filepath.Join(h.dir, "back.db"), "Start pinghome with", func(cancel func()) { cancel() }},
		{way.db, filepath.Join(h.dir, "again.db"), "did not say whether it was changed during the copy", func(func()) { way.close() }},
	} {
		from, err := placeNamed("--from", c.from)
		if err != nil {
			t.Fatal(err)
		}
		to, err := placeNamed("--to", c.to)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		var said strings.Builder
		m := &migration{from: from, to: to, progress: &migrationProgress{out: io.Discard}, isLive: true, out: writerFunc(func(text string) {
			said.WriteString(text)
			if strings.HasPrefix(text, "All of ") {
				c.end(cancel)
			}
		})}
		err = m.run(ctx)
		if err != nil || m.stopped(ctx, err) != "" || !strings.Contains(said.String(), c.warns) {
			t.Errorf("%s to %s ends with %v and %s", c.from, c.to, err, said.String())
		}
		cancel()
	}
	way.open()
	migrate := h.command("migrate", "--from", way.db, "--to", "last.db")
	migrate.Stdout = writerFunc(func(text string) {
		if strings.Contains(text, "All of ") {
			_ = migrate.Process.Signal(os.Interrupt)
		}
	})
	if err := migrate.Run(); err != nil {
		t.Errorf("interrupted at the end, it ends with %v", err)
	}
	missing := way.db[:strings.LastIndexByte(way.db, '/')] + "/nosuch?sslmode=disable"
	h.refused(5, "There is no database nosuch at ", "migrate", "--from", "here.db", "--to", missing)
	h.refused(5, "There is no database nosuch at ", "migrate", "--from", missing, "--to", "new.db")
}

// writerFunc is called with what is written.
type writerFunc func(text string)

func (f writerFunc) Write(p []byte) (int, error) {
	f(string(p))
	return len(p), nil
}
