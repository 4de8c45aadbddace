//go:build unix

package storage_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// tampering is a session that does to some rows what a fault of a disk or of the program would do.
type tampering struct {
	storage.Session
	exec func(query string, args []any) (isLost bool)
}

func (s tampering) Exec(query string, args []any) (int64, error) {
	if s.exec(query, args) {
		return 0, nil
	}
	return s.Session.Exec(query, args)
}

// TestACopyThatDiffersIsNotKept changes, loses and doubles a row on its way.
func TestACopyThatDiffersIsNotKept(t *testing.T) {
	from := openFile(t, newFile(t, addAwkward))
	for name, one := range map[string]struct {
		exec func(query string, args []any) bool
		want string
	}{
		"a text": {func(query string, args []any) bool {
			if strings.HasPrefix(query, "INSERT INTO feedback ") {
				args[3] = args[3].(string) + " "
			}
			return false
		}, "The table feedback of the copy has the same number of rows, but other values"},
		"a row": {func(query string, args []any) bool {
			return strings.HasPrefix(query, "INSERT INTO journal ") && args[0] == int64(7)
		}, "The table journal has 2 rows, but 1 in the copy"},
		"what a trigger does": {func(query string, _ []any) bool { return query == "DELETE FROM reaches" }, "mistake"},
	} {
		path := filepath.Join(t.TempDir(), "copy.db")
		err := from.Read(t.Context(), func(source *storage.Tx) error {
			return sqlite.Create(t.Context(), path, sqlite.Options{}, func(target *storage.Tx) error {
				faulty := storage.NewTx(t.Context(), tampering{target.Session(), one.exec}, target.Now, storage.Hooks{})
				return storage.Transfer(source, faulty, noReport)
			})
		})
		if err == nil || !strings.Contains(err.Error(), one.want) {
			t.Errorf("where %s is another, the error is %v", name, err)
		}
		if left, _ := filepath.Glob(path + "*"); len(left) > 1 || len(left) == 1 && left[0] != path+".lock" {
			t.Errorf("where %s is another, %v is left", name, left)
		}
	}
}

func addOrganization(tx *storage.Tx) error {
	return insertRow(tx, "organizations", []any{"o", "Organization", "team", int64(0)})
}

// TestATargetWithAccountsIsLeftAsItWas refuses to copy into a file or a database that has something.
func TestATargetWithAccountsIsLeftAsItWas(t *testing.T) {
	file, url := newFile(t, addAwkward), newServer(t, addOrganization)
	before := dump(t, openFile(t, file))
	for name, err := range map[string]error{
		"a file":    toFile(t.Context(), openServer(t, url), file, noReport),
		"a server":  toServer(t.Context(), openFile(t, file), url, noReport),
		"no tables": toServer(t.Context(), openFile(t, file), newServer(t, nil), noReport),
	} {
		if backend.ErrorCode(err) != backend.CodeUnavailable || !strings.Contains(err.Error(), "and was left as it") {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
	if dump(t, openFile(t, file)) != before {
		t.Error("the file was changed")
	}
}

// TestACopyIsOfOneMoment changes the source while it is read.
func TestACopyIsOfOneMoment(t *testing.T) {
	from, url := openFile(t, newFile(t, addAwkward)), pgtest.Empty(t)
	change := func(p storage.Progress) {
		if p.Table != "organizations" || !p.IsDone || p.IsCheck {
			return
		}
		must(t, from.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
			return insertRow(tx, "feedback", []any{"", "later", int64(0), "later"})
		}))
	}
	must(t, toServer(t.Context(), from, url, change))
	back := filepath.Join(t.TempDir(), "back.db")
	must(t, toFile(t.Context(), openServer(t, url), back, noReport))
	if text := dump(t, openFile(t, back)); strings.Contains(text, "later") || !strings.Contains(text, "feedback") {
		t.Error("a row that was written meanwhile is there, too")
	}
}

// TestKilledInTheMiddle kills a process that copies, in either direction, when it has written half of
// the tables. Nothing is there then, and the next try succeeds.
func TestKilledInTheMiddle(t *testing.T) {
	file, url := newFile(t, addAwkward), pgtest.Empty(t)
	killCopy(t, file, url)
	wantEmpty(t, url)
	must(t, toServer(t.Context(), openFile(t, file), url, noReport))

	back := filepath.Join(t.TempDir(), "back.db")
	killCopy(t, url, back)
	if _, err := os.Stat(back); !os.IsNotExist(err) {
		t.Errorf("the file of a copy that was killed is there: %v", err)
	}
	must(t, toFile(t.Context(), openServer(t, url), back, noReport))
	if dump(t, openFile(t, back)) != dump(t, openFile(t, file)) {
		t.Error("the second try has not copied everything")
	}
	if left, _ := filepath.Glob(back + ".unfinished*"); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

// killCopy starts a process that copies, and kills it when it says that it is in the middle.
func killCopy(t *testing.T, from, to string) {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestOtherProcessCopies$")
	c.Env = append(os.Environ(), "COPY_FROM="+from, "COPY_TO="+to)
	out, err := c.StdoutPipe()
	must(t, err)
	must(t, c.Start())
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "in the middle\n" {
		t.Errorf("the process says %q (%v)", line, err)
	}
	must(t, c.Process.Kill())
	_ = c.Wait() // it was killed
}

// TestOtherProcessCopies is the process that killCopy starts, and tests nothing by itself.
func TestOtherProcessCopies(t *testing.T) {
	from, to := os.Getenv("COPY_FROM"), os.Getenv("COPY_TO")
	if from == "" {
		return
	}
	stop := func(p storage.Progress) {
		if p.Table == "journal" && p.IsDone {
			fmt.Println("in the middle")
			select {}
		}
	}
	if strings.HasPrefix(to, "postgres:") {
		t.Fatal(toServer(t.Context(), openFile(t, from), to, stop))
	}
	t.Fatal(toFile(t.Context(), openServer(t, from), to, stop))
}

// TestCancelledInTheMiddle leaves nothing, either.
func TestCancelledInTheMiddle(t *testing.T) {
	file, url := newFile(t, addAwkward), pgtest.Empty(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := toServer(ctx, openFile(t, file), url, func(p storage.Progress) {
		if p.Table == "journal" {
			cancel()
		}
	})
	if backend.ErrorCode(err) != backend.CodeBusy {
		t.Errorf("the error is %v", err)
	}
	wantEmpty(t, url)
}

// TestSourcesInUse refuses them.
func TestSourcesInUse(t *testing.T) {
	file, url := newFile(t, addAwkward), newServer(t, addOrganization)
	must(t, sqlite.CheckUnused(t.Context(), file))
	one, err := sqlite.Open(t.Context(), file, sqlite.Options{})
	must(t, err)
	if err := sqlite.CheckUnused(t.Context(), file); backend.ErrorCode(err) != backend.CodeBusy {
		t.Errorf("of a file that is open: %v", err)
	}
	must(t, one.Close())
	must(t, sqlite.CheckUnused(t.Context(), file))

	first := openServer(t, with(url, "pool_min_conns=3"))
	must(t, first.CheckUnused(t.Context()))
	other := openServer(t, with(url, "application_name=audit"))
	read(t, other, func(tx *storage.Tx) error { _, err := tx.Mark(); return err })
	if err := first.CheckUnused(t.Context()); backend.ErrorCode(err) != backend.CodeBusy {
		t.Errorf("of a database that another one is connected to: %v", err)
	}
}

// with is an address with one more parameter.
func with(url, parameter string) string {
	if strings.Contains(url, "?") {
		return url + "&" + parameter
	}
	return url + "?" + parameter
}
