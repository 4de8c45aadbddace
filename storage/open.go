package storage

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// applicationID marks a file as ours in its header (bytes 68 to 71, "PHac" for
// PingHome accounts), so that no other program's database is ever changed.
const applicationID = 0x50486163

// Open opens a file that Create made. It never creates one, and it changes
// nothing about a file that is not ours, is damaged or belongs to a newer
// program. A file of an older program is migrated, after a backup beside it.
// Errors: not_found, unavailable, busy.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	path, err := present(path)
	if err != nil {
		return nil, err
	}
	o = o.withDefaults()
	steps, err := loadMigrations(o.migrations)
	if err != nil {
		return nil, err
	}
	head, err := examine(ctx, path, steps)
	if err != nil {
		return nil, err
	}
	if head.needsWork(steps) {
		if o.ReadOnly {
			return nil, backend.Errorf(backend.CodeUnavailable,
				"%s is from an older version of the program; open it once for writing to bring it up to date.", path)
		}
		if err := prepareFile(ctx, path, steps, o); err != nil {
			return nil, err
		}
	}
	return start(ctx, path, steps, o)
}

// present returns the absolute path of a file that is there and not empty.
func present(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", cannot("find", path, err)
	}
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", backend.Errorf(backend.CodeNotFound, "There are no accounts at %s yet; create them first, or name another file.", abs)
	case err != nil:
		return "", cannot("open", abs, err)
	case info.IsDir():
		return "", backend.Errorf(backend.CodeUnavailable, "%s is a folder; name the file in it.", abs)
	case info.Size() == 0:
		return "", backend.Errorf(backend.CodeUnavailable,
			"%s is empty, as after a failed copy; copy a backup to its place, or remove it and create new accounts.", abs)
	}
	return abs, nil
}

// header is what a file says about itself.
type header struct {
	application, version int
	journal              string
}

// needsWork reports whether a migration is pending, or the file is not yet in
// the mode in which it is used: a backup starts without a write-ahead log.
func (h header) needsWork(steps []migration) bool {
	return h.version < len(steps) || h.journal != "wal"
}

// examine reads a file's header and its record of migrations, and refuses
// what this program must not touch.
func examine(ctx context.Context, path string, steps []migration) (header, error) {
	var h header
	c, err := dialPatiently(ctx, path, reading)
	if err != nil {
		return h, err
	}
	defer c.close()
	if err := cmp.Or(c.scan("PRAGMA application_id", nil, &h.application),
		c.scan("PRAGMA user_version", nil, &h.version), c.scan("PRAGMA journal_mode", nil, &h.journal)); err != nil {
		return h, fault(path, err)
	}
	switch {
	case h.application != applicationID:
		return h, backend.Errorf(backend.CodeInvalid, "%s belongs to another program; choose another file.", path)
	case h.version > len(steps):
		return h, backend.Errorf(backend.CodeUnavailable,
			"%s has version %d and this program knows %d; use a newer version of the program.", path, h.version, len(steps))
	}
	return h, checkApplied(c, h.version, steps)
}

// dialPatiently retries an opening that meets somebody else's recovery or
// last checkpoint, for which SQLite does not always wait by itself.
func dialPatiently(ctx context.Context, path string, s settings) (c *conn, err error) {
	err = retry(ctx, time.Now().Add(5*time.Second), func() error {
		c, err = dial(ctx, path, s)
		return err
	})
	return c, err
}

// start opens a file that is known to be in order.
func start(ctx context.Context, path string, steps []migration, o Options) (*DB, error) {
	d := &DB{path: path, options: o, version: len(steps), readers: newReaders(path)}
	d.free = sync.NewCond(&d.mu)
	d.life, d.end = context.WithCancel(context.Background())
	if o.ReadOnly {
		return d, nil
	}
	var err error
	if d.file, err = os.Stat(path); err != nil {
		return nil, cannot("open", path, err)
	}
	if d.writer, err = dialPatiently(ctx, path, writing); err != nil {
		return nil, err
	}
	return d, nil
}
