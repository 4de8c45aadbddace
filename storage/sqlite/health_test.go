package sqlite

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// TestChangesAreRefusedWhenAFileIsGone: the database itself, its log, or the index
// of that. What SQLite wrote into a removed file would be lost.
func TestChangesAreRefusedWhenAFileIsGone(t *testing.T) {
	for _, end := range []string{"", "-wal", "-shm"} {
		d, err := Open(t.Context(), newFile(t), noteOptions())
		must(t, err)
		must(t, d.Change(t.Context(), storage.NoAccount, add("before")))
		must(t, d.Ready())
		must(t, os.Rename(d.Path()+end, d.Path()+".moved"))
		wantRefusal(t, d.Ready(), backend.CodeUnavailable, "was moved, removed or replaced")
		wantRefusal(t, d.Change(t.Context(), storage.NoAccount, add("refused")), backend.CodeUnavailable, "was moved, removed or replaced")
		if end == "-wal" { // and not one that another process has made anew
			must(t, os.WriteFile(d.Path()+end, nil, 0o600))
			wantRefusal(t, d.Change(t.Context(), storage.NoAccount, add("refused")), backend.CodeUnavailable, "was moved, removed or replaced")
			must(t, os.Remove(d.Path()+end))
		}
		must(t, os.Rename(d.Path()+".moved", d.Path()+end))
		must(t, d.Change(t.Context(), storage.NoAccount, add("after")))
		wantNotes(t, d, "before", "after")
		must(t, d.Close())
	}
}

// TestAnotherDatabaseCopiedOverAnOpenOne is refused before anything is written into it,
// also where it is of another program.
func TestAnotherDatabaseCopiedOverAnOpenOne(t *testing.T) {
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	must(t, os.WriteFile(foreign, nil, 0o600))
	execRaw(t, foreign, "CREATE TABLE things (name TEXT)")
	for name, path := range map[string]string{"of pinghome": newFile(t), "of another program": foreign, "none": "health_test.go"} {
		t.Run(name, func(t *testing.T) {
			d, err := Open(t.Context(), newFile(t), noteOptions())
			must(t, err)
			must(t, d.Change(t.Context(), storage.NoAccount, add("before")))
			other, err := os.ReadFile(path)
			must(t, err)
			must(t, os.WriteFile(d.Path(), other, 0o600)) // into the same file, as cp does
			if d.Change(t.Context(), storage.NoAccount, add("refused")) == nil || d.Ready() == nil {
				t.Fatal("it was written into")
			}
			must(t, d.Close())
			if now, err := os.ReadFile(d.Path()); err != nil || !bytes.Equal(now, other) {
				t.Errorf("the file that was copied there was changed (%v)", err)
			}
		})
	}
}

// TestALogThatWasCutOff while it was open has lost changes; none is added to it.
func TestALogThatWasCutOff(t *testing.T) {
	for _, size := range []int64{0, 100, 5000} {
		d, err := Open(t.Context(), newFile(t), noteOptions())
		must(t, err)
		for i := range 5 {
			must(t, d.Change(t.Context(), storage.NoAccount, add(fmt.Sprint(i))))
		}
		must(t, os.Truncate(d.Path()+"-wal", size))
		wantRefusal(t, d.Change(t.Context(), storage.NoAccount, add("refused")), backend.CodeUnavailable, "is damaged")
		wantRefusal(t, d.Ready(), backend.CodeUnavailable, "is damaged")
		must(t, d.Close())
	}
}

// TestALogThatWasRemovedIsSaved at once, so that a kill loses nothing.
func TestALogThatWasRemovedIsSaved(t *testing.T) {
	d, err := Open(t.Context(), newFile(t), noteOptions())
	must(t, err)
	defer d.Close()
	must(t, d.Change(t.Context(), storage.NoAccount, add("before")))
	must(t, os.Remove(d.Path()+"-wal"))
	wantRefusal(t, d.Change(t.Context(), storage.NoAccount, add("refused")), backend.CodeUnavailable, "was moved, removed or replaced")
	copied := filepath.Join(t.TempDir(), "copied.db") // what is there when the process is killed now
	content, err := os.ReadFile(d.Path())
	must(t, err)
	must(t, os.WriteFile(copied, content, 0o600))
	again, err := Open(t.Context(), copied, noteOptions())
	must(t, err)
	defer again.Close()
	wantNotes(t, again, "before")
}

// TestDamageIsNotMadeWorseAtTheEnd: closing moves the log into the file, but not once
// damage is known.
func TestDamageIsNotMadeWorseAtTheEnd(t *testing.T) {
	d, err := Open(t.Context(), newFile(t), noteOptions())
	must(t, err)
	must(t, d.Change(t.Context(), storage.NoAccount, add("before")))
	before, err := os.ReadFile(d.Path())
	must(t, err)
	must(t, os.Truncate(d.Path()+"-wal", 3000))
	wantRefusal(t, d.Change(t.Context(), storage.NoAccount, add("refused")), backend.CodeUnavailable, "is damaged")
	must(t, d.Close())
	if after, err := os.ReadFile(d.Path()); err != nil || !bytes.Equal(after, before) {
		t.Errorf("the file was changed at the end (%v)", err)
	}
}

// TestDamageThatAReadingMeetsIsRemembered: without a check, a change after it would
// be written into the damage.
func TestDamageThatAReadingMeetsIsRemembered(t *testing.T) {
	d := openDamaged(t)
	must(t, d.Ready())
	err := d.Read(t.Context(), func(tx *storage.Tx) error {
		return tx.Session().Rows("SELECT text FROM notes", nil, func(scan func(...any) error) error {
			var text string
			return scan(&text)
		})
	})
	wantRefusal(t, err, backend.CodeUnavailable, "is damaged")
	wantRefusal(t, d.Change(t.Context(), storage.NoAccount, add("refused")), backend.CodeUnavailable, "is damaged")
	wantRefusal(t, d.Ready(), backend.CodeUnavailable, "is damaged")
}

// TestAFileThatIsCutShortWhileItIsOpenIsDamaged, and not a wrong value of a caller.
func TestAFileThatIsCutShortWhileItIsOpenIsDamaged(t *testing.T) {
	path := newFile(t)
	must(t, os.Truncate(path, 4096))
	d, err := Open(t.Context(), newFile(t), noteOptions())
	must(t, err)
	defer d.Close()
	must(t, os.Truncate(d.Path(), 0))
	err = d.Read(t.Context(), func(tx *storage.Tx) error {
		var n int
		return row(tx, "SELECT COUNT(*) FROM notes", nil, &n)
	})
	if code := backend.ErrorCode(err); code != backend.CodeUnavailable {
		t.Errorf("a reading answers %s: %v", code, err)
	}
}

func TestAVersionThatCannotBeIsDamage(t *testing.T) {
	for _, version := range []string{"-1", "-2147483648", "0"} {
		path := newFile(t)
		execRaw(t, path, "PRAGMA user_version = "+version)
		_, err := Open(t.Context(), path, noteOptions())
		wantRefusal(t, err, backend.CodeUnavailable, "is damaged")
	}
}

func TestAFileThatOthersCanReadIsRefused(t *testing.T) {
	path := newFile(t)
	for _, mode := range []os.FileMode{0o644, 0o666, 0o640} {
		must(t, os.Chmod(path, mode))
		_, err := Open(t.Context(), path, noteOptions())
		wantRefusal(t, err, backend.CodeUnavailable, "run chmod 600 on it")
	}
}

// TestNothingOfADeletedAccountIsLeft, in the file or in its log, once others have
// stopped reading.
func TestNothingOfADeletedAccountIsLeft(t *testing.T) {
	path := t.TempDir() + "/accounts.db"
	const secret = "Quixotica"
	profile := backend.Profile{Customer: backend.Customer{ID: "c", Email: secret + "@example.org", Name: secret, Surname: secret, Role: backend.RoleUser},
		Team: backend.Team{ID: "t", Name: "T"}, Organization: backend.Organization{ID: "o", Name: "O", Plan: backend.PlanTeam}}
	must(t, Create(t.Context(), path, Options{}, nil))
	d := open(t, path, Options{})
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		must(t, tx.AddOrganization(profile.Organization, profile.Team))
		return tx.AddCustomer(profile)
	}))
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error { return tx.DeleteCustomer("c") }))
	for _, name := range d.names() {
		content, err := os.ReadFile(name)
		must(t, err)
		if bytes.Contains(bytes.ToLower(content), bytes.ToLower([]byte(secret))) {
			t.Errorf("%s still has it", name)
		}
	}
}
