// Package sqlite is the engine that keeps all accounts in one SQLite file.
//
// Read runs a function on a consistent snapshot, on one of a few reading
// connections. Change runs a function that may write: all changes of the process
// go through one connection, and those that wait for it share one durable commit.
// The tables and their SQL are in package storage; here is what SQLite has of its own.
//
// Only Create makes a file. Open never does, and refuses an empty one, as a full
// disk or a failed copy leaves it: SQLite would take it for a new database.
package sqlite

import (
	"context"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// Options are how a file is opened. The zero value has the defaults.
type Options struct {
	// ReadOnly refuses every change with backend.CodeReadOnly, and a file whose
	// schema is older with backend.CodeUnavailable.
	ReadOnly bool
	// Now is the clock of the transactions; nil means time.Now.
	Now func() time.Time
	// Wait is how long a change may wait for other processes to release the
	// write lock before it fails with backend.CodeBusy; 0 means 5 seconds.
	Wait time.Duration
	// Backups is where a backup is made before the first change of a day; nil: none is.
	Backups *Backups
	// Unwatched makes AwaitChange fail, as where changes are not noticed. It is for
	// tests with the fake clock of synctest, which waits for no event of the system.
	Unwatched bool
	// Observer is told of commits, and of what waits for them; nil for none.
	Observer storage.Observer

	// isCopy says that there is another copy of the file, so that none is made before
	// a migration.
	isCopy bool
	// migrations replaces the embedded ones in tests of this package; nil means the embedded ones.
	migrations fs.FS
	// schema is what all migrations together make of an empty file; "": they are run one by one.
	schema string
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait <= 0 {
		o.Wait = 5 * time.Second
	}
	if o.migrations == nil {
		o.migrations, o.schema = embedded(), schema
	}
	return o
}

// DB is an open file: a storage.Store. It is safe for use by many goroutines at once.
type DB struct {
	path    string
	options Options
	version int           // of the schema, as this program knows it
	files   []fileState   // of names, when they were opened; nil when read only
	size    atomic.Uint64 // of the database in bytes, when it was last looked at

	identity  string        // of the database, see selectIdentity
	contentAt atomic.Int64  // when the file was last written, at the last look at its content
	pageSize  int64         // in bytes
	logSize   atomic.Uint64 // of the log in bytes, when it was last looked at

	isLogGone, isLogSaved bool // used by the goroutine that set writing

	unwritable error // why nothing can ever be changed, as it was found out at the start; nil when it can

	readers *readers
	writer  *conn // nil when read only; used by the goroutine that set writing

	life context.Context // ends with Close
	end  context.CancelFunc

	mu      sync.Mutex
	closed  bool
	writing bool       // a goroutine has the writer
	free    *sync.Cond // signalled when writing becomes false
	queue   []*change  // waiting for the writer, oldest first
	check   checkState
	fault   fault

	hooks           storage.Hooks // of the transactions that may write
	wantsCheckpoint bool          // of the goroutine that has the writer: deleted data is still in the log

	lessee lessee
	watch  watch

	oneCheck sync.Mutex // checks run one at a time

	oneBackup sync.Mutex   // the backup of the day is made once
	backupDay atomic.Int64 // of the last one that was tried, in days since 1970
}

// Path returns the absolute path of the file.
func (d *DB) Path() string { return d.path }

// Name is that of storage.Store: the path.
func (d *DB) Name() string { return d.path }

// Version returns the version of the file's tables.
func (d *DB) Version() int { return d.version }

// Now returns the time of Options.Now, the clock of the transactions.
func (d *DB) Now() time.Time { return d.options.Now() }

// Close refuses new changes and reads, waits for those that are running or queued,
// and closes the file. A second Close does nothing and returns nil.
func (d *DB) Close() error {
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		return nil
	}
	d.closed = true
	d.mu.Unlock()

	d.end()
	d.watch.running.Wait()
	d.oneCheck.Lock() // a running check was just cancelled by end
	defer d.oneCheck.Unlock()
	if !d.isKnownDamaged() {
		d.readers.close()
	}
	d.mu.Lock()
	for d.writing {
		d.free.Wait()
	}
	d.mu.Unlock()
	if d.writer == nil {
		return nil
	}
	if d.isKnownDamaged() {
		return nil // closing would move the log into the file; the process gives the rest back
	}
	d.endLessee()
	// The writer last: the last connection to close moves the write-ahead log into the file.
	return d.writer.close()
}

var _ storage.Store = (*DB)(nil)

func errClosed() error {
	return backend.Errorf(backend.CodeUnavailable, "The accounts file has been closed; start the program again.")
}
