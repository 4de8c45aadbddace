package sqlite

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/account-settings/pinghome/storage"
)

// What a disk may hold after the power failed is what was synced, and any part of what
// was written after that. SQLite writes and syncs in this order (walFrames and
// walCheckpoint in its wal.c, with synchronous=FULL):
//
//  1. A log that is begun again gets its header, and is synced.
//  2. A commit is appended to the log, which is synced; only now it is acknowledged.
//  3. A checkpoint syncs the log, copies its pages into the database and syncs that. It
//     does not sync the database while a reader keeps it from copying the whole log,
//     and then the log is not begun again either.
//  4. A log that was copied may be cut to nothing or removed, which is not synced.
//
// Bytes beside those that are written keep their content: SQLite counts on that, too
// (SQLITE_POWERSAFE_OVERWRITE).

// disk is the content of both files. No log and an empty one are the same here.
type disk struct{ db, wal []byte }

// moment is a time at which the power may fail. doing says what was under way.
type moment struct {
	synced, written disk
	may             [][]string // the notes that an image may have: those acknowledged, and maybe the batch that was under way
	doing           string
}

// outage makes changes, and keeps the moments at which the power could have failed.
type outage struct {
	tb      testing.TB
	r       *rand.Rand
	d       *DB
	file    *os.File // the database: closing it early would release SQLite's locks
	full    bool     // a commit is synced; with synchronous=NORMAL only a checkpoint syncs the log
	reader  *conn    // keeps checkpoints from copying the whole log; may be nil
	synced  disk     // what is certain to be on the disk
	notes   []string // that were acknowledged
	next    int      // the number of the last note
	moments []moment
}

// recordOutage opens a file, makes some batches of changes and checkpoints, and closes it.
func recordOutage(tb testing.TB, r *rand.Rand, path string) []moment {
	d, err := Open(tb.Context(), path, noteOptions())
	must(tb, err)
	file, err := os.Open(path)
	must(tb, err)
	defer file.Close()
	o := &outage{tb: tb, r: r, d: d, file: file}
	o.notes, err = noteTexts(d)
	must(tb, err)
	var level int
	must(tb, d.writer.scan("PRAGMA synchronous", nil, &level))
	o.full = level >= 2
	// Checkpoints at each few commits; the order of writes is that of the usual 1,000 pages.
	must(tb, d.writer.run("PRAGMA wal_autocheckpoint = 24"))
	o.synced = o.look() // nothing was written yet: what can be read came from the disk
	for range 24 {
		switch k := o.r.IntN(8); {
		case k == 0:
			o.empty("deleting the log", o.checkpoint)
		case k < 3:
			o.toggleReader()
		}
		o.batch(1 + o.r.IntN(6))
	}
	if o.reader != nil {
		o.toggleReader()
	}
	o.empty("closing", func() { must(tb, d.Close()) })
	return o.moments
}

// look reads what is written, synced or not.
func (o *outage) look() disk {
	db, err := io.ReadAll(io.NewSectionReader(o.file, 0, 1<<40))
	must(o.tb, err)
	wal, err := os.ReadFile(o.d.path + "-wal")
	if !errors.Is(err, os.ErrNotExist) {
		must(o.tb, err)
	}
	return disk{db, wal}
}

func (o *outage) keep(doing string, written disk, may ...[]string) {
	o.moments = append(o.moments, moment{o.synced, written, may, doing})
}

func (o *outage) toggleReader() {
	if o.reader != nil {
		must(o.tb, errors.Join(o.reader.run("ROLLBACK"), o.reader.close()))
		o.reader = nil
		return
	}
	var err error
	o.reader, err = dial(context.Background(), o.d.path, reading)
	must(o.tb, err)
	must(o.tb, errors.Join(o.reader.run("BEGIN"), o.reader.scan("SELECT COUNT(*) FROM notes", nil, new(int))))
}

// empty keeps the moments of what copies the log into the database and empties or
// removes it.
func (o *outage) empty(doing string, do func()) {
	before := o.look()
	do()
	after := o.look()
	o.checkpointed(doing, before, after)
	if len(after.wal) == 0 {
		o.keep(doing, after, o.notes) // the log that was is synced until there is another
	}
}

// checkpoint is what follows a commit that deletes an account.
func (o *outage) checkpoint() {
	o.takeWriter()
	defer o.d.releaseWriter()
	o.d.wantsCheckpoint = true
	o.d.checkpoint(true)
	o.d.wantsCheckpoint = false // a reader may have kept it from that; the next batch does not try again
}

// checkpointed keeps the moments of a checkpoint that came after the commits in
// before.wal.
func (o *outage) checkpointed(doing string, before, after disk) {
	if bytes.Equal(before.db, after.db) {
		return
	}
	o.synced.wal = before.wal
	o.keep(doing+": checkpoint", disk{after.db, before.wal}, o.notes)
	if o.reader == nil {
		o.synced.db = after.db
	}
}

// batch makes n changes that are committed at once, and keeps the moments of it.
func (o *outage) batch(n int) {
	before, old := o.look(), o.notes
	acknowledged := o.commit(n)
	after := o.look()
	if !bytes.Equal(acknowledged.wal, after.wal) || !bytes.Equal(acknowledged.db, after.db) {
		o.tb.Error("a change was acknowledged before it was written")
	}
	// The header has other salts each time.
	if size := min(32, len(after.wal)); !bytes.HasPrefix(before.wal, after.wal[:size]) {
		header := disk{before.db, append(slices.Clone(after.wal[:size]), before.wal[min(size, len(before.wal)):]...)}
		o.synced.db = before.db
		o.keep("beginning the log", header, old)
		o.synced.wal = header.wal
	}
	o.keep("committing", disk{before.db, after.wal}, old, o.notes)
	if o.full {
		o.synced.wal = after.wal
	}
	o.checkpointed("committing", disk{before.db, after.wal}, after)
}

// commit has n callers make a change each, all in one batch. They are queued one
// after the other while this has the writer, so that a seed always gives the same. It
// returns what was written when the first caller was answered.
func (o *outage) commit(n int) (acknowledged disk) {
	o.takeWriter()
	var all sync.WaitGroup
	var first sync.Once
	notes := slices.Clone(o.notes)
	for i := range n {
		fn, apply, refusal := o.change(notes)
		notes = apply(notes)
		all.Go(func() {
			if err := o.d.Change(context.Background(), storage.NoAccount, fn); !errors.Is(err, refusal) {
				o.tb.Errorf("a change returned %v", err)
			}
			first.Do(func() { acknowledged = o.look() })
		})
		for queued := 0; queued <= i && !o.tb.Failed(); runtime.Gosched() {
			o.d.mu.Lock()
			queued = len(o.d.queue)
			o.d.mu.Unlock()
		}
	}
	o.d.releaseWriter()
	all.Wait()
	o.takeWriter() // it may have something to do after the last answer
	o.d.releaseWriter()
	o.notes = notes
	return acknowledged
}

func (o *outage) takeWriter() {
	o.d.mu.Lock()
	defer o.d.mu.Unlock()
	for o.d.writing {
		o.d.free.Wait()
	}
	o.d.writing = true
}

var errOnPurpose = errors.New("on purpose")

// change returns a change, what it does to the notes, and the error that it returns.
func (o *outage) change(notes []string) (fn func(*storage.Tx) error, apply func([]string) []string, refusal error) {
	o.next++
	text := fmt.Sprint("note ", o.next, " of ", filepath.Base(o.d.path))
	switch k := o.r.IntN(8); {
	case k == 0 && len(notes) > 0:
		i := o.r.IntN(len(notes))
		gone := notes[i]
		return func(tx *storage.Tx) error {
				_, err := execute(tx, "DELETE FROM notes WHERE text = $1", gone)
				return err
			},
			func(n []string) []string { return slices.Delete(n, i, i+1) }, nil
	case k == 1:
		return func(tx *storage.Tx) error { return errors.Join(add(text)(tx), errOnPurpose) },
			func(n []string) []string { return n }, errOnPurpose
	case k == 2:
		text += strings.Repeat(" and more", o.r.IntN(5000)) // some pages
	}
	return add(text), func(n []string) []string { return append(n, text) }, nil
}
