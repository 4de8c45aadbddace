package sqlite

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// unfinishedPaths are the files of which a killed process leaves an unfinished one:
// the database itself, copies before a migration and of a day, and a backup.
func unfinishedPaths(path string) []string {
	folder := filepath.Dir(path)
	return []string{path, path + ".v1-20261125T101500.123Z.backup", filepath.Join(folder, "backups", filepath.Base(path)+".2026-11-24.backup"),
		filepath.Join(folder, "elsewhere", "saved")}
}

// makeUnfinished begins to write files, says so, and goes on for ever.
func makeUnfinished(path, _ string) error {
	for _, to := range unfinishedPaths(path) {
		f, err := createUnfinished(context.Background(), to)
		if err != nil {
			return err
		}
		for _, end := range []string{"-wal", "-journal"} {
			if err := os.WriteFile(f.Name()+end, []byte("half"), 0o600); err != nil {
				return err
			}
		}
	}
	fmt.Println("begun")
	select {}
}

// TestWhatAKilledProcessLeftIsRemoved at the next start, and not what a process is
// writing.
func TestWhatAKilledProcessLeftIsRemoved(t *testing.T) {
	path := newFile(t)
	folder := filepath.Dir(path)
	o := noteOptions()
	o.Backups = &Backups{Folder: filepath.Join(folder, "backups"), Keep: 7}
	for _, sub := range []string{"backups", "elsewhere"} {
		must(t, os.Mkdir(filepath.Join(folder, sub), 0o700))
	}
	person := path + ".new" // a copy that a person has made
	must(t, os.WriteFile(person, []byte("kept"), 0o600))
	must(t, os.Symlink(person, path+".v1-x.backup"+unfinishedMark)) // no file of ours
	cmd := roleCommand(t, "make unfinished files", path, "")
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "begun\n" {
		t.Fatalf("%q, %v", line, err)
	}
	start := func(saved string) {
		t.Helper()
		d, err := Open(context.Background(), path, o)
		must(t, err)
		must(t, d.Backup(t.Context(), filepath.Join(folder, "elsewhere", saved)))
		must(t, d.Close())
	}
	if start("one"); countUnfinished(t, folder) != 3*len(unfinishedPaths(path)) {
		t.Errorf("of files that are being written, %d are left", countUnfinished(t, folder))
	}
	_, err = createUnfinished(t.Context(), path)
	wantRefusal(t, err, backend.CodeBusy, "Another pinghome is writing")
	must(t, cmd.Process.Kill())
	_ = cmd.Wait()
	if start("two"); countUnfinished(t, folder) != 0 {
		t.Errorf("of files that were left, %d are there", countUnfinished(t, folder))
	}
	for _, kept := range []string{person, path + ".v1-x.backup" + unfinishedMark} {
		if _, err := os.Lstat(kept); err != nil {
			t.Error(err)
		}
	}
}

// countUnfinished counts the unfinished files below a folder, and what is beside them.
func countUnfinished(t *testing.T, folder string) (n int) {
	t.Helper()
	must(t, filepath.WalkDir(folder, func(name string, _ os.DirEntry, err error) error {
		if strings.Contains(name, unfinishedMark) && !strings.Contains(name, ".v1-x") {
			n++
		}
		return err
	}))
	return n
}

// TestAFileThatIsPublishedLosesItsOtherName: its process was killed just then.
func TestAFileThatIsPublishedLosesItsOtherName(t *testing.T) {
	path := newFile(t)
	old := time.Now().Add(-2 * formerAge)
	for _, mark := range []string{unfinishedMark, formerMark} {
		must(t, os.Link(path, path+mark))
	}
	copied := path + ".v1-20261125T101500.123Z.backup" + formerMark
	fresh := path + ".v1-20261125T101600.123Z.backup" + formerMark
	for _, name := range []string{copied, fresh} {
		must(t, os.WriteFile(name, []byte("half"), 0o600))
	}
	must(t, os.Chtimes(copied, old, old))
	d := open(t, path, noteOptions())
	must(t, d.Change(t.Context(), storage.NoAccount, add("written")))
	for name, isThere := range map[string]bool{path + unfinishedMark: false, path + formerMark: false, copied: false, fresh: true} {
		if _, err := os.Lstat(name); (err == nil) != isThere {
			t.Errorf("%s: %v", name, err)
		}
	}
	wantRefusal(t, d.Backup(t.Context(), path+unfinishedMark), backend.CodeUnavailable, "choose another name")
}

// TestAFileIsMadeWhileOthersLookForLeftOnes: a process that starts has the file locked for a moment.
func TestAFileIsMadeWhileOthersLookForLeftOnes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "copy.backup")
	done := make(chan struct{})
	var looking sync.WaitGroup
	for range 4 {
		looking.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					removeUnfinished(path + unfinishedMark)
				}
			}
		})
	}
	for range 200 {
		f, err := createUnfinished(t.Context(), path)
		if err != nil {
			t.Error(err)
			break
		}
		removeAll(f.Name())
		must(t, f.Close())
	}
	close(done)
	looking.Wait()
}
