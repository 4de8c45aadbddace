package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
)

// place is a database on this machine: where it is, how it is opened, and how
// everything that was opened or made for the moment goes away again.
type place struct {
	path, key  string
	isNamed    bool   // by --db, where a folder that is not there is a slip
	word       string // for the console's header
	scope      string // for the keys of drafts
	isReadOnly bool
	actor      string   // for the journal; "" for the console
	throwaway  string   // a folder to remove at the end; "" for none
	lock       *os.File // says that it is in use; nil where nothing can
	sending    sending
	report     func(error) // told what goes wrong while messages are handed over; may be nil

	mu     sync.Mutex // the first run opens from a command's goroutine
	db     *storage.DB
	opened *local.Accounts // over db
	worker *worker         // nil until somebody delivers
	closed bool
}

// localPlace is the database that the flags and variables name.
func localPlace(p paths, isReadOnly bool) *place {
	return &place{path: p.database, key: p.key, isNamed: p.isNamed, word: "local", scope: p.database, isReadOnly: isReadOnly}
}

func (p *place) name() string { return p.word }

// close ends the worker, closes the database and removes what was made for the
// moment, in this order. A provider that hangs must not keep a person at an
// empty terminal: what is not recorded by then, somebody sends once more.
func (p *place) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	if p.worker != nil {
		p.worker.endWithin(grace)
	}
	p.sending.close()
	var err error
	if p.db != nil {
		err = p.db.Close()
	}
	if p.throwaway != "" {
		err = errors.Join(err, os.RemoveAll(p.throwaway))
	}
	if p.lock != nil {
		p.lock.Close()
	}
	return err
}

// isThere tells whether there is something to open, and refuses what cannot
// be a database: opening a pipe, for one, would wait for ever.
func (p *place) isThere() (bool, error) {
	info, err := os.Stat(p.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, p.checkFolder()
	case errors.Is(err, syscall.ENOTDIR):
		return false, usage("%s cannot be a database, because a file stands where one of its folders should be; choose another path.", p.path)
	case err != nil:
		return false, failed("%s cannot be reached: %w.", p.path, errors.Unwrap(err))
	case info.IsDir():
		return false, usage("%s is a folder; name a file in it, such as %s.", p.path, filepath.Join(p.path, "pinghome.db"))
	case !info.Mode().IsRegular():
		return false, usage("%s is not a file that can hold a database; choose another path.", p.path)
	}
	return true, nil
}

// checkFolder refuses a path that was given with a folder that is not there:
// more likely mistyped than wanted. Those of the usual path are made.
func (p *place) checkFolder() error {
	folder := filepath.Dir(p.path)
	if _, err := os.Stat(folder); p.isNamed && errors.Is(err, fs.ErrNotExist) {
		return usage("There is no folder %s; make it, or name another file with --db.", folder)
	}
	return nil
}
