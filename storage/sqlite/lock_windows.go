package sqlite

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// tryLock takes the lock of an open file without waiting; isLocked says that
// another process has it. Closing the file, or the end of the process, releases it.
func tryLock(f *os.File) (isLocked bool, err error) {
	// Locks are mandatory there: the byte is behind all that is ever written to the file.
	err = windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY,
		0, 1, 0, &windows.Overlapped{OffsetHigh: 1 << 30})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return true, nil
	}
	return false, err
}

// canRemoveOpen says that a file can be removed while it is open.
const canRemoveOpen = false

// isOwn is true: there are no owners by number, and others may not remove the file.
func isOwn(os.FileInfo) bool { return true }

// syncDir does nothing: Windows has no way to flush a folder.
func syncDir(string) error { return nil }
