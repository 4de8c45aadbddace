package sqlite

import (
	"syscall"
	"testing"

	"github.com/mattn/go-sqlite3"

	"github.com/account-settings/pinghome/backend"
)

// TestAFullDiskIsNoBrokenOne: where there is no room for the index of the log, SQLite reports an error of
// the disk, also to who reads.
func TestAFullDiskIsNoBrokenOne(t *testing.T) {
	failed := sqlite3.Error{Code: sqlite3.ErrIoErr, ExtendedCode: sqlite3.ErrIoErrSHMSize, SystemErrno: syscall.ENOSPC}
	wantRefusal(t, translate("accounts.db", failed), backend.CodeUnavailable, "The disk is full")
	failed.SystemErrno = syscall.EIO
	wantRefusal(t, translate("accounts.db", failed), backend.CodeUnavailable, "The disk failed")
}
