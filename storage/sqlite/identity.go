package sqlite

import (
	"context"
	"errors"
	"os"

	"github.com/account-settings/pinghome/backend"
)

// SQLite keeps pages of the file in memory, and the index of its log in memory that
// processes share. So it does not notice that another file was copied over an open one,
// or that the log was cut off: it would write changes into what is there, acknowledge
// them, and lose them.

// selectIdentity reads what no other database has: when the first migration was applied,
// in milliseconds.
const selectIdentity = `SELECT hash || applied_at FROM schema_migrations WHERE version = 1`

// rememberContent notes which database the file holds.
func (d *DB) rememberContent() error {
	at, err := modified(d.path)
	if err != nil {
		return fileError("open", d.path, err)
	}
	d.contentAt.Store(at)
	if err := d.writer.scan("PRAGMA page_size", nil, &d.pageSize); err != nil {
		return err
	}
	return d.writer.scan(selectIdentity, nil, &d.identity)
}

// checkContent refuses changes when the file holds another database than when it was
// opened. It looks only where the file was written since the last look: by SQLite, which
// moves the log into it now and then, or by another program.
func (d *DB) checkContent() error {
	at, err := modified(d.path)
	if err != nil {
		return movedError(d.path, false)
	}
	if at == d.contentAt.Load() {
		return nil
	}
	identity, err := d.readIdentity()
	switch {
	case isDamage(err):
		return damagedError(d.path, err)
	case err == nil && identity == d.identity:
		d.contentAt.Store(at)
		return nil
	case err == nil, backend.ErrorCode(err) == backend.CodeInternal: // the table is not there
		return d.noteReplaced()
	}
	return err
}

// readIdentity uses a connection that has read no page yet.
func (d *DB) readIdentity() (identity string, err error) {
	c, err := dial(context.Background(), d.path, reading)
	if err != nil {
		return "", err
	}
	defer c.close()
	err = c.scan(selectIdentity, nil, &identity)
	return identity, err
}

// noteReplaced notes that another database is in the file, for good. The log is not its
// own: SQLite would move it into the file at the next start. So it is put aside.
func (d *DB) noteReplaced() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !errors.Is(d.check.damage, errReplaced) {
		_ = os.Rename(d.path+"-wal", d.path+"-wal.replaced") // another process may have done it
		_ = os.Remove(d.path + "-shm")
		e := movedError(d.path, false)
		e.Err = errReplaced
		d.check.damage = e
	}
	return d.check.damage
}

var errReplaced = errors.New("the file holds another database")

// The log has a head of 32 bytes, and 24 bytes before each page
// (https://www.sqlite.org/fileformat2.html, 4.1).
const logHead, frameHead = 32, 24

// checkLog refuses changes when the log is shorter than what was written to it. It looks
// only where the log has shrunk since the last look: SQLite cuts it back now and then.
func (d *DB) checkLog(size uint64) error {
	before := d.logSize.Load()
	if size >= before {
		return nil
	}
	c, err := dial(context.Background(), d.path, writing) // another than the writer, which may be in a transaction
	if err != nil {
		return err
	}
	defer c.close()
	var busy, frames, moved int64
	if err := c.scan("PRAGMA wal_checkpoint(NOOP)", nil, &busy, &frames, &moved); err != nil {
		return err
	}
	if frames > 0 && int64(size) < logHead+frames*(frameHead+d.pageSize) { //nolint:gosec // files are below 2^63
		return damagedError(d.path, errors.New("its log was cut off"))
	}
	d.logSize.CompareAndSwap(before, size)
	return nil
}

// noteLog notes how long the log is after a change.
func (d *DB) noteLog() {
	if state, err := stateOf(d.path + "-wal"); err == nil && state.isSame(d.files[1]) {
		d.logSize.Store(state.size)
	}
}

// saveLog moves what is in the log into the file, once the log was found to have been
// removed: it goes with the last process that has it open.
func (d *DB) saveLog() {
	if !d.isLogGone || d.isLogSaved {
		return
	}
	var busy, frames, moved int
	err := d.writer.scan("PRAGMA wal_checkpoint(FULL)", nil, &busy, &frames, &moved)
	d.isLogSaved = err == nil && busy == 0
}

// isKnownDamaged reports that damage was found. What is in the log must not be moved
// into the file then.
func (d *DB) isKnownDamaged() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.check.damage != nil
}
