//go:build unix

package cli

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/account-settings/pinghome/storage/sqlite"
)

// startLimit is how long a start may take: less than the five seconds for which
// Bubble Tea waits for a terminal's answer, and more than a busy machine needs.
const startLimit = 4 * time.Second

func TestATerminalThatAnswersNothingIsNotWaitedFor(t *testing.T) {
	start := time.Now()
	inWindow(t, "pinghome", "--version").wantExit(0)
	if took := time.Since(start); took > startLimit {
		t.Errorf("the version took %v", took)
	}
	start = time.Now()
	w := inWindow(t, "pinghome", "--demo")
	w.see("demo")
	if took := time.Since(start); took > startLimit {
		t.Errorf("the first frame took %v", took)
	}
	w.press("q")
	w.wantExit(0)
	w.wantRestored()
	wantNothingIn(t, w.tempDir())
}

func TestKeysPressedBeforeTheFirstFrameAreHandled(t *testing.T) {
	w := inWindow(t, "pinghome", "--demo")
	w.press("2")
	w.see("[2 Channels")
	w.press("q")
	w.wantExit(0)
}

func TestSignals(t *testing.T) {
	for sig, code := range map[syscall.Signal]int{syscall.SIGTERM: 143, syscall.SIGHUP: 129, syscall.SIGINT: 130, syscall.SIGQUIT: 131} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			w := inWindow(t, "pinghome", "--demo")
			w.see("demo")
			w.signal(sig)
			w.wantExit(code)
			w.wantRestored()
			wantNothingIn(t, w.tempDir())
		})
	}
}

func TestPathsThatAreNoDatabase(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(path string) error
		args    []string
		code    int
		says    string
	}{
		"a folder":              {mkdir, nil, 2, "is a folder; name a file in it"},
		"a pipe":                {pipe, nil, 2, "not a file that can hold a database"},
		"another file":          {write("hello, this is no database"), nil, 2, "is not a pinghome file"},
		"an empty file":         {write(""), nil, 1, "is empty"},
		"a file for a folder":   {func(path string) error { return write("")(filepath.Dir(path)) }, nil, 2, "a file stands where one of its folders should be"},
		"no folder":             {nothing, nil, 2, "/here; make it, or name another file with --db"},
		"nothing, read only":    {folder, []string{"--read-only"}, 5, "There is no database at"},
		"nothing, with account": {folder, []string{"--account", "ada@example.org"}, 5, "no account"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			path := filepath.Join(home, "here", "accounts.db")
			if err := c.prepare(path); err != nil {
				t.Fatal(err)
			}
			w := inWindowAt(t, home, "pinghome", append(c.args, "--db", path)...)
			w.wantExit(c.code)
			w.see(c.says)
			w.wantRestored()
		})
	}
}

func folder(path string) error { return mkdir(filepath.Dir(path)) }

func mkdir(path string) error { return os.MkdirAll(path, 0o700) }

func pipe(path string) error {
	return errors.Join(mkdir(filepath.Dir(path)), syscall.Mkfifo(path, 0o600))
}

func nothing(string) error { return nil }

func write(content string) func(string) error {
	return func(path string) error {
		return errors.Join(mkdir(filepath.Dir(path)), os.WriteFile(path, []byte(content), 0o600))
	}
}

func TestTheFirstRunMakesNoFileBeforeItIsAnswered(t *testing.T) {
	for _, args := range [][]string{{"--db", "accounts.db"}, nil} {
		w := inWindow(t, "pinghome", args...)
		w.see(".db")
		w.press("\x03")
		w.wantExit(0)
		if entries, err := os.ReadDir(w.home); err != nil || len(entries) != 1 { // the folder for temporary files
			t.Errorf("%v: %v, %v", args, entries, err)
		}
	}
}

func TestReadOnlyWithoutAnAccountSaysHowToMakeOne(t *testing.T) {
	home := t.TempDir()
	if err := sqlite.Create(t.Context(), filepath.Join(home, "accounts.db"), sqlite.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	w := inWindowAt(t, home, "pinghome", "--read-only", "--db", "accounts.db")
	w.see(`start once without --read-only, or make one with "pinghome account create --db `)
	w.wantExit(5)
}

func TestWhatWasTypedSurvivesAKill(t *testing.T) {
	home := t.TempDir()
	w := inWindowAt(t, home, "pinghome")
	w.see("first run")
	w.press("j\r")
	w.see("● demo data")
	w.press("3")
	w.see("[3 Feedback]")
	w.press("c")
	w.see("New feedback")
	w.press("half a thought")
	w.seeFile(".local/state/pinghome/drafts/*.json")
	w.signal(syscall.SIGKILL)
	w.wantExit(-1)

	w = inWindowAt(t, home, "pinghome")
	w.see("● demo data")
	w.press("3")
	w.see("[3 Feedback]")
	w.press("c")
	w.see("half a thought")
}

func TestReadOnlyChangesNoFile(t *testing.T) {
	home := t.TempDir()
	w := inWindowAt(t, home, "pinghome", "--db", "accounts.db")
	w.see("first run")
	w.press("j\r")
	w.see("john.smith@ping-home.org")
	w.press("q")
	w.wantExit(0)
	database, key := filepath.Join(home, "accounts.db"), filepath.Join(home, "accounts.db.key")
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(database)

	w = inWindowAt(t, home, "pinghome", "--db", database, "--read-only", "--account", "john.smith@ping-home.org")
	w.see("read-only")
	w.press("q")
	w.wantExit(0)
	if after, err := os.ReadFile(database); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the database changed (%v)", err)
	}
	if _, err := os.Stat(key); err == nil {
		t.Error("a key was made")
	}
}

func TestAnAccountThatIsNotThere(t *testing.T) {
	w := inWindow(t, "pinghome", "--demo", "--account", "nobody@example.org")
	w.wantExit(5)
	w.see("nobody@example.org")
	wantNothingIn(t, w.tempDir())
}

func TestTheLogIsReadableByTheOwnerAlone(t *testing.T) {
	w := inWindow(t, "pinghome", "--demo", "--debug")
	w.see("demo")
	w.press("q")
	w.wantExit(0)
	info, err := os.Stat(filepath.Join(w.home, ".local/state/pinghome/debug.log"))
	if err != nil || info.Size() == 0 || info.Mode().Perm() != 0o600 {
		t.Errorf("%+v, %v", info, err)
	}
}
