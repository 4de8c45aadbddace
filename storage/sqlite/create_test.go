package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

func TestCreateMakesPrivateFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	path := filepath.Join(dir, "notes.db")
	must(t, Create(t.Context(), path, noteOptions(), add("first")))
	for name, want := range map[string]os.FileMode{dir: 0o700, path: 0o600, path + ".lock": 0o600} {
		info, err := os.Stat(name)
		must(t, err)
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", name, got, want)
		}
	}
	entries, err := os.ReadDir(dir)
	must(t, err)
	if len(entries) != 2 {
		t.Errorf("the folder has %v, want the file and its lock", entries)
	}
}

func TestCreateNeverReplacesAFile(t *testing.T) {
	path := newFile(t)
	must(t, open(t, path, noteOptions()).Change(t.Context(), storage.NoAccount, add("precious")))
	wantRefusal(t, Create(t.Context(), path, noteOptions(), nil), backend.CodeUnavailable, "exists already")
	wantNotes(t, open(t, path, noteOptions()), "precious")

	stray := t.TempDir() + "/notes.db"
	must(t, os.WriteFile(stray+"-wal", []byte("the journal of a lost file"), 0o600))
	wantRefusal(t, Create(t.Context(), stray, noteOptions(), nil), backend.CodeUnavailable, "-wal is still there")
}

func TestFailedCreateLeavesNoFile(t *testing.T) {
	path := t.TempDir() + "/notes.db"
	reason := errors.New("changed my mind")
	if err := Create(t.Context(), path, noteOptions(), func(*storage.Tx) error { return reason }); err != reason { //nolint:errorlint // Create returns the error itself
		t.Errorf("got %v, want fill's own error", err)
	}
	must(t, os.WriteFile(path+unfinishedMark, []byte("left by a killed process"), 0o600))
	must(t, Create(t.Context(), path, noteOptions(), add("second try")))
	wantNotes(t, open(t, path, noteOptions()), "second try")
}

func TestConcurrentCreatesMakeOneFile(t *testing.T) {
	path := t.TempDir() + "/notes.db"
	var made atomic.Int32
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			err := Create(context.Background(), path, noteOptions(), add("the only one"))
			if err == nil {
				made.Add(1)
			} else {
				wantRefusal(t, err, backend.CodeUnavailable, "exists already")
			}
			d, err := Open(context.Background(), path, noteOptions())
			if err != nil {
				t.Error(err)
				return
			}
			wantNotes(t, d, "the only one")
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if made.Load() != 1 {
		t.Errorf("%d of 16 calls of Create succeeded, want 1", made.Load())
	}
}
