//go:build unix

package cli

import (
	"os"
	"syscall"
)

// lockFolder locks a folder, or fails at once if it is locked. The lock ends
// when the file is closed or the process ends.
func lockFolder(dir string) (lock *os.File, isLocked bool) {
	lock, err := os.Open(dir)
	if err != nil {
		return nil, false
	}
	if syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		lock.Close()
		return nil, false
	}
	return lock, true
}

// isOwn reports whether a folder belongs to this user.
func isOwn(info os.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid()
}
