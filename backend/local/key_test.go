package local

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

func TestConcurrentLoadKeyCreatesOneKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts.key")
	var group sync.WaitGroup
	keys := make([][]byte, 20)
	for i := range keys {
		group.Go(func() { keys[i], _ = LoadKey(path) })
	}
	group.Wait()
	for _, key := range keys {
		if len(key) != KeySize || !bytes.Equal(key, keys[0]) {
			t.Fatalf("keys: %x", keys)
		}
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Fatalf("files: %v, %v", left, err)
	}
}

func TestLoadKeyRefusesAWrongFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts.key")
	refused := func(name string) {
		t.Helper()
		_, err := LoadKey(path)
		if backend.ErrorCode(err) != backend.CodeUnavailable || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := os.WriteFile(path, []byte("abcd\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused("short")
	if err := os.WriteFile(path, []byte(strings.Repeat("ab", KeySize)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadKey(path); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		if err := os.Chmod(path, 0o640); err != nil {
			t.Fatal(err)
		}
		refused("readable by others")
	}
	path = filepath.Join(t.TempDir(), "missing", "accounts.key")
	refused("no folder")
}
