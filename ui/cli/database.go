package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/shell"
)

// database is a source of accounts on this machine: one SQLite file, with all
// that is opened over it. close undoes what the other methods have opened.
type database struct {
	path, key   string // of the file, and of the key of its one-time codes
	isNamed     bool   // by --db; its folder has to exist then
	header      string // the label in the console's header
	isReadOnly  bool
	whyReadOnly string   // why the console changes nothing, though the file could be; "" where it does
	actor       string   // who changes things, for the journal; "" for the console
	tempDir     string   // the demo's folder, removed at the end; "" for none
	lock        *os.File // the lock on tempDir; nil where folders cannot be locked
	senders     senders
	newContext  newContext      // for the answer that the accounts are on a server
	backups     *sqlite.Backups // nil makes none
	report      func(error)     // called with what goes wrong while messages are sent; may be nil

	mu     sync.Mutex // guards what follows: the start screen opens from a command's goroutine
	db     *sqlite.DB
	opened *local.Accounts // over db
	inUse  []byte          // the key of opened; nil when it is read only
	worker *worker         // nil until messages are sent
	closed bool
	twins  string // what noteSpellings has found, for the end of the console
	waits  int    // messages that this process could have sent, and that wait after its end
}

// newDatabase returns the database that the flags and variables name. It is
// not opened yet, and need not exist.
func newDatabase(p paths, isReadOnly bool) *database {
	return &database{path: p.database, key: p.key, isNamed: p.isNamed, header: shell.LocalPlace, isReadOnly: isReadOnly}
}

func (d *database) label() string { return d.header }

func (d *database) scope() string { return d.path }

func (d *database) hasAccount() bool { return false }

// close stops the worker, closes the database and removes the demo's folder, in
// this order. It waits for the worker for the grace period at most, so that a
// provider that hangs does not keep a person at an empty terminal. A message
// whose attempt was not recorded by then is sent once more by the next process.
func (d *database) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	if d.worker != nil {
		d.worker.stopWithin(grace)
		d.waits = d.countWaiting()
	}
	d.senders.close()
	var err error
	if d.db != nil {
		err = d.db.Close()
	}
	if d.tempDir != "" {
		err = errors.Join(err, os.RemoveAll(d.tempDir))
	}
	if d.lock != nil {
		d.lock.Close()
	}
	return err
}

// countWaiting counts the messages that wait to be sent by this process or the next one
// with the same configuration. A file that cannot be read has none that are known.
func (d *database) countWaiting() (n int) {
	if d.senders.router == nil {
		return 0
	}
	_ = d.db.Read(context.Background(), func(tx *storage.Tx) error {
		counts, err := tx.Queued()
		n = 0
		for kind, waiting := range counts {
			if d.senders.router.HasSender(kind) {
				n += waiting
			}
		}
		return err
	})
	return n
}

// left says what is left to do: messages that wait until pinghome runs again, and values
// that are there twice.
func (d *database) left() []string { return []string{d.leftMessages(), d.twins} }

// leftMessages says how many messages wait. SQLite removes its log when the last process
// closes the file: where it is there, another one has the file open, and sends them.
func (d *database) leftMessages() string {
	switch {
	case d.waits == 0 || exists(sqlite.WithoutLink(d.path)+"-wal"):
		return ""
	case d.waits == 1:
		return "1 message waits: it is sent when pinghome runs again"
	}
	return fmt.Sprintf("%d messages wait: they are sent when pinghome runs again", d.waits)
}

// exists reports whether there is a file to open. It returns an error for what
// cannot be a database: opening a pipe, for one, would never return.
func (d *database) exists() (bool, error) {
	info, err := os.Stat(d.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, d.checkFolder()
	case errors.Is(err, syscall.ENOTDIR):
		return false, exit.Usage("%s cannot be a database, because a file stands where one of its folders should be; choose another path.", d.path)
	case err != nil:
		return false, exit.Failed("%s cannot be reached: %w.", d.path, errors.Unwrap(err))
	case info.IsDir():
		return false, exit.Usage("%s is a folder; name a file in it, such as %s.", d.path, filepath.Join(d.path, "pinghome.db"))
	case !info.Mode().IsRegular():
		return false, exit.Usage("%s is not a file that can hold a database; choose another path.", d.path)
	}
	return true, nil
}

// checkFolder refuses a path given by --db whose folder does not exist: it is
// more likely mistyped than wanted. The folders of the default path are made.
func (d *database) checkFolder() error {
	folder := filepath.Dir(d.path)
	if _, err := os.Stat(folder); d.isNamed && errors.Is(err, fs.ErrNotExist) {
		return exit.Usage("There is no folder %s; make it, or name another file with --db.", folder)
	}
	return nil
}
