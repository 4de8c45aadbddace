package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// unfinishedMark ends the name of a file until it is complete. Its process has it
// locked, so that what a killed one has left is known by being unlocked.
const unfinishedMark = ".unfinished"

// formerMark is what older versions wrote at the end. They did not lock the file.
const formerMark = ".new"

// formerAge is after how long a file with the former mark is taken for one that was
// left: no copy takes that long without being written to.
const formerAge = time.Hour

// unfinishedWait is how long createUnfinished tries again: another process that starts has such a file locked for a
// moment, to find out whether it was left.
const unfinishedWait = time.Second

// createUnfinished makes the empty file that becomes path, private to the user, and
// locks it until it is closed. What a killed process has left there is removed.
// Errors: busy, when another process makes the same file; unavailable.
func createUnfinished(ctx context.Context, path string) (f *os.File, err error) {
	err = retryWhile(ctx, time.Now().Add(unfinishedWait), func() error {
		f, err = tryUnfinished(path)
		return err
	}, func(err error) bool { return backend.ErrorCode(err) == backend.CodeBusy })
	return f, err
}

// tryUnfinished is createUnfinished without waiting.
func tryUnfinished(path string) (*os.File, error) {
	name := path + unfinishedMark
	removeUnfinished(name)
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, backend.Errorf(backend.CodeBusy, "Another pinghome is writing %s; try again when it has finished.", path)
	}
	if err != nil {
		return nil, err
	}
	// Where a file system has no locks, nothing is removed there either.
	isLocked, lockErr := tryLock(f)
	if lockErr != nil || !isLocked && isStill(f, name) {
		return f, nil //nolint:nilerr // it is complete without a lock, too
	}
	f.Close() // another process took it for one that was left, before it was locked
	return nil, backend.Errorf(backend.CodeBusy, "Other programs keep %s from being written; try again.", path)
}

// removeUnfinished removes an unfinished file whose process has ended, with what is
// kept beside it. Others stay: one that is locked, is no file, or is another user's.
func removeUnfinished(name string) {
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || !isOwn(info) {
		return
	}
	if isPublished(name, info) {
		// Not opened: closing it would end the locks that SQLite has on the other name.
		_ = os.Remove(name)
		return
	}
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return
	}
	isLocked, err := tryLock(f)
	isLeft := err == nil && !isLocked && isStill(f, name)
	if isLeft && canRemoveOpen {
		removeAll(name) // while it is locked: none can take it in between
	}
	f.Close()
	if isLeft && !canRemoveOpen {
		removeAll(name)
	}
}

// isPublished reports whether a file has its final name already, too.
func isPublished(name string, info fs.FileInfo) bool {
	for _, mark := range []string{unfinishedMark, formerMark} {
		if path, hasMark := strings.CutSuffix(name, mark); hasMark {
			final, err := os.Lstat(path)
			return err == nil && os.SameFile(final, info)
		}
	}
	return false
}

// sweepUnfinished removes what killed processes have left of a database: of the file
// itself, of copies before migrations, and of backups of a day in a folder ("": none).
func sweepUnfinished(path, backups string, now time.Time) {
	removeUnfinished(path + unfinishedMark)
	// Of the former name only what is certainly no file of a person's.
	if info, err := os.Lstat(path + formerMark); err == nil && (info.Size() == 0 || isPublished(path+formerMark, info)) {
		removeUnfinished(path + formerMark)
	}
	copies := []string{escapeGlob(path) + ".v*.backup"}
	if backups != "" {
		copies = append(copies, escapeGlob(filepath.Join(backups, filepath.Base(path)))+".*.backup")
	}
	for _, pattern := range copies {
		for _, name := range glob(pattern + unfinishedMark) {
			removeUnfinished(name)
		}
		for _, name := range glob(pattern + formerMark) {
			if info, err := os.Lstat(name); err == nil && now.Sub(info.ModTime()) > formerAge {
				removeUnfinished(name)
			}
		}
	}
}

// sweep removes what killed processes have left of a database.
func (o Options) sweep(path string) {
	folder := ""
	if o.Backups != nil {
		folder = o.Backups.Folder
	}
	sweepUnfinished(path, folder, o.Now())
}

// sweepCopies removes unfinished copies of any name from a folder.
func sweepCopies(folder string) {
	for _, name := range glob(filepath.Join(escapeGlob(folder), "*") + unfinishedMark) {
		removeUnfinished(name)
	}
}

// glob returns the files with names that match. The pattern must be a good one.
func glob(pattern string) []string {
	found, _ := filepath.Glob(pattern)
	return found
}

// checkName refuses to make a file with a name that is for unfinished ones.
func checkName(path string) error {
	if strings.HasSuffix(path, unfinishedMark) {
		return backend.Errorf(backend.CodeUnavailable, "Names that end in %s are for unfinished files, which are removed; choose another name than %s.", unfinishedMark, path)
	}
	return nil
}
