package sqlite

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// Create makes a new file with the current schema and with what fill writes; fill
// may be nil. It refuses a path where there is a file already. The file appears
// complete or not at all: it is built under another name, synced and then linked
// to its path. The file and the folders that are made for it are private to the
// user (0600 and 0700).
// Errors: unavailable, busy, and fill's own.
func Create(ctx context.Context, path string, o Options, fill func(*storage.Tx) error) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return fileError("create", path, err)
	}
	path = WithoutLink(path)
	o = o.withDefaults()
	o.ReadOnly = false
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fileError("create", path, err)
	}
	lockFile, err := lock(ctx, path)
	if err != nil {
		return err
	}
	defer lockFile.Close()
	if err := checkVacant(path); err != nil {
		return err
	}
	f, err := createUnfinished(ctx, path)
	if err != nil {
		return fileError("create", path, err)
	}
	defer removeAll(f.Name())
	defer f.Close()
	if err := build(ctx, f, o, fill); err != nil {
		return notMade(path, err)
	}
	return publish(f.Name(), path)
}

// checkVacant refuses a path where there is a file, or the journal of one that was
// removed: SQLite would apply the journal to the new file.
func checkVacant(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return existsError(path)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fileError("create", path, err)
	}
	for _, companion := range []string{path + "-wal", path + "-journal"} {
		if _, err := os.Lstat(companion); err == nil {
			return backend.Errorf(backend.CodeUnavailable,
				"%s has gone but %s is still there; put the file back beside it, or move that away first.", path, companion)
		}
	}
	return nil
}

func existsError(path string) error {
	return backend.Errorf(backend.CodeUnavailable, "%s exists already and was left as it is; open it, or name another file.", path)
}

// build makes an empty file a complete one, and syncs it.
func build(ctx context.Context, f *os.File, o Options, fill func(*storage.Tx) error) error {
	path := f.Name()
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
		// As in building.
		if err := cmp.Or(d.writer.run("PRAGMA synchronous = OFF"), d.Change(ctx, storage.NoAccount, fill), d.writer.run(moveLog), d.Close()); err != nil {
			return err
		}
	}
	if err := f.Sync(); err != nil {
		return fileError("write", path, err)
	}
	return nil
}

// publish gives a finished file its name, and never replaces another file.
func publish(unfinished, path string) error {
	err := os.Link(unfinished, path) // unlike a rename, it fails when path exists
	switch {
	case errors.Is(err, fs.ErrExist):
		return existsError(path)
	case err != nil:
		// The file system has no links. Between the check and the rename the lock
		// keeps other pinghome processes from creating the file.
		if err := checkVacant(path); err != nil {
			return err
		}
		if err := os.Rename(unfinished, path); err != nil {
			return fileError("create", path, err)
		}
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return fileError("create", path, err)
	}
	return nil
}

// removeAll removes an unfinished file and what is kept beside it, the file last: as
// long as that is there, the others are found again.
func removeAll(path string) {
	for _, name := range []string{path + "-wal", path + "-shm", path + "-journal", path + ".lock", path} {
		_ = os.Remove(name)
	}
}
