//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/ui/background"
)

// TestASettingIsChosenAndKept: the theme that depends on the terminal's background asks for it
// then, and the next console begins as this one was.
func TestASettingIsChosenAndKept(t *testing.T) {
	h := home{t, t.TempDir()}
	h.createAccount()
	h.writeFile("config.toml", "[console] # mine\ntheme = \"dark\" # at night\n")
	w := inWindowAt(t, h.dir, "pinghome", "--config", "config.toml")
	w.see("Ada Byron")
	if strings.Contains(w.output(), background.Query) {
		t.Error("the terminal was asked for a background that does not count")
	}
	choose := func(typed string) {
		w.press(":")
		w.see("─ Commands ─")
		w.press(typed)
		w.see("> " + typed)
		w.press("\r")
	}
	choose("settings theme auto")
	w.see("Theme › auto until the console ends; : keep writes it down.")
	w.await("the question", func() bool { return strings.Contains(w.output(), background.Query) })
	choose("settings times utc")
	w.see("Times › utc until the console ends")
	choose("settings keep")
	w.see("Kept in config.toml.")
	w.press("q")
	w.wantExit(0)
	w.wantRestored()
	if text, err := os.ReadFile(filepath.Join(h.dir, "config.toml")); err != nil || string(text) != "[console] # mine\ntimes = \"utc\"\ntheme = \"auto\" # at night\n" {
		t.Errorf("it is %q, %v", text, err)
	}
}
