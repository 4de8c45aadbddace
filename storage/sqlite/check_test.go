package sqlite

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// openDamaged opens a file after zeroing a page in its middle.
func openDamaged(t *testing.T) *DB {
	path := newFile(t)
	execRaw(t, path, manyNotes)
	must(t, zeroPage(path))
	return open(t, path, noteOptions())
}

const manyNotes = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO notes (text) SELECT 'note ' || i FROM n"

// zeroPage overwrites a page of notes with zeros.
func zeroPage(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(make([]byte, 4096), 4096*10)
	return errors.Join(err, f.Close())
}

func TestChangesAreRefusedAfterCheckFindsDamage(t *testing.T) {
	d := openDamaged(t)
	err := d.Check(t.Context())
	wantRefusal(t, err, backend.CodeUnavailable, "pinghome restore")
	wantRefusal(t, d.Change(t.Context(), storage.NoAccount, add("refused")), backend.CodeUnavailable, "is damaged")
}

func TestChangeWaitsForCheck(t *testing.T) {
	d := open(t, newFile(t), noteOptions())
	running := make(chan struct{})
	d.check.running = running // as while Check runs
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Change(ctx, storage.NoAccount, add("impatient")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled while a check runs: %v", err)
	}
	done := make(chan error, 1)
	go func() { done <- d.Change(context.Background(), storage.NoAccount, add("waited")) }()
	d.mu.Lock()
	d.check.running = nil
	d.mu.Unlock()
	close(running)
	must(t, <-done)
	wantNotes(t, d, "waited")
}

func TestCancelledCheckDecidesNothing(t *testing.T) {
	d := open(t, newFile(t), noteOptions())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := d.Check(ctx)
	if !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "damaged") {
		t.Errorf("Check returned %v", err)
	}
	must(t, d.Change(t.Context(), storage.NoAccount, add("still fine")))
}

func TestStartCheckHoldsChangesBackAtOnce(t *testing.T) {
	d := openDamaged(t)
	reported := make(chan error, 1)
	d.StartCheck(func(err error) { reported <- err })
	wantRefusal(t, d.Change(t.Context(), storage.NoAccount, add("refused")), backend.CodeUnavailable, "is damaged")
	wantRefusal(t, <-reported, backend.CodeUnavailable, "is damaged")
}

// TestDamageThatCameWhileTheFileWasOpen is found by the check that goes on beside changes.
func TestDamageThatCameWhileTheFileWasOpen(t *testing.T) {
	path := newFile(t)
	execRaw(t, path, manyNotes)
	d := open(t, path, noteOptions())
	must(t, d.CheckBeside(t.Context()))
	must(t, d.Change(t.Context(), storage.NoAccount, add("before")))
	must(t, zeroPage(path))
	wantRefusal(t, d.CheckBeside(t.Context()), backend.CodeUnavailable, "is damaged")
	wantRefusal(t, d.Change(t.Context(), storage.NoAccount, add("refused")), backend.CodeUnavailable, "is damaged")
	wantRefusal(t, d.Ready(), backend.CodeUnavailable, "is damaged")
}
