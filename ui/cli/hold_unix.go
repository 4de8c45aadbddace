//go:build unix

package cli

import (
	"os"
	"syscall"
)

// hold takes a folder without waiting. Closing the file, or dying, lets go of it.
func hold(dir string) (lock *os.File, isHeld bool) {
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

// isMine reports whether a folder is this user's.
func isMine(info os.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid()
}
