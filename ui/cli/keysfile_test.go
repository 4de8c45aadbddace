package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/keymap"
)

// TestFaultsOfTheKeysFile are told in the order of the file, each with the place of what is wrong.
func TestFaultsOfTheKeysFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.toml")
	text := `[app]
undo = ["bogus", "ctrl+y"]
redo = 5
help   = "q"
[channels]
test = ["t", "x"]
  tset = "t"
switch = "f8"
`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	keys, got := readKeys(path)
	want := []string{
		`row 2, column 9: there is no key "bogus"; `, `row 3, column 1: write a key in quotes, or a list of them`, `row 4, column 10: q is the key of app.quit. `,
		`row 6, column 14: x is the key of channels.cancel-value. `, `row 7, column 3: there is no action "channels.tset". Did you mean "channels.test"?`,
	}
	if !slices.EqualFunc(got, want, func(got, want string) bool { return strings.HasPrefix(got, path+": "+want) }) {
		t.Errorf("told: %q", got)
	}
	if keys.Key(keymap.SwitchChannel) != "F8" || keys.Key(keymap.TestChannel) != "t" {
		t.Errorf("the keys are %s and %s", keys.Key(keymap.SwitchChannel), keys.Key(keymap.TestChannel))
	}
}
