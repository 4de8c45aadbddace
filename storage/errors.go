package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/mattn/go-sqlite3"

	"github.com/account-settings/pinghome/backend"
)

// fault turns an error of the driver into a *backend.Error, by SQLite's
// result codes and never by text (https://sqlite.org/rescode.html). nil,
// sql.ErrNoRows and what is a *backend.Error already stay as they are.
func fault(path string, err error) error {
	var known *backend.Error
	if err == nil || errors.Is(err, sql.ErrNoRows) || errors.As(err, &known) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return stopped(err)
	}
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return &backend.Error{Code: backend.CodeInternal, Message: "The program made a mistake with the accounts file.", Err: err}
	}
	code, message := backend.CodeInternal, "The program made a mistake with the accounts file %s, and nothing was changed. If that comes again, copy a backup to its place."
	if known, ok := faults[e.Code]; ok {
		code, message = known.code, known.message
	}
	return &backend.Error{Code: code, Message: fmt.Sprintf(message, path), Err: err}
}

// damage says how to restore. The journal has to go with the file, since
// SQLite would play it into the backup.
const damage = "%s is damaged. Stop every pinghome, move this file and its companions ending in -wal and -shm away, and copy a backup to its place."

// faults are the primary result codes that a person can do something about.
// An extended code says more in its upper bits, so each stands for its family.
var faults = map[sqlite3.ErrNo]struct {
	code    backend.Code
	message string
}{
	sqlite3.ErrBusy:      {backend.CodeBusy, "Another program is writing to %s; nothing was changed, try again in a moment."},
	sqlite3.ErrLocked:    {backend.CodeBusy, "Another part of this program holds %s; nothing was changed, try again in a moment."},
	sqlite3.ErrProtocol:  {backend.CodeBusy, "Too many programs open %s at once; try again in a moment."},
	sqlite3.ErrInterrupt: {backend.CodeBusy, "The work on %s was interrupted; nothing was changed, try again."},
	sqlite3.ErrFull:      {backend.CodeUnavailable, "The disk is full, so %s was not changed; free some space and try again."},
	sqlite3.ErrReadonly:  {backend.CodeReadOnly, "%s cannot be written; check the permissions of the file and of its folder."},
	sqlite3.ErrCorrupt:   {backend.CodeUnavailable, damage},
	sqlite3.ErrNotADB:    {backend.CodeInvalid, "%s is not a pinghome file; choose another one, or copy a backup to its place."},
	sqlite3.ErrCantOpen:  {backend.CodeUnavailable, "%s cannot be opened; check that you may read and write it and its folder."},
	sqlite3.ErrIoErr:     {backend.CodeUnavailable, "The disk failed while working on %s and nothing was changed; check the disk, then try again."},
	sqlite3.ErrPerm:      {backend.CodeUnavailable, "You may not use %s; check the permissions of the file and of its folder."},
	sqlite3.ErrAuth:      {backend.CodeUnavailable, "You may not use %s; check the permissions of the file and of its folder."},
	sqlite3.ErrNomem:     {backend.CodeUnavailable, "There is not enough memory to work on %s; close other programs and try again."},
}

// stopped is the answer to a caller whose context ended before anything was changed.
func stopped(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return &backend.Error{Code: backend.CodeBusy, Message: "This took too long, so nothing was changed; try again.", Err: err}
	}
	return &backend.Error{Code: backend.CodeBusy, Message: "This was cancelled; nothing was changed.", Err: err}
}

// isUnique reports whether err says that a row with this key, or with these
// values of a unique index, is there already.
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

// isBusy reports whether err says that somebody else holds a lock, so that
// waiting helps.
func isBusy(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && (e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrProtocol)
}

// endsTransaction reports whether SQLite may have rolled the whole
// transaction back by itself because of err (https://sqlite.org/lang_transaction.html,
// "Response To Errors Within A Transaction").
func endsTransaction(err error) bool {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code {
	case sqlite3.ErrFull, sqlite3.ErrIoErr, sqlite3.ErrNomem, sqlite3.ErrBusy, sqlite3.ErrInterrupt, sqlite3.ErrCorrupt:
		return true
	}
	return false
}
