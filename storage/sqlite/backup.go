package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
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
	// VACUUM INTO accepts an empty file, which has its mode before there is data in it.
	f, err := createUnfinished(ctx, to)
	if err != nil {
		return fileError("back up to", to, err)
	}
	unfinished := f.Name()
	defer removeAll(unfinished)
	defer f.Close()
	if _, err := c.pinned.ExecContext(ctx, "VACUUM INTO $1", unfinished); err != nil {
		return notMade(to, translate(c.path, err))
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
	if err := checkName(to); err != nil {
		return err
	}
	sweepCopies(filepath.Dir(to))
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

// factsVersion is the version of the schema that has facts.
const factsVersion = 7

// OpenBackup opens a backup of any version that this program knows, for reading only,
// and checks all of it. It leaves no other file beside it.
// Errors: not_found, invalid (another program's file), unavailable, busy.
func OpenBackup(ctx context.Context, path string) (*DB, error) {
	path, err := existingFile(path)
	if err != nil {
		return nil, err
	}
	o := Options{ReadOnly: true}.withDefaults()
	steps, err := loadMigrations(o.migrations)
	if err != nil {
		return nil, err
	}
	head, err := examine(ctx, path, steps)
	if err != nil {
		return nil, err
	}
	if err := checkCopy(ctx, path); err != nil {
		if backend.ErrorCode(err) == backend.CodeBusy {
			return nil, err
		}
		return nil, &backend.Error{Code: backend.CodeUnavailable, Message: path + " is damaged; restore another backup.", Err: err}
	}
	return start(ctx, path, steps[:head.version], o)
}

// HasFacts reports whether the file is new enough to have facts.
func (d *DB) HasFacts() bool { return d.version >= factsVersion }

// escapeGlob makes a pattern that only the path itself matches. Windows has no
// escapes in patterns.
func escapeGlob(path string) string {
	if filepath.Separator == '\\' {
		return path
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}
