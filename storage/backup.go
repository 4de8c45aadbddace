package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// timeOfBackup is the time in the name of a backup; names sort by it.
const timeOfBackup = "20060102T150405.000Z"

// backup copies the file before a migration to one beside it, named after its
// version and the time, such as accounts.db.v3-20260131T101500.123Z.backup. One
// is kept for each version: a migration that fails at every start must not fill
// the disk.
func backup(ctx context.Context, c *conn, version int, now time.Time) error {
	prefix := fmt.Sprintf("%s.v%d-", c.path, version)
	to := prefix + now.UTC().Format(timeOfBackup) + ".backup"
	if err := copyTo(ctx, c, to); err != nil {
		return err
	}
	older, _ := filepath.Glob(escapeGlob(prefix) + "*.backup") // the pattern is a good one
	for _, name := range older {
		if name < to {
			_ = os.Remove(name)
		}
	}
	return nil
}

// copyTo copies what a connection sees to a new file, which appears complete or
// not at all, private to the user and synced. VACUUM INTO reads one snapshot, so
// it finishes although others write; SQLite's incremental backup starts over at
// every write.
func copyTo(ctx context.Context, c *conn, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return existsError(to)
	}
	unfinished := to + ".new"
	defer removeAll(unfinished)
	removeAll(unfinished)
	// VACUUM INTO accepts an empty file. Creating it here sets its mode before there is data in it.
	f, err := os.OpenFile(unfinished, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return fileError("back up to", to, err)
	}
	defer f.Close()
	if _, err := c.pinned.ExecContext(ctx, "VACUUM INTO $1", unfinished); err != nil {
		return translate(c.path, err)
	}
	if err := f.Sync(); err != nil {
		return fileError("back up to", to, err)
	}
	return publish(unfinished, to)
}

// Backup copies the database to a new file while it is used, and checks the copy:
// it is complete, sound, private to the user, and on the disk. It refuses a file
// that exists. Errors: unavailable, busy.
func (d *DB) Backup(ctx context.Context, to string) error {
	to, err := filepath.Abs(to)
	if err != nil {
		return fileError("back up to", to, err)
	}
	c, err := dialRetrying(ctx, d.path, copying)
	if err != nil {
		return err
	}
	defer c.close()
	if err := copyTo(ctx, c, to); err != nil {
		return err
	}
	if err := checkCopy(ctx, to); err != nil {
		return cmp.Or(err, os.Remove(to))
	}
	return nil
}

// checkCopy reads the whole of a file that is not open.
func checkCopy(ctx context.Context, path string) error {
	copied := &DB{path: path}
	return copied.quickCheck(ctx)
}

// Restore puts a backup in the place of a database. The backup is checked first:
// it must be of this program, of a version that the program knows, and sound. The
// database that was there is kept under the name that Restore returns, with its
// log; "" when there was none. It refuses while another process has the database
// open. The backup stays as it is.
// Errors: not_found (no backup), invalid (another program's file), unavailable, busy.
func Restore(ctx context.Context, from, to string, o Options) (kept string, err error) {
	o = o.withDefaults()
	if from, err = existingFile(from); err != nil {
		return "", err
	}
	if to, err = filepath.Abs(to); err != nil {
		return "", fileError("restore", to, err)
	}
	steps, err := loadMigrations(o.migrations)
	if err != nil {
		return "", err
	}
	if _, err := examine(ctx, from, steps); err != nil {
		return "", err
	}
	if err := checkCopy(ctx, from); err != nil {
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
	unfinished := to + ".new"
	defer removeAll(unfinished)
	removeAll(unfinished)
	if err := copyFile(from, unfinished); err != nil {
		return "", fileError("restore", to, err)
	}
	if kept, err = moveAway(to, o.Now()); err != nil {
		return "", err
	}
	return kept, publish(unfinished, to)
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

// copyFile copies a file to a new one, private to the user and synced.
func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return cmp.Or(err, target.Sync(), target.Close())
}

// DailyBackup makes a backup of the day in a folder, unless there is one, and then
// removes the oldest ones beyond keep. made is its path; "" when there was one.
// Processes may ask at the same time. Errors: unavailable, busy.
func (d *DB) DailyBackup(ctx context.Context, folder string, keep int) (made string, err error) {
	const layout = "2006-01-02"
	base := filepath.Base(d.path)
	name := func(day string) string { return filepath.Join(folder, base+"."+day+".backup") }
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fileError("back up to", folder, err)
	}
	lockFile, err := lock(ctx, filepath.Join(folder, base))
	if err != nil {
		return "", err
	}
	defer lockFile.Close()
	today := name(d.Now().UTC().Format(layout))
	if _, err := os.Stat(today); err == nil {
		return "", nil
	}
	if err := d.Backup(ctx, today); err != nil {
		return "", err
	}
	all, _ := filepath.Glob(escapeGlob(filepath.Join(folder, base)) + ".[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].backup")
	slices.Sort(all)
	for _, old := range all[:max(0, len(all)-keep)] {
		_ = os.Remove(old)
	}
	return today, nil
}

// escapeGlob makes a pattern that only the path itself matches. Windows has no
// escapes in patterns.
func escapeGlob(path string) string {
	if filepath.Separator == '\\' {
		return path
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}
