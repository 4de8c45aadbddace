package sqlite

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Restore puts a backup in the place of a database. The backup is checked first:
// it must be of this program, of a version that the program knows, and sound. The
// database that was there is kept under the name that Restore returns, with its
// log; "" when there was none. It refuses while another process has the database
// open. The backup stays as it is. check looks at the restored database, brought up
// to date, before it is put in its place; its error ends the work.
// Errors: not_found (no backup), invalid (another program's file), unavailable, busy.
func Restore(ctx context.Context, from, to string, o Options, check func(*DB) error) (kept string, err error) {
	o = o.withDefaults()
	if from, err = filepath.Abs(from); err != nil {
		return "", fileError("find", from, err)
	}
	if info, err := os.Stat(from); err != nil || !info.Mode().IsRegular() {
		return "", backend.Errorf(backend.CodeNotFound, "There is no backup at %s; name another file.", from)
	}
	if to, err = filepath.Abs(to); err != nil {
		return "", fileError("restore", to, err)
	}
	steps, err := loadMigrations(o.migrations)
	if err != nil {
		return "", err
	}
	if err := checkBackup(ctx, from, to, steps); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return "", fileError("restore", to, err)
	}
	lockFile, err := lock(ctx, to)
	if err != nil {
		return "", err
	}
	defer lockFile.Close()
	if err := checkUnused(ctx, to); err != nil {
		return "", err
	}
	f, err := createUnfinished(ctx, to)
	if err != nil {
		return "", fileError("restore", to, err)
	}
	unfinished := f.Name()
	defer removeAll(unfinished)
	defer f.Close()
	if err := copyFile(from, f); err != nil {
		return "", fileError("restore", to, err)
	}
	if err := tryCopy(ctx, unfinished, o, check); err != nil {
		return "", err
	}
	if kept, err = moveAway(to, o.Now()); err != nil {
		return "", err
	}
	return kept, publish(unfinished, to)
}

// checkBackup refuses what cannot be restored.
func checkBackup(ctx context.Context, from, to string, steps []migration) error {
	source, err := os.Stat(from)
	if target, targetErr := os.Stat(to); err == nil && targetErr == nil && os.SameFile(source, target) {
		return backend.Errorf(backend.CodeInvalid, "%s is the database itself; name a backup.", from)
	}
	_, err = examine(ctx, from, steps)
	if backend.ErrorCode(err) == backend.CodeInvalid {
		return backend.Errorf(backend.CodeInvalid, "%s is not a backup of pinghome, so nothing was changed; name another file.", from)
	}
	if err == nil {
		err = checkCopy(ctx, from)
	} else if !isDamage(err) {
		return err
	}
	if err != nil && backend.ErrorCode(err) != backend.CodeBusy {
		return &backend.Error{Code: backend.CodeUnavailable,
			Message: from + " is damaged, so nothing was changed; restore another backup.", Err: err}
	}
	return err
}

// tryCopy opens a copy of a backup as a program would.
func tryCopy(ctx context.Context, path string, o Options, check func(*DB) error) error {
	o.isCopy, o.Backups = true, nil
	d, err := Open(ctx, path, o)
	if err != nil {
		return err
	}
	return cmp.Or(check(d), d.Close())
}

// checkUnused refuses a database that another process has open.
func checkUnused(ctx context.Context, path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	inUse := backend.Errorf(backend.CodeBusy, "%s is in use. Stop every pinghome that has it open, and try again.", path)
	c, err := dial(ctx, path, exclusive)
	if isBusy(err) {
		return inUse
	}
	if err != nil {
		if isDamage(err) || backend.ErrorCode(err) == backend.CodeUnavailable {
			return nil // what cannot be opened is what a backup is for
		}
		return err
	}
	defer c.close()
	if err := c.run("BEGIN EXCLUSIVE"); isBusy(err) {
		return inUse
	}
	_ = c.run("ROLLBACK")
	return nil
}

// moveAway gives a database another name, with what SQLite keeps beside it: applied
// to another database, its log would damage that.
func moveAway(path string, now time.Time) (kept string, err error) {
	kept = path + ".before-" + now.UTC().Format(timeOfBackup)
	isThere := false
	for _, end := range []string{"-wal", "-shm", "-journal", ""} {
		err := os.Rename(path+end, kept+end)
		switch {
		case err == nil:
			isThere = true
		case !errors.Is(err, fs.ErrNotExist):
			return "", fileError("move", path+end, err)
		}
	}
	if !isThere {
		return "", nil
	}
	return kept, nil
}

// copyFile copies a file to an empty one, and syncs that.
func copyFile(from string, to *os.File) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	_, err = io.Copy(to, source)
	return cmp.Or(err, to.Sync())
}
