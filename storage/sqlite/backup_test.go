package sqlite

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// TestABackupUnderWritesIsWhole: it opens, is sound, and has everything that was
// acknowledged before it began.
func TestABackupUnderWritesIsWhole(t *testing.T) {
	d := open(t, newFile(t), noteOptions())
	must(t, d.Change(t.Context(), storage.NoAccount, add("first")))
	stop := make(chan struct{})
	var writers sync.WaitGroup
	for k := range 4 {
		writers.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
					must(t, d.Change(t.Context(), storage.NoAccount, add(fmt.Sprint(k, " ", i))))
				}
			}
		})
	}
	to := filepath.Join(t.TempDir(), "copy.db")
	must(t, d.Backup(t.Context(), to))
	close(stop)
	writers.Wait()
	wantRefusal(t, d.Backup(t.Context(), to), backend.CodeUnavailable, "exists already")
	info, err := os.Stat(to)
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the backup has mode %o", info.Mode().Perm())
	}
	copied := open(t, to, noteOptions())
	must(t, copied.Check(t.Context()))
	if got := notes(t, copied); len(got) == 0 || got[0] != "first" {
		t.Errorf("the backup has %d notes", len(got))
	}
}

// soundNotes is a check that finds nothing wrong.
func soundNotes(d *DB) error {
	return d.Read(context.Background(), func(*storage.Tx) error { return nil })
}

func TestRestore(t *testing.T) {
	path := newFile(t)
	d, err := Open(t.Context(), path, noteOptions())
	must(t, err)
	must(t, d.Change(t.Context(), storage.NoAccount, add("in the backup")))
	saved := filepath.Join(t.TempDir(), "saved")
	must(t, d.Backup(t.Context(), saved))
	must(t, d.Change(t.Context(), storage.NoAccount, add("later")))

	_, err = Restore(t.Context(), saved, path, noteOptions(), soundNotes)
	wantRefusal(t, err, backend.CodeBusy, "is in use")
	must(t, d.Close())
	must(t, os.Truncate(path, 5000)) // the usual reason

	kept, err := Restore(t.Context(), saved, path, noteOptions(), soundNotes)
	must(t, err)
	if info, err := os.Stat(kept); err != nil || info.Size() != 5000 {
		t.Errorf("what was there is kept as %s: %v", kept, err)
	}
	wantNotes(t, open(t, path, noteOptions()), "in the backup")

	elsewhere := filepath.Join(t.TempDir(), "new", "place.db")
	kept, err = Restore(t.Context(), saved, elsewhere, noteOptions(), soundNotes)
	must(t, err)
	if kept != "" {
		t.Errorf("kept %s", kept)
	}
	wantNotes(t, open(t, elsewhere, noteOptions()), "in the backup")
}

func TestRestoreRefusesWhatIsNoBackup(t *testing.T) {
	path := newFile(t)
	d := open(t, path, noteOptions())
	must(t, d.Change(t.Context(), storage.NoAccount, add("kept")))
	damaged, other, foreign := filepath.Join(t.TempDir(), "damaged"), filepath.Join(t.TempDir(), "other"), filepath.Join(t.TempDir(), "foreign.db")
	must(t, d.Backup(t.Context(), damaged))
	must(t, os.Truncate(damaged, 6000))
	must(t, os.WriteFile(other, []byte("no database at all, and long enough to be read as one"), 0o600))
	must(t, os.WriteFile(foreign, nil, 0o600))
	execRaw(t, foreign, "CREATE TABLE theirs (x)")
	for from, code := range map[string]backend.Code{damaged: backend.CodeUnavailable, other: backend.CodeInvalid, foreign: backend.CodeInvalid, "/nowhere": backend.CodeNotFound} {
		_, err := Restore(t.Context(), from, path, noteOptions(), soundNotes)
		wantRefusal(t, err, code, "")
	}
	wantNotes(t, d, "kept")
}

// TestOneBackupADay, of which the newest are kept, whichever process asks.
func TestOneBackupADay(t *testing.T) {
	day := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	o := noteOptions()
	o.Now = func() time.Time { return day }
	path := newFile(t)
	d, other := open(t, path, o), open(t, path, o)
	folder := filepath.Join(t.TempDir(), "of [days]")
	for range 5 {
		var asking sync.WaitGroup
		made := make(chan string, 2)
		for _, process := range []*DB{d, other} {
			asking.Go(func() {
				name, err := process.DailyBackup(t.Context(), folder, 3)
				must(t, err)
				if name != "" {
					made <- name
				}
			})
		}
		asking.Wait()
		if len(made) != 1 {
			t.Fatalf("%d backups were made on %v", len(made), day)
		}
		day = day.AddDate(0, 0, 1)
	}
	found, err := filepath.Glob(filepath.Join(filepath.Dir(folder), "*", "*.backup"))
	must(t, err)
	if len(found) != 3 || filepath.Base(found[2]) != "notes.db.2026-11-29.backup" {
		t.Errorf("there are %v", found)
	}
}

// TestABackupIsMadeBeforeTheFirstChangeOfADay, and has none of the day's changes.
func TestABackupIsMadeBeforeTheFirstChangeOfADay(t *testing.T) {
	day := time.Date(2026, 11, 25, 23, 0, 0, 0, time.UTC)
	o := noteOptions()
	var made []string
	o.Now = func() time.Time { return day }
	o.Backups = &Backups{Folder: filepath.Join(t.TempDir(), "backups"), Keep: 7, Report: func(path string, err error) {
		must(t, err)
		made = append(made, path)
	}}
	d := open(t, newFile(t), o)
	for _, text := range []string{"first", "second"} {
		must(t, d.Change(t.Context(), storage.NoAccount, add(text)))
		must(t, d.Change(t.Context(), storage.NoAccount, add(text+" again")))
		day = day.Add(2 * time.Hour)
	}
	if len(made) != 2 {
		t.Fatalf("made %v", made)
	}
	wantNotes(t, open(t, made[0], noteOptions()))
	wantNotes(t, open(t, made[1], noteOptions()), "first", "first again")

	o.Backups.Folder = "/proc/nowhere"
	failed := 0
	o.Backups.Report = func(_ string, err error) {
		if err != nil {
			failed++
		}
	}
	d = open(t, newFile(t), o)
	must(t, d.Change(t.Context(), storage.NoAccount, add("made all the same")))
	must(t, d.Change(t.Context(), storage.NoAccount, add("without another try")))
	if failed != 1 {
		t.Errorf("%d failures were reported", failed)
	}
}
