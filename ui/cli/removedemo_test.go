//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend/local"
)

// keptOf lists the files that consoles have left: all drafts, and what was open last where
// it is this account.
func (h home) keptOf(account string) (files []string) {
	h.t.Helper()
	for _, folder := range []string{"drafts", "opened"} {
		found, _ := filepath.Glob(filepath.Join(h.dir, ".local/state/pinghome", folder, "*.json"))
		for _, file := range found {
			text, err := os.ReadFile(file)
			if err != nil {
				h.t.Fatal(err)
			}
			if folder == "drafts" || strings.Contains(string(text), account) {
				files = append(files, file)
			}
		}
	}
	return files
}

func TestRemoveDemo(t *testing.T) {
	commandsAlone(t)
	h := home{t, t.TempDir()}
	w := inWindowAt(t, h.dir, "pinghome")
	w.see("first run")
	w.press("j\r")
	w.see("● demo data")
	w.press("2")
	w.see("1/5\n") // the list has been read
	w.press("a")
	w.see("Add channel")
	w.press("abc\x1b")
	w.await("the list", func() bool { return !strings.Contains(w.text(), "Add channel") })
	w.press("q")
	w.wantExit(0)
	if files := h.keptOf(local.DemoCustomer); len(files) != 2 {
		t.Errorf("of John's account are kept: %v", files)
	}
	h.createAccount()
	if said, err := h.command("account", "remove-demo").CombinedOutput(); err == nil || !strings.Contains(string(said), "This removes 3 demo accounts; say that you mean it with --yes.") {
		t.Errorf("without an answer: %s", said)
	}
	w = inWindowAt(t, h.dir, "pinghome", "account", "remove-demo", "--no-input")
	w.see("say that you mean it with --yes.")
	w.wantExit(2)
	w = inWindowAt(t, h.dir, "pinghome", "account", "remove-demo")
	w.see("Smilla Berg, smilla.berg@north.example, North Studio")
	w.see("Remove 3 demo accounts, with channels and messages? [y/N]")
	w.press("\r")
	w.see("Nothing was removed.")
	w.wantExit(1)
	if said := h.run("account", "remove-demo", "--yes"); said != "Removed 3 demo accounts." {
		t.Error(said)
	}
	if files := h.keptOf(local.DemoCustomer); len(files) != 0 {
		t.Errorf("of a removed account are kept: %v", files)
	}
	if said := h.run("account", "remove-demo"); said != "There are no demo accounts here." {
		t.Error(said)
	}
	if list := h.run("account", "list"); !strings.Contains(list, "ada@byron.example") || strings.Contains(list, "john.smith") {
		t.Error(list)
	}
}
