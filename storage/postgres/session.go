package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// session is a transaction on a connection. It begins with its first statement.
type session struct {
	ctx     context.Context // ends with the caller's, or with the time for one try
	caller  context.Context
	conn    *pgxpool.Conn
	store   *Store
	options pgx.TxOptions
	account string
	asked   time.Time // when the change was asked for; zero where there is no observer

	alsoLocked  []string    // accounts beside that one
	tx          *storage.Tx // nil where its time stays
	begun       bool
	isMaking    bool  // the tables are made or changed, by this program
	isReleased  bool  // the connection was given back
	ended       bool  // the function that has the transaction has returned
	fatal       error // of a statement: PostgreSQL has ended the transaction
	isTransient bool  // of fatal: the transaction may be made when it is tried again
	unique      error // of a statement, about a unique key
}

const (
	// lockAccount lets the changes of an account come one after the other, over all servers. It also
	// reads the version of the tables, as selectVersion does for what is about no account.
	lockAccount   = `SELECT (SELECT MAX(version) FROM schema_migrations) FROM customers WHERE id = $1 FOR UPDATE`
	selectVersion = `SELECT MAX(version) FROM schema_migrations`
)

// Exec runs a statement that writes.
func (s *session) Exec(query string, args []any) (affected int64, err error) {
	err = s.query(query, args, func(rows pgx.Rows) error {
		rows.Close()
		affected = rows.CommandTag().RowsAffected()
		return rows.Err()
	})
	return affected, err
}

// Insert runs a statement that inserts a row into the journal.
func (s *session) Insert(query string, args []any) (number int64, err error) {
	err = s.Row(query+" RETURNING sequence", args, []any{&number})
	return number, err
}

// Row reads the first row of a query.
func (s *session) Row(query string, args, dest []any) error {
	return s.query(query, args, func(rows pgx.Rows) error {
		isThere := rows.Next()
		if isThere {
			if err := rows.Scan(flags(dest)...); err != nil {
				return err
			}
		}
		rows.Close()
		if err := rows.Err(); err != nil || isThere {
			return err
		}
		return sql.ErrNoRows
	})
}

// Rows calls scan for each row of a query. All rows are read before the first call, since scan may
// run other queries, and a connection has one at a time.
func (s *session) Rows(query string, args []any, scan func(scan func(dest ...any) error) error) error {
	var fields []pgconn.FieldDescription
	var list [][][]byte
	err := s.query(query, args, func(rows pgx.Rows) error {
		fields = slices.Clone(rows.FieldDescriptions())
		for rows.Next() {
			list = append(list, cloned(rows.RawValues()))
		}
		rows.Close()
		return rows.Err()
	})
	if err != nil {
		return err
	}
	types := s.conn.Conn().TypeMap()
	for _, row := range list {
		read := func(dest ...any) error { return s.translate(pgx.ScanRow(types, fields, row, flags(dest)...)) }
		if err := scan(read); err != nil {
			return err
		}
	}
	return nil
}

// Lock takes a lock that the end of the transaction releases.
func (s *session) Lock(name string) error {
	_, err := s.Exec(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, []any{name})
	return err
}

// LockShared takes such a lock that several transactions can share.
func (s *session) LockShared(name string) error {
	_, err := s.Exec(`SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))`, []any{name})
	return err
}

// LockAccount locks the row of an account, unless this transaction has it already.
func (s *session) LockAccount(id string) error {
	if id == s.account || slices.Contains(s.alsoLocked, id) {
		return nil
	}
	_, err := s.Exec(lockAccount, []any{id})
	s.alsoLocked = append(s.alsoLocked, id)
	return err
}

// IsUnique reports whether an error is about a unique key.
func (s *session) IsUnique(err error) bool { return hasState(err, uniqueViolation) }

// query runs a statement and passes its rows to read, which closes them.
func (s *session) query(query string, args []any, read func(pgx.Rows) error) error {
	if err := s.refuse(query); err != nil {
		return err
	}
	if s.begun || s.options == noTransaction {
		s.begun = true
		rows, err := s.conn.Query(s.ctx, query, args...)
		if err != nil {
			return s.translate(err)
		}
		defer rows.Close()
		return s.translate(read(rows))
	}
	s.begun = true
	var batch pgx.Batch
	batch.BeginTx(s.options)
	switch {
	case s.options != writes || s.isMaking:
	case s.account != storage.NoAccount:
		batch.Queue(lockAccount, s.account)
	default:
		batch.Queue(selectVersion)
	}
	batch.Queue(query, args...)
	err := s.translate(s.first(&batch, read))
	s.observeTurn()
	if s.tx != nil { // the lock may have waited for others, whose changes are from before this time
		s.tx.Now = s.store.Now().UTC().Truncate(time.Millisecond)
	}
	return err
}

// first sends what begins a transaction, with the first statement, whose rows it passes to read.
func (s *session) first(batch *pgx.Batch, read func(pgx.Rows) error) (err error) {
	results := s.conn.SendBatch(s.ctx, batch)
	defer func() {
		if closed := results.Close(); err == nil || errors.Is(err, sql.ErrNoRows) && closed != nil {
			err = closed
		}
	}()
	if _, err := results.Exec(); err != nil {
		return err
	}
	if batch.Len() > 2 {
		var version *int // nil while the tables are made
		if err := results.QueryRow().Scan(&version); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if version != nil && *version > len(known) {
			return backend.Errorf(backend.CodeUnavailable, "Another version of the program has changed the tables of the %s; close this one and start the newest.", s.store.name)
		}
	}
	rows, err := results.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	return read(rows)
}

// refuse refuses a statement after the end, after a failed one, and when the caller's context has
// ended.
func (s *session) refuse(query string) error {
	fault := func(message string) error {
		return &backend.Error{Code: backend.CodeInternal, Message: message, Err: errors.New(strings.TrimSpace(query))}
	}
	switch {
	case s.ended:
		return fault("The program used a transaction after its end.")
	case s.fatal != nil:
		return s.fatal
	case s.caller.Err() != nil:
		return storage.CancelledError(s.caller.Err())
	case s.begun && s.options == noTransaction:
		return fault("The program ran two statements where one was allowed.")
	}
	return nil
}

// translate turns an error of the driver into a *backend.Error, and remembers it: PostgreSQL makes
// nothing more of a transaction in which a statement has failed.
func (s *session) translate(err error) error {
	s.store.hear(err)
	if err == nil || errors.Is(err, sql.ErrNoRows) {
		return err
	}
	raw := err
	var pg *pgconn.PgError
	isLate := errors.Is(err, context.DeadlineExceeded)                                        // a lock, or what is asked, takes too long, and the driver closes the connection
	if s.caller.Err() == nil && s.conn.Conn().IsClosed() && !errors.As(err, &pg) && !isLate { // however the driver says so
		err = errUnreachable(err)
	}
	err = s.store.translate(s.caller, err)
	switch {
	case s.IsUnique(raw): // the rules make a sentence of their own of it
		s.unique = err
	case s.fatal == nil:
		s.fatal, s.isTransient = err, s.caller.Err() == nil && (isTransient(raw) || s.conn.Conn().IsClosed() && !errors.As(raw, &pg))
	}
	return err
}

// commit ends a change. It goes on where the caller has gone: only the answer says what was changed.
func (s *session) commit() error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.caller), s.store.options.Wait)
	defer cancel()
	said := s.conn.Conn().PgConn().CustomData()
	delete(said, lastWarning)
	tag, err := s.conn.Exec(ctx, "COMMIT")
	switch {
	case err != nil:
		return s.store.translateCommit(ctx, err)
	case tag.String() == "ROLLBACK":
		return errMistake(errors.New("the commit of a transaction in which a statement had failed"))
	case said[lastWarning] != nil:
		return errUnconfirmed(fmt.Errorf("%v", said[lastWarning]))
	}
	return nil
}

// lastWarning is where a connection keeps the warning that the server gave last.
const lastWarning = "warning"

// noteWarning notes a warning. There is one with a commit whose wait for the standby was broken off: it is
// answered as done, and is lost if the primary is.
func noteWarning(c *pgconn.PgConn, n *pgconn.Notice) {
	if n.SeverityUnlocalized == "WARNING" {
		c.CustomData()[lastWarning] = n.Message
	}
}

// end gives the connection back. A transaction that is still open is rolled back beside the caller,
// who has the answer already.
func (s *session) end() {
	s.ended = true
	if s.isReleased {
		return
	}
	s.isReleased = true
	if s.conn.Conn().PgConn().TxStatus() == 'I' || s.conn.Conn().IsClosed() {
		s.conn.Release()
		return
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(s.caller), s.store.options.Wait)
		defer cancel()
		_, _ = s.conn.Exec(ctx, "ROLLBACK") // a connection on which that fails is not used again
		s.conn.Release()
	}()
}
