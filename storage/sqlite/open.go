package sqlite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// applicationID marks a file as pinghome's in its header (bytes 68 to 71, "PHac"
// for PingHome accounts), so that no other program's database is ever changed.
const applicationID = 0x50486163

// Open opens a file that Create made. It never creates one, and changes nothing in
// a file that is another program's, is damaged or was written by a newer version.
// The file of an older version is migrated, after a backup beside it.
// Errors: not_found (no file), invalid (another program's file), unavailable, busy.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	path, err := existingFile(path)
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
	if !o.ReadOnly {
		o.sweep(path)
	}
	if head.needsPreparation(steps) {
		if o.ReadOnly && head.version == len(steps) {
			return start(ctx, path, steps, o) // a backup: it can be read without a log
		}
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

// existingFile returns the absolute path of a file that is there and not empty,
// and not that of a symbolic link.
func existingFile(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fileError("find", path, err)
	}
	abs = WithoutLink(abs)
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", backend.Errorf(backend.CodeNotFound, "There are no accounts at %s yet; create them first, or name another file.", abs)
	case err != nil:
		return "", fileError("open", abs, err)
	case info.IsDir():
		return "", backend.Errorf(backend.CodeUnavailable, "%s is a folder; name the file in it.", abs)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return "", backend.Errorf(backend.CodeUnavailable, "%s can be read by others. If it has your accounts, run chmod 600 on it.", abs)
	case info.Size() == 0:
		return "", backend.Errorf(backend.CodeUnavailable,
			"%s is empty, as after a failed copy; put a backup in its place (pinghome restore FILE), or remove it and create new accounts.", abs)
	}
	return abs, nil
}

// WithoutLink returns the path of the file that a symbolic link leads to, also where
// there is none yet, and other paths as they are: what belongs to a file is beside it,
// and not beside a link.
func WithoutLink(path string) string {
	const maxLinks = 40 // as many as Linux follows
	for range maxLinks {
		target, err := os.Readlink(path)
		if err != nil {
			return path
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	return path
}

// header is what the header of a file says about it.
type header struct {
	application, version int
	journal              string
}

// needsPreparation reports whether a migration is pending, or the file has no
// write-ahead log yet, as a restored backup.
func (h header) needsPreparation(steps []migration) bool {
	return h.version < len(steps) || h.journal != "wal"
}

// examine reads the header of a file and its migrations, and refuses a file that
// this program must not change.
func examine(ctx context.Context, path string, steps []migration) (header, error) {
	var h header
	c, err := dialRetrying(ctx, path, reading)
	if err != nil {
		return h, notOurs(path, err)
	}
	defer c.close()
	if err := cmp.Or(c.scan("PRAGMA application_id", nil, &h.application),
		c.scan("PRAGMA user_version", nil, &h.version), c.scan("PRAGMA journal_mode", nil, &h.journal)); err != nil {
		return h, notOurs(path, err)
	}
	switch {
	case h.version < 0 || h.application == applicationID && h.version == 0:
		return h, damagedError(path, fmt.Errorf("its version is %d", h.version))
	case h.application != applicationID:
		return h, backend.Errorf(backend.CodeInvalid, "%s belongs to another program; choose another file.", path)
	case h.version > len(steps):
		return h, backend.Errorf(backend.CodeUnavailable,
			"%s has version %d and this program knows %d; use a newer version of the program.", path, h.version, len(steps))
	}
	return h, checkApplied(c, h.version, steps)
}

// notOurs is the error of a file that is no database at all: before it was opened
// that means that another file was named, and not that this one is damaged.
func notOurs(path string, err error) error {
	if !isSQLite(err, sqlite3.ErrNotADB) {
		return translate(path, err)
	}
	return &backend.Error{Code: backend.CodeInvalid, Err: err,
		Message: fmt.Sprintf("%s is not a pinghome file; choose another one, or put a backup in its place (pinghome restore FILE).", path)}
}

// dialRetrying dials, and tries again for 5 seconds while another process recovers
// the file or runs the last checkpoint: SQLite does not always wait for that.
func dialRetrying(ctx context.Context, path string, s settings) (c *conn, err error) {
	err = retry(ctx, time.Now().Add(5*time.Second), func() error {
		c, err = dial(ctx, path, s)
		return err
	})
	return c, err
}

// start opens the connections of a file that examine has accepted.
func start(ctx context.Context, path string, steps []migration, o Options) (*DB, error) {
	d := &DB{path: path, options: o, version: len(steps), readers: newReaders(path)}
	d.free = sync.NewCond(&d.mu)
	d.hooks = storage.Hooks{ByIndex: byIndex, Lessee: d.lesseeID, Erased: func() { d.wantsCheckpoint = true }} // or name and address stay in the log
	d.life, d.end = context.WithCancel(context.Background())
	if o.ReadOnly {
		return d, nil
	}
	var err error
	if d.writer, err = dialRetrying(ctx, path, writing); err != nil {
		return nil, err
	}
	// A log that has grown in one large change is cut back to four times its usual size.
	if err := d.writer.run("PRAGMA journal_size_limit = 16777216"); err != nil {
		return nil, cmp.Or(err, d.writer.close())
	}
	if err := d.rememberFiles(); err != nil {
		return nil, cmp.Or(err, d.writer.close())
	}
	if err := d.rememberContent(); err != nil {
		return nil, cmp.Or(err, d.writer.close())
	}
	d.unwritable = d.tryWriting()
	return d, nil
}
