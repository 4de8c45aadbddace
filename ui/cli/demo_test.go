//go:build unix

package cli

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

// TestADemoRemovesTheFolderOfOneThatWasKilled, and not that of one that runs.
func TestADemoRemovesTheFolderOfOneThatWasKilled(t *testing.T) {
	home := t.TempDir()
	demos := func() []string {
		found, err := filepath.Glob(filepath.Join(home, "tmp", demoPrefix+"*"))
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	running := inWindowAt(t, home, "pinghome", "--demo")
	running.see("demo")
	its := demos()[0]

	killed := inWindowAt(t, home, "pinghome", "--demo")
	killed.see("demo")
	killed.signal(syscall.SIGKILL)
	killed.cmd.Wait()
	other := filepath.Join(home, "tmp", demoPrefix+"of-somebody")
	if err := errors.Join(os.Symlink(its, other), os.Symlink(home, other+"2")); err != nil || len(demos()) != 4 {
		t.Fatalf("%v, %v", demos(), err)
	}

	next := inWindowAt(t, home, "pinghome", "--demo")
	next.see("demo")
	if left := demos(); len(left) != 4 || !slices.Contains(left, its) { // the two that run, and what is no folder
		t.Errorf("left: %v", left)
	}
	os.Remove(other)
	os.Remove(other + "2")
	running.press("2")
	running.see("[2 Channels")
	for _, w := range []*window{running, next} {
		w.press("q")
		w.wantExit(0)
	}
	wantNothingIn(t, filepath.Join(home, "tmp"))
}
