//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestKeysThatWereLeftAreRemoved(t *testing.T) {
	commandsAlone(t)
	h := home{t, t.TempDir()}
	h.createAccount()
	folder := filepath.Join(h.dir, ".local/share/pinghome")
	for name, c := range map[string]struct {
		text   string
		age    time.Duration
		isLeft bool
	}{
		".key-123":  {strings.Repeat("0f", 32) + "\n", time.Hour, true},
		".key-4":    {"", time.Hour, true},
		".key-5":    {"0f0f", time.Hour, true},
		".key-6":    {"0f0f", time.Minute, false}, // being written, maybe
		".key-7":    {"a note", time.Hour, false},
		".key-mine": {"0f", time.Hour, false},
		"key-8":     {"0f", time.Hour, false},
	} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		then := time.Now().Add(-c.age)
		if err := os.Chtimes(path, then, then); err != nil {
			t.Fatal(err)
		}
		h.run("doctor") // changes nothing
		if _, err := os.Lstat(path); err != nil {
			t.Error(err)
		}
		h.run("account", "list")
		if _, err := os.Lstat(path); (err != nil) != c.isLeft {
			t.Errorf("%s with %q, after %v: %v", name, c.text, c.age, err)
		}
	}
	h.run("key", "fingerprint")
}
