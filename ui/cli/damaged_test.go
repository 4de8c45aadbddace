//go:build unix

package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// TestADatabaseWithoutItsFirstPage is damage, and no wrong use, where its key is there.
func TestADatabaseWithoutItsFirstPage(t *testing.T) {
	h := home{t, t.TempDir()}
	h.createAccount()
	path := filepath.Join(h.dir, ".local/share/pinghome/pinghome.db")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copy(content, make([]byte, 4096))
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"account", "list"}, {"serve", "--listen", "127.0.0.1:0"}, {"key", "new"}, {"doctor"}} {
		wantCode(t, h, exit.CodeFailed, "pinghome restore FILE", args...)
	}
	if err := os.Remove(path + ".key"); err != nil {
		t.Fatal(err)
	}
	wantCode(t, h, exit.CodeUsage, "is not a pinghome file", "account", "list") // maybe another file was meant
}

// wantCode runs a command and looks at its exit code and at what it prints.
func wantCode(t *testing.T, h home, code int, says string, args ...string) {
	t.Helper()
	command := h.command(args...)
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	_ = command.Run()
	if got := command.ProcessState.ExitCode(); got != code || !strings.Contains(said.String(), says) {
		t.Errorf("%v ended with %d and %s", args, got, &said)
	}
}

// TestTooFewFiles: the reason is named, at every limit that is too low for the command.
func TestTooFewFiles(t *testing.T) {
	h := home{t, t.TempDir()}
	h.createAccount()
	failed := 0
	for limit := 8; limit < 17; limit++ {
		command := h.command("account", "list")
		command.Args = []string{"sh", "-c", fmt.Sprintf(`ulimit -n %d; exec "$0" account list`, limit), command.Path}
		command.Path = "/bin/sh"
		said, err := command.CombinedOutput()
		if err == nil {
			continue
		}
		failed++
		if !strings.Contains(string(said), "ulimit -n") && !strings.Contains(string(said), "too many open files") {
			t.Errorf("with %d files it says %s", limit, said)
		}
	}
	if failed == 0 {
		t.Error("no limit was too low")
	}
}

// TestAKeyThatCannotBeRead names the reason.
func TestAKeyThatCannotBeRead(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	if err := os.Mkdir(key, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := (&database{key: key}).presentKey(); !errors.Is(err, syscall.EISDIR) || !strings.Contains(err.Error(), syscall.EISDIR.Error()) {
		t.Errorf("a folder in its place is %v", err)
	}
}
