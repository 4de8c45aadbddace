package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Tx is one transaction, valid until the function that it was given to
// returns, and for that function's goroutine alone. The files of this package
// give it a method for each thing that can be read or changed.
type Tx struct {
	// Now is the one instant at which everything in this transaction happens:
	// UTC, in whole milliseconds, as it is stored.
	Now time.Time

	ctx   context.Context
	conn  *conn
	fatal error // set when SQLite may have ended the transaction by itself
	over  bool
}

func newTx(ctx context.Context, c *conn, now time.Time) *Tx {
	return &Tx{Now: now.UTC().Truncate(time.Millisecond), ctx: ctx, conn: c}
}

// Context returns the context of the call that this transaction is for.
func (t *Tx) Context() context.Context { return t.ctx }

// exec runs a changing statement and returns how many rows it touched.
func (t *Tx) exec(query string, args ...any) (affected int64, err error) {
	s, err := t.stmt(query)
	if err != nil {
		return 0, err
	}
	result, err := s.Exec(args...)
	if err != nil {
		return 0, t.fault(err)
	}
	affected, err = result.RowsAffected()
	return affected, t.fault(err)
}

// row reads the first row of a query into dest; sql.ErrNoRows when there is
// none. A statement with RETURNING runs to its end.
func (t *Tx) row(query string, args []any, dest ...any) error {
	s, err := t.stmt(query)
	if err != nil {
		return err
	}
	return t.fault(s.QueryRow(args...).Scan(dest...))
}

// rows calls scan for each row of a query, in order; scan's own error ends it
// and is returned as it is. scan must not run the same query again.
func (t *Tx) rows(query string, args []any, scan func(scan func(dest ...any) error) error) error {
	s, err := t.stmt(query)
	if err != nil {
		return err
	}
	rows, err := s.Query(args...)
	if err != nil {
		return t.fault(err)
	}
	defer rows.Close()
	read := func(dest ...any) error { return t.fault(rows.Scan(dest...)) }
	for rows.Next() {
		if err := t.ctx.Err(); err != nil {
			return stopped(err)
		}
		if err := scan(read); err != nil {
			return err
		}
	}
	return t.fault(rows.Err())
}

// stmt is where every statement passes: not after the end, not after SQLite
// gave the transaction up, and not for a caller that has gone.
func (t *Tx) stmt(query string) (*sql.Stmt, error) {
	switch {
	case t.over:
		return nil, &backend.Error{Code: backend.CodeInternal, Message: "The program used a transaction after its end.", Err: errors.New(query)}
	case t.fatal != nil:
		return nil, t.fatal
	case t.ctx.Err() != nil:
		return nil, stopped(t.ctx.Err())
	}
	return t.conn.prepare(query)
}

func (t *Tx) fault(err error) error {
	if err == nil {
		return nil
	}
	err = fault(t.conn.path, err)
	if endsTransaction(err) {
		t.fatal = err
	}
	return err
}
