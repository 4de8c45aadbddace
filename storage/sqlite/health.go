package sqlite

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/account-settings/pinghome/backend"
)

// names are the files of an open database: itself, the write-ahead log, and the
// index of that which its processes share.
func (d *DB) names() []string { return []string{d.path, d.path + "-wal", d.path + "-shm"} }

// rememberFiles notes which files are open. A first reading makes those exist that
// SQLite keeps beside the database.
func (d *DB) rememberFiles() error {
	var tables int
	if err := d.writer.scan("SELECT COUNT(*) FROM sqlite_schema", nil, &tables); err != nil {
		return err
	}
	for _, name := range d.names() {
		state, err := stateOf(name)
		if err != nil {
			return fileError("open", name, err)
		}
		d.files = append(d.files, state)
	}
	return nil
}

// checkFiles refuses changes when a file was moved, removed or replaced, and when the
// database was cut off: it only grows, since pages of deleted rows are used again.
func (d *DB) checkFiles() error {
	for i, name := range d.names() {
		state, err := stateOf(name)
		if err != nil || !state.isSame(d.files[i]) {
			return movedError(name, i > 0)
		}
		if i == 1 {
			if err := d.checkLog(state.size); err != nil {
				return err
			}
		}
		if i > 0 {
			continue
		}
		before := d.size.Load()
		if err := d.checkContent(); err != nil { // first: another database may be smaller
			return err
		}
		if state.size < before {
			return damagedError(d.path, fmt.Errorf("it has %d bytes, after %d", state.size, before))
		}
		d.size.CompareAndSwap(before, state.size)
	}
	return nil
}

// errLogMoved is the cause of a movedError about the log.
var errLogMoved = errors.New("the log is not the one that was opened")

// movedError tells that a file of a database was moved, removed or replaced. What is in
// a log that was removed is saved by those who have it open, when they end.
func movedError(name string, isLog bool) *backend.Error {
	e := backend.Errorf(backend.CodeUnavailable,
		"%s was moved, removed or replaced while it was open, so nothing was changed. Stop every pinghome, put the file in its place and start again.", name)
	if isLog {
		e = backend.Errorf(backend.CodeUnavailable,
			"%s was moved, removed or replaced while it was open, so nothing was changed. Stop every pinghome, but do not kill it: it saves what was in the log when it ends.", name)
		e.Err = errLogMoved
	}
	return e
}

// tryWriting returns why nothing can be changed: SQLite opens a file that may only be
// read without a word, and then even BEGIN IMMEDIATE succeeds. It begins a change and
// writes nothing.
func (d *DB) tryWriting() error {
	err := d.writer.run("BEGIN IMMEDIATE")
	if err == nil {
		err = d.writer.run("DELETE FROM schema_migrations WHERE FALSE")
		_ = d.writer.run("ROLLBACK")
	}
	if !isSQLite(err, sqlite3.ErrReadonly) {
		return nil // it can be written; or another process does so just now
	}
	return &backend.Error{Code: backend.CodeReadOnly, Err: err,
		Message: fmt.Sprintf("%s cannot be written, so nothing can be changed. Correct the permissions of the file and its folder, and start again.", d.path)}
}

// fault is what kept the last change from being made, of what concerns all changes.
type fault struct {
	err error
	at  time.Time
}

// faultTime is how long a fault counts. There may be no other change that finds out
// that the disk has room again.
const faultTime = 10 * time.Second

// noteFault notes how a batch ended, and the damage that SQLite has met.
func (d *DB) noteFault(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch code := backend.ErrorCode(err); {
	case err == nil:
		d.fault = fault{}
	case code == backend.CodeUnavailable, code == backend.CodeReadOnly:
		d.fault = fault{err, time.Now()}
	}
	if isDamage(err) || errors.Is(err, errDamaged) {
		d.check.damage = damagedError(d.path, err)
	}
}

// noteDamage notes damage that a reading has met: from now on changes are refused.
// It returns the error that tells it. A file that was cut to nothing is an empty
// database to SQLite, in which the tables are missing.
func (d *DB) noteDamage(err error) error {
	if backend.ErrorCode(err) == backend.CodeInternal {
		if info, statErr := os.Stat(d.path); statErr != nil || info.Size() > 0 {
			return d.noteOther(err)
		}
	} else if !isDamage(err) && !errors.Is(err, errDamaged) {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.check.damage = damagedError(d.path, err)
	return d.check.damage
}

// noteOther notes that the file holds another database, where that is why a reading has
// failed with err. It returns the error that tells it.
func (d *DB) noteOther(err error) error {
	if d.files == nil { // read only: it is not known what it held
		return err
	}
	return cmp.Or(d.checkContent(), err)
}

// Ready returns why changes cannot be made now: the file is damaged, may only be read,
// was moved, removed or replaced, or the last change has failed for a reason that concerns
// all of them, such as a full disk. It writes nothing. Errors: unavailable,
// read_only.
func (d *DB) Ready() error {
	d.mu.Lock()
	damage, fault, closed := d.check.damage, d.fault, d.closed
	d.mu.Unlock()
	switch {
	case closed:
		return errClosed()
	case damage != nil:
		return damage
	case d.unwritable != nil:
		return d.unwritable
	case fault.err != nil && time.Since(fault.at) < faultTime:
		return fault.err
	case d.files == nil: // read only
		return nil
	}
	return d.checkFiles()
}

// checkpoint moves the log into the file and empties it, once data that was
// deleted may be left in the log. While others read, that waits for the next
// change. The caller has the writer.
func (d *DB) checkpoint(isCommitted bool) {
	if !d.wantsCheckpoint || !isCommitted {
		return
	}
	var busy, frames, moved int
	if err := d.writer.scan("PRAGMA wal_checkpoint(TRUNCATE)", nil, &busy, &frames, &moved); err == nil && busy == 0 {
		d.wantsCheckpoint = false
	}
}
