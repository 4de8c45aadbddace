// Package storage keeps everything in one SQLite file.
//
// There is one way to read, Read: a consistent snapshot on a connection of
// its own. And there is one way to change, Change: all changes of the process
// go through one connection, and those that wait for it share one durable
// commit. SQL stays in this package, one file a table; a caller sees rows as
// structs and every failure as a *backend.Error.
//
// A file is created by Create alone. Open never makes one, since SQLite would
// take an empty file, left by a full disk or a failed copy, for a new database.
package storage

import (
	"context"
	"io/fs"
	"os"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Options are what a caller may choose about a file. The zero value is ready to use.
type Options struct {
	// ReadOnly refuses every change with backend.CodeReadOnly and never touches the schema.
	ReadOnly bool
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Wait is how long a change may wait for other processes to release the
	// write lock before it fails with backend.CodeBusy; 0 means 5 seconds.
	Wait time.Duration

	// migrations replaces the embedded ones in this package's tests.
	migrations fs.FS
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait <= 0 {
		o.Wait = 5 * time.Second
	}
	if o.migrations == nil {
		o.migrations = embedded()
	}
	return o
}

// DB is an open file. It is safe for use by many goroutines at once.
type DB struct {
	path    string
	options Options
	version int         // of the schema, as this program knows it
	file    os.FileInfo // which file the path led to

	readers *readers
	writer  *conn // nil when read only; belongs to whoever set writing

	life context.Context // ends with Close
	end  context.CancelFunc

	mu      sync.Mutex
	closed  bool
	writing bool       // somebody uses the writer
	free    *sync.Cond // nobody does any more
	queue   []*change  // waiting for the writer, oldest first
	check   checkState

	oneCheck sync.Mutex // checks run one at a time
}

// Path returns the absolute path of the file.
func (d *DB) Path() string { return d.path }

// Now returns the time by the clock of the transactions.
func (d *DB) Now() time.Time { return d.options.Now() }

// Close refuses new work, finishes the changes and reads that are under way,
// and closes the file. Closing twice does nothing the second time.
func (d *DB) Close() error {
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		return nil
	}
	d.closed = true
	d.mu.Unlock()

	d.end()
	d.oneCheck.Lock() // a running check ends with life
	defer d.oneCheck.Unlock()
	d.readers.close()
	d.mu.Lock()
	for d.writing {
		d.free.Wait()
	}
	d.mu.Unlock()
	if d.writer == nil {
		return nil
	}
	// Last of all: the last connection to leave moves the journal into the file.
	return d.writer.close()
}

func errClosed() error {
	return backend.Errorf(backend.CodeUnavailable, "The accounts file has been closed; start the program again.")
}
