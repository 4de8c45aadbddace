package postgres

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// The codes of errors, SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html).
const (
	uniqueViolation      = "23505"
	serializationFailure = "40001"
	deadlock             = "40P01"
	lockNotAvailable     = "55P03"
	readOnlyTransaction  = "25006"
	diskFull             = "53100"
	classResources       = "53"    // of which diskFull and tooManyConnections are told on their own
	noDatabase           = "3D000" // it was dropped
	notInState           = "55000" // such as: it takes no connections (ALLOW_CONNECTIONS)
	notAText             = "22021"
	tooManyConnections   = "53300"
	undefinedTable       = "42P01"
	statementTimeout     = "57014" // or someone's pg_cancel_backend
	idleTimeout          = "25P03"
	transactionTimeout   = "25P04"
	unknownStatement     = "26000"
	duplicateStatement   = "42P05"
	changedPlan          = "0A000" // of a prepared statement, since a table has another column now
	classConnection      = "08"
	classShutdown        = "57P"
	classAuthorization   = "28"
	classSystem          = "58"
	classDamage          = "XX"
)

// retryAfter is how long a caller is asked to wait where the database cannot be reached: a standby is
// promoted within seconds.
const retryAfter = 2 * time.Second

// oldSentence is for a primary that is alone, after another one was seen in its place: what was acknowledged since
// is not there. A program that is started then knows of no other.
const oldSentence = "The database that answers is an old primary: changes that were acknowledged since another one took its place are not in it. Start that one again; or, where it is lost, start this program again to go on with the old one."

const lateSentence = "The database did not answer in time; nothing was changed, try again in a moment."

// translate turns an error of the driver into a *backend.Error, by its SQLSTATE and never by its text.
// Its sentence names no host. sql.ErrNoRows and a *backend.Error are returned as they are. ctx is the
// caller's: where that has not ended, the time for one try has.
func (s *Store) translate(ctx context.Context, err error) error {
	var known *backend.Error
	if err == nil || errors.Is(err, sql.ErrNoRows) || errors.As(err, &known) {
		return err
	}
	isLate := errors.Is(err, context.DeadlineExceeded) || errors.Is(ctx.Err(), context.DeadlineExceeded)
	switch {
	case isLate && s.isSilent():
		return &backend.Error{Code: backend.CodeDatabaseAway, RetryAfter: retryAfter, Err: err, Message: lateSentence}
	case ctx.Err() != nil:
		return storage.CancelledError(ctx.Err())
	}
	fail := func(code backend.Code, message string) error {
		return &backend.Error{Code: code, Message: message, Err: err}
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return unanswered(err)
	}
	if sentence := closedSentence(pg.Code); sentence != "" {
		return fail(backend.CodeDatabaseAway, sentence)
	}
	if sentence := operatorSentence(pg.Code); sentence != "" {
		return fail(backend.CodeUnavailable, sentence)
	}
	switch {
	case pg.Code == statementTimeout, strings.HasPrefix(pg.Code, classResources) && pg.Code != tooManyConnections:
		return &backend.Error{Code: backend.CodeBusy, RetryAfter: retryAfter, Err: err,
			Message: "The database has too much to do, and broke this off; nothing was changed, try again in a moment."}
	case pg.Code == serializationFailure, pg.Code == deadlock, pg.Code == lockNotAvailable:
		return fail(backend.CodeBusy, "Too much is being changed in the database now; nothing was changed, try again in a moment.")
	case pg.Code == notAText:
		return fail(backend.CodeInvalid, "This text has a character that cannot be kept (NUL, or no UTF-8). Remove it.")
	case isTransient(err):
		return errUnreachable(err)
	}
	return errMistake(err)
}

// unanswered is translate for an error that is not the server's answer to a statement.
func unanswered(err error) error {
	var connect *pgconn.ConnectError
	var notDurable *notDurableError
	switch {
	case errors.As(err, &notDurable):
		return &backend.Error{Code: backend.CodeDatabaseAway, Message: notDurable.sentence(), Err: err}
	case errors.As(err, &connect) && errors.Is(err, errOldPrimary):
		return &backend.Error{Code: backend.CodeDatabaseAway, Message: oldSentence, Err: err}
	case errors.As(err, &connect):
		return errUnreachable(err)
	case errors.Is(err, context.DeadlineExceeded):
		return &backend.Error{Code: backend.CodeBusy, RetryAfter: retryAfter, Err: err, Message: lateSentence}
	case isLost(err):
		return errUnreachable(err)
	}
	return errMistake(err) // the driver refuses an argument
}

// closedSentence says why a database takes no connections until its operator has done something, "" for
// another error.
func closedSentence(code string) string {
	switch {
	case code == noDatabase:
		return "The database is not there any more, and nothing was changed. Put a backup in its place."
	case code == notInState:
		return "The database takes no connections, and nothing was changed. Let it (ALTER DATABASE … ALLOW_CONNECTIONS true)."
	case strings.HasPrefix(code, classAuthorization):
		return "The database refuses the user or the password, and nothing was changed. Correct them."
	}
	return ""
}

// operatorSentence says what the operator of the database has to do about an error, "" for one of which that
// is not so.
func operatorSentence(code string) string {
	switch {
	case code == diskFull:
		return "The disk of the database is full, so nothing was changed; free some space and try again."
	case code == undefinedTable:
		return "The database has no accounts any more. Put a backup in its place."
	case code == insufficientPrivilege:
		return "The role of this program may no longer do that in the database, and nothing was changed. Make it the owner of the tables again."
	case code == unknownStatement, code == duplicateStatement:
		return "A pooler in front of the database mixes up prepared statements, and nothing was changed. Put default_query_exec_mode=exec into the address, and start the program again."
	case strings.HasPrefix(code, classSystem), strings.HasPrefix(code, classDamage):
		return "The database has a fault of its own, and nothing was changed. Look into the log of PostgreSQL."
	}
	return ""
}

func errMistake(err error) error {
	return &backend.Error{Code: backend.CodeInternal, Message: "The program made a mistake with the database, and nothing was changed.", Err: err}
}

// translateCommit is translate for the end of a change. Where the answer was lost it is not known
// whether the change was made.
func (s *Store) translateCommit(ctx context.Context, err error) error {
	var pg *pgconn.PgError
	if err == nil || errors.As(err, &pg) && !strings.HasPrefix(pg.Code, classShutdown) && !strings.HasPrefix(pg.Code, classConnection) {
		return s.translate(ctx, err)
	}
	if errors.Is(err, context.DeadlineExceeded) { // the connection is whole, and most often a standby is away
		return &backend.Error{Code: backend.CodeUnknownOutcome, Err: err,
			Message: "The database, or the standby that it waits for, did not confirm in time, so it is not known whether this was done. Look, before you try again."}
	}
	return &backend.Error{Code: backend.CodeUnknownOutcome, Err: err,
		Message: "The connection to the database broke, so it is not known whether this was done. Look, before you try again."}
}

// errUnconfirmed is about a commit that is on the disk of the primary alone.
func errUnconfirmed(err error) error {
	return &backend.Error{Code: backend.CodeUnknownOutcome, Err: err,
		Message: "The database did not hear from its standby, so it is not known whether this was done. Look, before you try again."}
}

func errUnreachable(err error) error {
	return &backend.Error{Code: backend.CodeDatabaseAway, RetryAfter: retryAfter, Err: err,
		Message: "The database cannot be reached now; nothing was changed, try again in a moment."}
}

// isTransient reports whether a transaction that has failed before its commit may be made when it is
// tried again at once. What failed with the connection was surely not made.
func isTransient(err error) bool {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return isLost(err)
	}
	switch {
	case pg.Code == serializationFailure, pg.Code == deadlock, pg.Code == lockNotAvailable, pg.Code == readOnlyTransaction, pg.Code == tooManyConnections,
		pg.Code == idleTimeout, pg.Code == transactionTimeout, pg.Code == changedPlan:
		return true
	}
	return strings.HasPrefix(pg.Code, classConnection) || strings.HasPrefix(pg.Code, classShutdown)
}

// isLost reports whether an error is of the connection, and not of what was passed to the driver.
func isLost(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, context.DeadlineExceeded) || errors.Is(err, net.ErrClosed) || errors.Is(err, pgconn.ErrConnClosed) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) ||
		pgconn.SafeToRetry(err)
}

func hasState(err error, code string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == code
}
