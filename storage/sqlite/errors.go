package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// translate turns an error of the driver into a *backend.Error, by SQLite's
// result codes (https://sqlite.org/rescode.html) and never by text. nil,
// sql.ErrNoRows and a *backend.Error are returned as they are.
func translate(path string, err error) error {
	var known *backend.Error
	if err == nil || errors.Is(err, sql.ErrNoRows) || errors.As(err, &known) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return storage.CancelledError(err)
	}
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return &backend.Error{Code: backend.CodeInternal, Message: "The program made a mistake with the accounts file.", Err: err}
	}
	code, message := backend.CodeInternal, "The program made a mistake with the accounts file %s, and nothing was changed. If that comes again, stop every pinghome and put a backup in its place (pinghome restore FILE)."
	if isFull(e) {
		e.Code = sqlite3.ErrFull
	}
	if known, ok := resultCodes[e.Code]; ok {
		code, message = known.code, known.message
	}
	return &backend.Error{Code: code, Message: fmt.Sprintf(message, path), Err: err}
}

// isFull reports whether the disk is full. Then the index of the log cannot be made either, which reading needs, too.
func isFull(e sqlite3.Error) bool {
	return e.Code == sqlite3.ErrFull || e.Code == sqlite3.ErrIoErr && e.SystemErrno == syscall.ENOSPC
}

// notMade is the error of a new file that is to have a path. On a full disk it names that one, and not the file that was
// read for it, nor the one under another name that was to become it.
func notMade(path string, err error) error {
	if e, isSQLite := errors.AsType[sqlite3.Error](err); !isSQLite || !isFull(e) {
		return err
	}
	return &backend.Error{Code: backend.CodeUnavailable, Message: fmt.Sprintf("The disk is full, so %s was not made; free some space and try again.", path), Err: err}
}

// damagedMessage says how to restore a backup. Restore moves the log away with the
// file: SQLite would apply it to the backup.
const damagedMessage = "%s is damaged. Stop every pinghome, and put a backup in its place (pinghome restore FILE); the damaged file is kept."

// resultCodes are the primary result codes that a person can do something about.
// sqlite3.Error.Code is the primary code of every extended one.
var resultCodes = map[sqlite3.ErrNo]struct {
	code    backend.Code
	message string
}{
	sqlite3.ErrBusy:      {backend.CodeBusy, "Another program is writing to %s; nothing was changed, try again in a moment."},
	sqlite3.ErrLocked:    {backend.CodeBusy, "Another part of this program holds %s; nothing was changed, try again in a moment."},
	sqlite3.ErrProtocol:  {backend.CodeBusy, "Too many programs open %s at once; try again in a moment."},
	sqlite3.ErrInterrupt: {backend.CodeBusy, "The work on %s was interrupted; nothing was changed, try again."},
	sqlite3.ErrFull:      {backend.CodeUnavailable, "The disk is full, so %s was not changed; free some space and try again."},
	sqlite3.ErrReadonly:  {backend.CodeReadOnly, "%s cannot be written; check the permissions of the file and of its folder."},
	sqlite3.ErrCorrupt:   {backend.CodeUnavailable, damagedMessage},
	sqlite3.ErrNotADB:    {backend.CodeUnavailable, damagedMessage},
	sqlite3.ErrCantOpen:  {backend.CodeUnavailable, "%s cannot be opened; check that you may read and write it and its folder."},
	sqlite3.ErrIoErr:     {backend.CodeUnavailable, "The disk failed while working on %s and nothing was changed; check the disk, then try again."},
	sqlite3.ErrPerm:      {backend.CodeUnavailable, "You may not use %s; check the permissions of the file and of its folder."},
	sqlite3.ErrAuth:      {backend.CodeUnavailable, "You may not use %s; check the permissions of the file and of its folder."},
	sqlite3.ErrNomem:     {backend.CodeUnavailable, "There is not enough memory to work on %s; close other programs and try again."},
}

// isUnique reports whether err says that there is a row with this key, or with
// these values of a unique index, already.
func isUnique(err error) bool {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.ExtendedCode {
	case sqlite3.ErrConstraintUnique, sqlite3.ErrConstraintPrimaryKey, sqlite3.ErrConstraintRowID:
		return true
	}
	return false
}

// isBusy reports whether err says that another connection has a lock, so that
// trying again helps.
func isBusy(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && (e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrProtocol)
}

// endsTransaction reports whether SQLite may have rolled back the whole
// transaction because of err (https://sqlite.org/lang_transaction.html,
// "Response To Errors Within A Transaction").
func endsTransaction(err error) bool {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code {
	case sqlite3.ErrFull, sqlite3.ErrIoErr, sqlite3.ErrNomem, sqlite3.ErrBusy, sqlite3.ErrInterrupt, sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return true
	}
	return false
}

// isSQLite reports whether err has one of SQLite's primary result codes.
func isSQLite(err error, codes ...sqlite3.ErrNo) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && slices.Contains(codes, e.Code)
}

// isDamage reports whether err says that the file is damaged.
func isDamage(err error) bool {
	var e sqlite3.Error
	isShort := errors.As(err, &e) && e.ExtendedCode == sqlite3.ErrIoErrShortRead // the log was cut off
	return isShort || isSQLite(err, sqlite3.ErrCorrupt, sqlite3.ErrNotADB)
}
