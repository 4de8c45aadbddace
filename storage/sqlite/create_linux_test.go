package sqlite

import (
	"fmt"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

// TestCreateOnAFullDisk makes a whole file or none, however little room there is: closing a file whose log cannot be
// moved into it tells no error.
func TestCreateOnAFullDisk(t *testing.T) {
	full := 0
	for kilobytes := 120; kilobytes <= 520; kilobytes += 40 {
		dir := t.TempDir()
		if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dk", kilobytes)); err != nil {
			t.Skip("a small disk can be mounted by root alone:", err)
		}
		path := filepath.Join(dir, "accounts.db")
		err := Create(t.Context(), path, Options{}, nil)
		if err != nil {
			full++
			wantRefusal(t, err, backend.CodeUnavailable, "The disk is full, so "+path+" was not made")
			if left, _ := filepath.Glob(path + "*"); len(left) > 1 { // the lock is never removed
				t.Errorf("with %d kB, these are left: %v", kilobytes, left)
			}
			must(t, syscall.Mount("", dir, "", syscall.MS_REMOUNT, "size=8m"))
			must(t, Create(t.Context(), path, Options{}, nil))
		}
		d, err := Open(t.Context(), path, Options{})
		must(t, err)
		must(t, d.Check(t.Context()))
		must(t, d.Close())
		must(t, syscall.Unmount(dir, 0))
	}
	if full < 3 {
		t.Errorf("the disk was full %d times", full)
	}
}
