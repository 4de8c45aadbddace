package cli

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestOneKeyOfStandIns is made, however many ask for it first; one that is spoiled is told with what to do.
func TestOneKeyOfStandIns(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_STATE_HOME", "")
	var keys [16]string
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() {
			key, err := pseudonymKey()
			if err != nil {
				t.Error(err)
			}
			keys[i] = string(key)
		})
	}
	all.Wait()
	for _, key := range keys {
		if key == "" || key != keys[0] {
			t.Fatalf("the keys are %x", keys)
		}
	}
	path := filepath.Join(home, ".local/state/pinghome/pseudonyms.key")
	if err := os.WriteFile(path, []byte("abc"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := pseudonymKey(); err == nil || !strings.Contains(err.Error(), "Remove it, and other stand-ins are made") {
		t.Error(err)
	}
}
