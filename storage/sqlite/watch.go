package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/account-settings/pinghome/backend"
)

// A watch tells when any process may have changed the database, so that it need not be
// asked again and again. SQLite writes a change into the log before it is committed, and the
// commit itself, in memory that the processes share, gives no event. So the last event
// is followed by several signals, at growing distances: one comes soon after a commit,
// also where the disk is slow.
//
// Only Linux's inotify is used. That of macOS and the BSDs opens the files that it
// watches, and closing them again would release the locks that SQLite has on them; that
// of Windows may tell of a write as late as when the file is closed. There, and where the
// system tells nothing, those who wait are told to ask.

const (
	// firstSignal is how long after an event the first signal comes. Events in between
	// are not read, so that a busy database costs little.
	firstSignal = 50 * time.Millisecond
	// longestCommit ends the signals: the distance between two is doubled, up to this.
	longestCommit = 1600 * time.Millisecond
	// proofTime is how long the first event may take, one that is caused on purpose.
	proofTime = time.Second
)

// errNotWatched says that the files must be asked.
func errNotWatched() error {
	return backend.Errorf(backend.CodeUnsupported, "The system does not tell here when a file was changed.")
}

// watch is the one watch of a DB, however many wait for it.
type watch struct {
	mu      sync.Mutex
	started bool
	signals uint64        // so far; the first one says that the watch works
	next    chan struct{} // closed with the next signal, and at the end
	err     error         // why there will be no more
	running sync.WaitGroup
}

// AwaitChange waits until the file may have been changed since an earlier call returned,
// by this process or another, and returns what the next call takes as seen; the
// first one takes 0 and returns as soon as it is known that changes are noticed. Errors:
// unsupported (they are not, or no longer: ask the file), unavailable (it was closed), and
// that of ctx.
func (d *DB) AwaitChange(ctx context.Context, seen uint64) (now uint64, err error) {
	d.startWatch()
	w := &d.watch
	for {
		w.mu.Lock()
		signals, next, err := w.signals, w.next, w.err
		w.mu.Unlock()
		switch {
		case err != nil:
			return seen, err
		case signals != seen:
			return signals, nil
		}
		select {
		case <-next:
		case <-ctx.Done():
			return seen, ctx.Err()
		}
	}
}

// startWatch starts the watch with the first call.
func (d *DB) startWatch() {
	d.mu.Lock()
	defer d.mu.Unlock()
	w := &d.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.started {
		return
	}
	w.started, w.next = true, make(chan struct{})
	if d.closed {
		w.err = errClosed()
		return
	}
	w.running.Go(func() {
		err := errNotWatched()
		if !d.options.Unwatched && runtime.GOOS == "linux" {
			err = w.watchFile(d.life, d.path)
		}
		if d.life.Err() != nil {
			err = errClosed()
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		w.err = err
		close(w.next)
	})
}

// watchFile signals until ctx ends or the system tells nothing more.
func (w *watch) watchFile(ctx context.Context, path string) error {
	notifier, err := fsnotify.NewWatcher()
	if err != nil {
		return errNotWatched()
	}
	defer notifier.Close()
	f := follower{events: notifier.Events, errors: notifier.Errors, path: path}
	if notifier.Add(filepath.Dir(path)) != nil || !f.prove(ctx) {
		return errNotWatched()
	}
	f.follow(ctx, w.signal)
	return errNotWatched()
}

func (w *watch) signal() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.signals++
	close(w.next)
	w.next = make(chan struct{})
}

// follower makes signals of the events of a folder.
type follower struct {
	events <-chan fsnotify.Event
	errors <-chan error
	path   string // of the database
}

// prove gives the file the mode that it has, and reports whether that is told.
func (f follower) prove(ctx context.Context) bool {
	info, err := os.Stat(f.path)
	if err != nil || os.Chmod(f.path, info.Mode()) != nil {
		return false
	}
	late := time.NewTimer(proofTime)
	defer late.Stop()
	for {
		select {
		case e, isOpen := <-f.events:
			if !isOpen || filepath.Clean(e.Name) == f.path {
				return isOpen
			}
		case <-late.C:
			return false
		case fault := <-f.errors:
			return errors.Is(fault, fsnotify.ErrEventOverflow)
		case <-ctx.Done():
			return false
		}
	}
}

// follow signals at once and after events, until ctx ends or there will be no more
// events. What was changed before it was called is signalled, too.
func (f follower) follow(ctx context.Context, signal func()) {
	signal()
	distance := firstSignal
	next := time.NewTimer(distance)
	defer next.Stop()
	for {
		events, faults := f.events, f.errors
		if distance == firstSignal {
			events, faults = nil, nil // the signal that is due tells of them, too
		}
		select {
		case e, isOpen := <-events:
			if !isOpen || filepath.Clean(e.Name) == filepath.Dir(f.path) && e.Op&(fsnotify.Remove|fsnotify.Rename) != 0 {
				return
			}
			if !f.isChange(e) {
				continue
			}
			distance = firstSignal
		case _, isOpen := <-faults: // some events were lost
			if !isOpen {
				return
			}
			distance = firstSignal
		case <-next.C:
			signal()
			distance *= 2
		case <-ctx.Done():
			return
		}
		if distance <= longestCommit {
			next.Reset(distance)
		}
	}
}

// isChange reports whether an event is about the content of the database.
func (f follower) isChange(e fsnotify.Event) bool {
	switch filepath.Clean(e.Name) {
	case f.path, f.path + "-wal", f.path + "-journal":
		return e.Op != fsnotify.Chmod
	}
	return false
}
