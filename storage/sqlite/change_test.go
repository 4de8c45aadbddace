package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// blockedWriter is a running change that has the writer until it is released.
// The changes that are queued behind it become one batch.
type blockedWriter struct {
	unblock chan struct{}
	ended   chan error // the result of the change
}

func blockWriter(d *DB) *blockedWriter {
	h := &blockedWriter{make(chan struct{}), make(chan error, 1)}
	inside := make(chan struct{})
	go func() {
		h.ended <- d.Change(context.Background(), storage.NoAccount, func(*storage.Tx) error {
			close(inside)
			<-h.unblock
			return nil
		})
	}()
	<-inside
	return h
}

// release waits until n changes are queued, and ends the blocking one.
func (h *blockedWriter) release(t *testing.T, d *DB, n int) {
	for queued := -1; queued < n; runtime.Gosched() {
		d.mu.Lock()
		queued = len(d.queue)
		d.mu.Unlock()
	}
	close(h.unblock)
	must(t, <-h.ended)
}

// batchOf runs the changes as one batch and returns their errors in order; that of a
// change that panicked is the *Panic.
func batchOf(t *testing.T, d *DB, fns ...func(*storage.Tx) error) []error {
	h := blockWriter(d)
	errs := make([]error, len(fns))
	var all sync.WaitGroup
	for i, fn := range fns {
		all.Go(func() {
			defer func() {
				if v := recover(); v != nil {
					errs[i] = v.(error)
				}
			}()
			errs[i] = d.Change(context.Background(), storage.NoAccount, fn)
		})
	}
	h.release(t, d, len(fns))
	all.Wait()
	return errs
}

func TestConcurrentChangesAreDurable(t *testing.T) {
	path := newFile(t)
	d := open(t, path, noteOptions())
	var n atomic.Int64
	runConcurrently(t, 32, 500, func() error { return d.Change(context.Background(), storage.NoAccount, add(fmt.Sprint(n.Add(1)))) })
	if got := len(notes(t, open(t, path, noteOptions()))); got != 500 {
		t.Errorf("%d of 500 changes are stored", got)
	}
}

func TestFailureInBatchUndoesOnlyItself(t *testing.T) {
	d := open(t, newFile(t), noteOptions())
	reason := errors.New("no")
	blast := errors.New("blast")
	errs := batchOf(t, d,
		add("one"),
		func(tx *storage.Tx) error { return errors.Join(add("undone")(tx), reason) },
		add("two"),
		func(tx *storage.Tx) error { must(t, add("blown up")(tx)); panic(blast) },
		add("three"),
		func(tx *storage.Tx) error { must(t, add("four")(tx)); return add("four")(tx) },
	)
	var p *storage.Panic
	switch {
	case errs[0] != nil || errs[2] != nil || errs[4] != nil:
		t.Errorf("the successful changes returned %v", errs)
	case !errors.Is(errs[1], reason):
		t.Errorf("the failed change returned %v", errs[1])
	case !errors.As(errs[3], &p) || p.Value != any(blast) || !errors.Is(p, blast) || len(p.Stack) == 0:
		t.Errorf("the panicking change returned %v", errs[3])
	case !isUnique(errs[5]):
		t.Errorf("the change that repeats a note returned %v", errs[5])
	}
	if got := len(notes(t, d)); got != 3 {
		t.Errorf("the notes are %q, want 3", notes(t, d))
	}
}

func TestFailedChangeIsUndone(t *testing.T) {
	d := open(t, newFile(t), noteOptions())
	reason := errors.New("no")
	err := d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error { must(t, add("undone")(tx)); return reason })
	if err != reason { //nolint:errorlint // Change returns the error itself
		t.Errorf("got %v", err)
	}
	func() {
		defer func() {
			if p, ok := recover().(*storage.Panic); !ok || p.Value != "blast" {
				t.Errorf("recovered %v", p)
			}
		}()
		_ = d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error { must(t, add("blown up")(tx)); panic("blast") })
	}()
	must(t, d.Change(t.Context(), storage.NoAccount, add("after")))
	wantNotes(t, d, "after")
}

// TestChangeThatEndsItsGoroutine checks that callers do not wait for ever after a
// change has called runtime.Goexit, as t.FailNow does.
func TestChangeThatEndsItsGoroutine(t *testing.T) {
	d := open(t, newFile(t), noteOptions())
	quit := func(*storage.Tx) error { runtime.Goexit(); return nil }
	batchOf(t, d, quit, quit, add("may be lost with the batch"))
	must(t, d.Change(t.Context(), storage.NoAccount, add("after")))
	if got := notes(t, d); got[len(got)-1] != "after" {
		t.Errorf("the notes are %q, want \"after\" last", got)
	}
}

func TestFullDiskFailsTheWholeBatch(t *testing.T) {
	d := open(t, newFile(t), noteOptions())
	var pages int
	must(t, d.writer.scan("PRAGMA page_count", nil, &pages))
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		return row(tx, fmt.Sprintf("PRAGMA max_page_count = %d", pages+2), nil, new(int))
	}))
	big := func(tx *storage.Tx) error {
		_, _ = execute(tx, "INSERT INTO notes (text) VALUES (hex(zeroblob(100000)))")
		return nil // it ignores that the disk is full
	}
	for i, err := range batchOf(t, d, add("one"), big, add("two")) {
		if err != nil {
			wantRefusal(t, err, backend.CodeUnavailable, "disk is full")
		} else if i == 1 {
			t.Error("a change that ignored a full disk returned no error")
		}
	}
	wantRefusal(t, d.Change(t.Context(), storage.NoAccount, big), backend.CodeUnavailable, "disk is full")
	must(t, d.Change(t.Context(), storage.NoAccount, add("small")))
	for _, text := range notes(t, d) {
		if len(text) > 10 {
			t.Error("part of a failed change is stored")
		}
	}
}

func TestCancelledChangeDoesNotRun(t *testing.T) {
	d := open(t, newFile(t), noteOptions())
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	err := d.Change(cancelled, storage.NoAccount, add("never"))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before the call: %v", err)
	}
	wantRefusal(t, err, backend.CodeBusy, "cancelled")
	if err := d.Read(cancelled, add("never")); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled read: %v", err)
	}

	h := blockWriter(d)
	ctx, cancel := context.WithCancel(t.Context())
	result := make(chan error, 1)
	go func() { result <- d.Change(ctx, storage.NoAccount, add("never")) }()
	for queued := 0; queued == 0; runtime.Gosched() {
		d.mu.Lock()
		queued = len(d.queue)
		d.mu.Unlock()
	}
	cancel()
	if err := <-result; !errors.Is(err, context.Canceled) { // while the writer is still blocked
		t.Errorf("cancelled in the queue: %v", err)
	}
	close(h.unblock)
	must(t, <-h.ended)
	must(t, d.Change(t.Context(), storage.NoAccount, add("after")))
	wantNotes(t, d, "after")
}

func TestChangeCancelledHalfWayIsUndone(t *testing.T) {
	d := open(t, newFile(t), noteOptions())
	ctx, cancel := context.WithCancel(t.Context())
	err := d.Change(ctx, storage.NoAccount, func(tx *storage.Tx) error {
		must(t, add("half")(tx))
		cancel()
		return add("other half")(tx)
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	wantNotes(t, d)
}

func TestLockOfAnotherProcessIsBusy(t *testing.T) {
	path := newFile(t)
	other := open(t, path, noteOptions())
	h := blockWriter(other)
	o := noteOptions()
	o.Wait = 30 * time.Millisecond
	d := open(t, path, o)
	wantRefusal(t, d.Change(t.Context(), storage.NoAccount, add("refused")), backend.CodeBusy, "Another program")
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := d.Change(ctx, storage.NoAccount, add("refused")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a deadline while waiting for the lock: %v", err)
	}
	close(h.unblock)
	must(t, <-h.ended)
	must(t, d.Change(t.Context(), storage.NoAccount, add("done")))
	wantNotes(t, d, "done")
}

func TestCloseFinishesQueuedChanges(t *testing.T) {
	path := newFile(t)
	d, err := Open(t.Context(), path, noteOptions())
	must(t, err)
	h := blockWriter(d)
	queued := make(chan error, 1)
	go func() { queued <- d.Change(context.Background(), storage.NoAccount, add("waited")) }()
	h.release(t, d, 1)
	must(t, d.Close())
	must(t, <-queued)
	wantNotes(t, open(t, path, noteOptions()), "waited")
}

func TestWriteAheadLogStaysBounded(t *testing.T) {
	path := newFile(t)
	d := open(t, path, noteOptions())
	const each = 2 << 20
	for i := range 24 {
		must(t, d.Change(t.Context(), storage.NoAccount, add(fmt.Sprint(i, strings.Repeat("x", each)))))
	}
	info, err := os.Stat(path + "-wal")
	must(t, err)
	if most := int64(1000*4200 + 2*each); info.Size() > most {
		t.Errorf("the write-ahead log has %d bytes after changes of 48 MB, want %d at most", info.Size(), most)
	}
}
