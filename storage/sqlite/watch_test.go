package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// watched opens a file whose changes are noticed here, and waits until that is known.
func watched(t *testing.T) (d *DB, seen uint64) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("changes are noticed on Linux only")
	}
	d = accountsFile(t, time.Now)
	seen, err := d.AwaitChange(t.Context(), 0)
	must(t, err)
	return d, seen
}

func addMessage(t *testing.T, d *DB, id string) {
	t.Helper()
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		return tx.AddMessage("john", backend.Message{ID: id, At: tx.Now, Type: backend.TypeEmail, Kind: backend.KindNotice, State: backend.StateSent}, nil, tx.Now)
	}))
}

// TestAwaitChangeNoticesAnotherConnection: every call after the change has been made
// finds it, at the latest with the last of the signals that follow.
func TestAwaitChangeNoticesAnotherConnection(t *testing.T) {
	d, seen := watched(t)
	other := open(t, d.path, Options{})
	for _, id := range []string{"1", "2"} {
		addMessage(t, other, id)
		for isThere := false; !isThere; {
			var err error
			seen, err = d.AwaitChange(t.Context(), seen)
			must(t, err)
			must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
				_, err := tx.QueuedMessage("john", id)
				isThere = err == nil
				return nil
			}))
		}
	}
}

func TestAwaitChangeEndsWithItsContext(t *testing.T) {
	d, _ := watched(t)
	ctx, cancel := context.WithCancel(t.Context())
	ends := make(chan error)
	go func() {
		_, err := d.AwaitChange(ctx, 0)
		for seen := uint64(1); err == nil; {
			seen, err = d.AwaitChange(ctx, seen)
		}
		ends <- err
	}()
	cancel()
	if err := <-ends; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestAwaitChangeEndsWithTheFile(t *testing.T) {
	d, seen := watched(t)
	ends := make(chan error)
	go func() {
		var err error
		for err == nil {
			seen, err = d.AwaitChange(context.Background(), seen)
		}
		ends <- err
	}()
	must(t, d.Close())
	if err := <-ends; backend.ErrorCode(err) != backend.CodeUnavailable {
		t.Error(err)
	}
	late := accountsFile(t, time.Now)
	must(t, late.Close())
	if _, err := late.AwaitChange(t.Context(), 0); backend.ErrorCode(err) != backend.CodeUnavailable {
		t.Error(err)
	}
}

// TestAwaitChangeTellsThatItsFolderIsGone: then the file has to be asked again.
func TestAwaitChangeTellsThatItsFolderIsGone(t *testing.T) {
	d, seen := watched(t)
	must(t, os.Rename(filepath.Dir(d.path), t.TempDir()+"/moved"))
	var err error
	for err == nil {
		seen, err = d.AwaitChange(t.Context(), seen)
	}
	if backend.ErrorCode(err) != backend.CodeUnsupported {
		t.Error(err)
	}
}

func TestAwaitChangeIsUnsupportedWhereNothingIsTold(t *testing.T) {
	d := open(t, accountsFile(t, time.Now).path, Options{Unwatched: true})
	if _, err := d.AwaitChange(t.Context(), 0); backend.ErrorCode(err) != backend.CodeUnsupported {
		t.Error(err)
	}
}

// TestASystemThatTellsNothingIsNotTrusted: the mode of the file is set, and no event comes.
func TestASystemThatTellsNothingIsNotTrusted(t *testing.T) {
	path := accountsFile(t, time.Now).path
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		f := follower{events: make(chan fsnotify.Event), errors: make(chan error), path: path}
		if took := time.Since(begun); f.prove(t.Context()) || took > proofTime {
			t.Errorf("trusted after %v", took)
		}
		f.path = "/there/is/no/such/file"
		if f.prove(t.Context()) {
			t.Error("trusted without a file")
		}
	})
}

// TestSignalsFollowEvents: one soon after an event, however many there are, and others
// while the commit that it belongs to may not be over.
func TestSignalsFollowEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		events, faults := make(chan fsnotify.Event), make(chan error)
		f := follower{events: events, errors: faults, path: "/folder/db"}
		var count atomic.Int32
		ctx, cancel := context.WithCancel(t.Context())
		go f.follow(ctx, func() { count.Add(1) })
		step := func(after time.Duration, want int, what string) {
			t.Helper()
			time.Sleep(after)
			synctest.Wait()
			if n := int(count.Swap(0)); n != want {
				t.Errorf("%s: %d signals, want %d", what, n, want)
			}
		}
		const all = 6 // after 50, 150, 350, 750, 1550 and 3150 ms
		step(time.Minute, 1+all, "at the start")
		for _, other := range []fsnotify.Event{{Name: "/folder/db-shm", Op: fsnotify.Write}, {Name: "/folder/other", Op: fsnotify.Write},
			{Name: "/folder/db", Op: fsnotify.Chmod}, {Name: "/folder", Op: fsnotify.Chmod}, {}} {
			events <- other
		}
		step(time.Minute, 0, "after events of other kinds")
		for _, name := range []string{"/folder/db", "/folder/db-wal", "/folder/db-journal"} {
			events <- fsnotify.Event{Name: name, Op: fsnotify.Write}
			step(firstSignal, 1, "soon after "+name)
			step(time.Minute, all-1, "later after "+name)
		}
		faults <- fsnotify.ErrEventOverflow
		step(time.Minute, all, "after lost events")

		begun := time.Now()
		for range 10_000 { // a busy database
			select {
			case events <- fsnotify.Event{Name: "/folder/db-wal", Op: fsnotify.Write}:
			case <-time.After(time.Millisecond):
			}
		}
		most := int(time.Since(begun)/firstSignal) + 1
		synctest.Wait()
		if n := int(count.Load()); n < most/2 || n > most {
			t.Errorf("%d signals in %v, want %d", n, time.Since(begun), most)
		}
		cancel()
		synctest.Wait()
	})
}
