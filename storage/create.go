package storage

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/account-settings/pinghome/backend"
)

// Create makes a new file with the present schema and what fill, which may be
// nil, puts into it. It is for the explicit first run only and refuses a path
// where anything is. The file appears whole or not at all: it is built beside
// its place, written to the disk and then renamed. Both it and a folder made
// for it are for the user's own eyes.
// Errors: unavailable, busy, and fill's own.
func Create(ctx context.Context, path string, o Options, fill func(*Tx) error) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return cannot("create", path, err)
	}
	o = o.withDefaults()
	o.ReadOnly = false
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return cannot("create", path, err)
	}
	held, err := lock(ctx, path)
	if err != nil {
		return err
	}
	defer held.Close()
	if err := vacant(path); err != nil {
		return err
	}
	unfinished := path + ".new" // of one who died holding the lock, or ours
	defer removeAll(unfinished)
	removeAll(unfinished)
	if err := build(ctx, unfinished, o, fill); err != nil {
		return err
	}
	return publish(unfinished, path)
}

// vacant refuses a path where a file is, or the journal of one that has gone:
// SQLite would play that into the new file.
func vacant(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return occupied(path)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return cannot("create", path, err)
	}
	for _, companion := range []string{path + "-wal", path + "-journal"} {
		if _, err := os.Lstat(companion); err == nil {
			return backend.Errorf(backend.CodeUnavailable,
				"%s has gone but %s is still there; put the file back beside it, or move that away first.", path, companion)
		}
	}
	return nil
}

func occupied(path string) error {
	return backend.Errorf(backend.CodeUnavailable, "%s exists already and was left as it is; open it, or name another file.", path)
}

// build makes a complete file at path and closes it.
func build(ctx context.Context, path string, o Options, fill func(*Tx) error) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return cannot("create", path, err)
	}
	defer f.Close()
	steps, err := loadMigrations(o.migrations)
	if err != nil {
		return err
	}
	if err := initialise(ctx, path, steps, o); err != nil {
		return err
	}
	if fill != nil {
		d, err := start(ctx, path, steps, o)
		if err != nil {
			return err
		}
		if err := cmp.Or(d.Change(ctx, fill), d.Close()); err != nil {
			return err
		}
	}
	if err := f.Sync(); err != nil {
		return cannot("write", path, err)
	}
	return nil
}

// publish gives a finished file its name, never that of another file.
func publish(unfinished, path string) error {
	err := os.Link(unfinished, path) // unlike a rename, it fails when path exists
	switch {
	case errors.Is(err, fs.ErrExist):
		return occupied(path)
	case err != nil:
		// A file system without links. The lock keeps other pinghomes away
		// between the look and the rename.
		if err := vacant(path); err != nil {
			return err
		}
		if err := os.Rename(unfinished, path); err != nil {
			return cannot("create", path, err)
		}
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return cannot("create", path, err)
	}
	return nil
}

// removeAll removes an unfinished file and SQLite's companions of it.
func removeAll(path string) {
	for _, name := range []string{path, path + "-wal", path + "-shm", path + "-journal"} {
		_ = os.Remove(name)
	}
}
