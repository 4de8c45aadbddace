//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheNextStartOpensWhatWasOpen: the account and the screen, unless another account is
// given, or that one is gone.
func TestTheNextStartOpensWhatWasOpen(t *testing.T) {
	h := home{t, t.TempDir()}
	h.createAccount()
	h.run("account", "create", "--name", "Bob", "--surname", "Byron", "--email", "bob@byron.example")
	start := func(args ...string) *window { return inWindowAt(t, h.dir, "pinghome", args...) }
	leave := func(w *window) {
		w.press("q")
		w.wantExit(0)
	}
	w := start()
	w.see("ada@byron.example")
	w.press("5")
	w.see("[5 Messages")
	leave(w)
	w = start("--account", "bob@byron.example")
	w.see("bob@byron.example")
	w.see("[5 Messages")
	w.press("2")
	w.see("[2 Channels")
	leave(w)
	w = start()
	w.see("bob@byron.example")
	w.see("[2 Channels")
	leave(w)

	files, err := filepath.Glob(filepath.Join(h.dir, ".local/state/pinghome/opened/*.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	gone := `{"saved_at":"2999-01-01T00:00:00Z","fields":{"account":"00000000-0000-4000-8000-000000000000","screen":"Nowhere"}}`
	if err := os.WriteFile(files[0], []byte(gone), 0o600); err != nil {
		t.Fatal(err)
	}
	w = start()
	w.see("ada@byron.example")
	w.see("[1 Profile]")
	leave(w)
}

// TestALineIsLeftInTheShell about what is kept, once the console has ended.
func TestALineIsLeftInTheShell(t *testing.T) {
	h := home{t, t.TempDir()}
	h.createAccount()
	w := inWindowAt(t, h.dir, "pinghome")
	w.see("ada@byron.example")
	w.press("2")
	w.see("No notification channels yet")
	w.press("a")
	w.see("Add channel")
	w.press("abc\x1b")
	w.await("the list", func() bool { return !strings.Contains(w.text(), "Add channel") })
	w.press("q")
	w.wantExit(0)
	w.see(`pinghome: a draft of "Add channel" is kept`)
}
