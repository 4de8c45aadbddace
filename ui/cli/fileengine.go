package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/shell"
)

// fileEngine is a SQLite file.
type fileEngine struct {
	path    string
	isNamed bool // by --db; its folder has to exist then
}

func (f fileEngine) name() string { return f.path }

func (f fileEngine) label() string { return shell.LocalPlace }

// exists reports whether there is a file to open. It returns an error for what
// cannot be a database: opening a pipe, for one, would never return.
func (f fileEngine) exists(context.Context, *database) (bool, error) {
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, f.checkFolder()
	case errors.Is(err, syscall.ENOTDIR):
		return false, exit.Usage("%s cannot be a database, because a file stands where one of its folders should be; choose another path.", f.path)
	case err != nil:
		return false, exit.Failed("%s cannot be reached: %w.", f.path, errors.Unwrap(err))
	case info.IsDir():
		return false, exit.Usage("%s is a folder; name a file in it, such as %s.", f.path, filepath.Join(f.path, "pinghome.db"))
	case !info.Mode().IsRegular():
		return false, exit.Usage("%s is not a file that can hold a database; choose another path.", f.path)
	}
	return true, nil
}

// checkFolder refuses a path given by --db whose folder does not exist: it is
// more likely mistyped than wanted. The folders of the default path are made.
func (f fileEngine) checkFolder() error {
	folder := filepath.Dir(f.path)
	if _, err := os.Stat(folder); f.isNamed && errors.Is(err, fs.ErrNotExist) {
		return exit.Usage("There is no folder %s; make it, or name another file with --db.", folder)
	}
	return nil
}

func (f fileEngine) create(ctx context.Context, fill func(*storage.Tx) error) error {
	return sqlite.Create(ctx, f.path, sqlite.Options{}, fill)
}

func (f fileEngine) mayBeMade(error) bool { return exists(f.path) }

func (f fileEngine) open(ctx context.Context, d *database) (store, error) {
	db, err := sqlite.Open(ctx, f.path, sqlite.Options{ReadOnly: d.isReadOnly, Backups: d.backups, Observer: d.observers.engine})
	switch {
	case backend.ErrorCode(err) == backend.CodeInvalid && exists(d.key):
		return nil, exit.Failed("%s is no database of pinghome any more, but its key %s is there: it was damaged or replaced. Stop every pinghome, and put a backup in its place (pinghome restore FILE).", f.path, d.key)
	case err != nil:
		return nil, err
	}
	return db, nil
}

// refuseWithKey refuses a key without a file: the file was lost, or its disk is not mounted.
func (f fileEngine) refuseWithKey(key string) error {
	return exit.NotFound("There is no database at %s, but its key %s is there. Put a backup in its place with \"pinghome restore\", or move the key away to begin with an empty database.", f.path, key)
}

func (f fileEngine) whereKey() string { return "Copy it from where it is kept." }

func (f fileEngine) missing() string { return "There is no database at " + f.path }

// whoSends looks for SQLite's log, which it removes when the last process closes the file.
func (f fileEngine) whoSends() string {
	if exists(sqlite.WithoutLink(f.path) + "-wal") {
		return ""
	}
	return "by \"pinghome serve\", an open console, or a command with --wait"
}
