package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// accountsFile creates a file with the program's own schema and the customer
// "john", and opens it.
func accountsFile(t testing.TB, now func() time.Time) *DB {
	t.Helper()
	path := t.TempDir() + "/accounts.db"
	must(t, Create(t.Context(), path, Options{}, func(tx *storage.Tx) error {
		team := backend.Team{ID: "team"}
		if err := tx.AddOrganization(backend.Organization{ID: "organization", Plan: backend.PlanTeam}, team); err != nil {
			return err
		}
		return tx.AddCustomer(backend.Profile{Team: team, Customer: backend.Customer{ID: "john", Email: "john@example.org", Role: backend.RoleRoot}})
	}))
	return open(t, path, Options{Now: now})
}

// leaseOne writes a message that the process of d has leased for a minute.
func leaseOne(t *testing.T, d *DB, id string) {
	t.Helper()
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		m := backend.Message{ID: id, At: tx.Now, Type: backend.TypeEmail, Kind: backend.KindNotice, State: backend.StateQueued}
		return tx.AddMessage("john", m, []byte("sealed"), tx.Now.Add(time.Minute))
	}))
}

// dueIn counts the messages that are due, after the release of what dead processes had.
func dueIn(t *testing.T, d *DB) (n int) {
	t.Helper()
	must(t, d.ReleaseLeasesOfDead(t.Context()))
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		list, err := tx.QueuedMessages(backend.ChannelTypes, time.Time{}, 100, nil)
		n = len(list)
		return err
	}))
	return n
}

// processFiles lists the files of the processes that have leased messages of d.
func processFiles(t *testing.T, d *DB) []string {
	t.Helper()
	names, err := filepath.Glob(d.path + lesseeMark + "*")
	must(t, err)
	return names
}

// TestMessagesOfADeadProcessAreDueAtOnce: the system unlocks the file of a process that
// ends, which the test does in its place. A process that lives keeps its messages.
func TestMessagesOfADeadProcessAreDueAtOnce(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	dead := accountsFile(t, func() time.Time { return now })
	living := open(t, dead.path, Options{Now: func() time.Time { return now }})
	other := open(t, dead.path, Options{Now: func() time.Time { return now }})
	leaseOne(t, dead, "1")
	leaseOne(t, living, "2")
	if n := dueIn(t, other); n != 0 {
		t.Fatalf("%d messages of living processes are due", n)
	}
	must(t, dead.lessee.file.Close())
	if n := dueIn(t, other); n != 1 {
		t.Fatalf("%d messages are due, of one of the dead process", n)
	}
	if names := processFiles(t, other); len(names) != 1 {
		t.Errorf("the files of processes are %q", names)
	}
}

// TestMessageThatWaitsForItsNextAttemptStaysSo: nobody has leased it, whoever tried it.
func TestMessageThatWaitsForItsNextAttemptStaysSo(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	dead := accountsFile(t, func() time.Time { return now })
	other := open(t, dead.path, Options{Now: func() time.Time { return now }})
	leaseOne(t, dead, "1")
	must(t, dead.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		q, err := tx.QueuedMessage("john", "1")
		if err != nil {
			return err
		}
		q.Message.NextAt = tx.Now.Add(time.Hour)
		return tx.SaveReceipt(q)
	}))
	must(t, dead.lessee.file.Close())
	if n := dueIn(t, other); n != 0 {
		t.Errorf("%d messages are due before their next attempt", n)
	}
}

// TestClosedFileLeavesNoProcessBehind: the file of a process goes with it, but for that of
// one with leases, which the next one releases.
func TestClosedFileLeavesNoProcessBehind(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	d := accountsFile(t, func() time.Time { return now })
	first := open(t, d.path, Options{Now: func() time.Time { return now }})
	leaseOne(t, first, "1")
	must(t, first.Close())
	if n := dueIn(t, d); n != 1 || len(processFiles(t, d)) != 0 {
		t.Errorf("after a process with a lease %d messages are due, and %q are there", n, processFiles(t, d))
	}
	leaseOne(t, d, "2")
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		q, err := tx.QueuedMessage("john", "2")
		if err != nil {
			return err
		}
		_, err = tx.LeaseMessage(q, tx.Now)
		return err
	}))
	must(t, d.Close())
	if names := processFiles(t, d); len(names) != 0 {
		t.Errorf("%q are there", names)
	}
}

// TestFolderWithoutRoomForProcessesLeasesByTime: without its file a process leases all the
// same.
func TestFolderWithoutRoomForProcessesLeasesByTime(t *testing.T) {
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	d := accountsFile(t, func() time.Time { return now })
	folder := filepath.Dir(d.path)
	must(t, d.Change(context.Background(), storage.NoAccount, func(*storage.Tx) error { return nil })) // the write-ahead log is there
	must(t, os.Chmod(folder, 0o500))
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700) })
	leaseOne(t, d, "1")
	if n := dueIn(t, d); n != 0 {
		t.Fatalf("%d messages are due", n)
	}
	now = now.Add(time.Minute)
	if n := dueIn(t, d); n != 1 {
		t.Fatalf("%d messages are due after the lease", n)
	}
}
