//go:build unix

package storage

import (
	"errors"
	"os"
	"syscall"
)

// tryLock takes the lock of an open file without waiting; held says that
// somebody else has it. Closing the file, or dying, releases it.
func tryLock(f *os.File) (held bool, err error) {
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return true, nil
	}
	return false, err
}

// syncDir makes the names in a folder as durable as the files they name.
func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}
