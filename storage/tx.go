package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Tx is one transaction. It is valid until the function that it was passed to
// returns, and only on that function's goroutine. The files of this package define
// a method for each thing that can be read or changed.
type Tx struct {
	// Now is the time of everything in this transaction: UTC, in whole
	// milliseconds, as it is stored.
	Now time.Time

	ctx   context.Context
	conn  *conn
	fatal error // not nil once SQLite may have ended the transaction by itself
	ended bool  // the function has returned

	unsettled []string // the customers whose reach may have changed; see reach.go

	lessee func() string // the id under which this process leases; nil where nothing can be leased

	wantsCheckpoint *bool // of the DB; nil where nothing can be changed
}

func newTx(ctx context.Context, c *conn, now time.Time) *Tx {
	return &Tx{Now: now.UTC().Truncate(time.Millisecond), ctx: ctx, conn: c}
}

// Context returns the context that Change or Read was called with.
func (t *Tx) Context() context.Context { return t.ctx }

// exec runs a statement that writes, and returns how many rows it changed.
func (t *Tx) exec(query string, args ...any) (affected int64, err error) {
	s, err := t.stmt(query)
	if err != nil {
		return 0, err
	}
	result, err := s.Exec(args...)
	if err != nil {
		return 0, t.translate(err)
	}
	affected, err = result.RowsAffected()
	return affected, t.translate(err)
}

// row reads the first row of a query into dest; sql.ErrNoRows when there is none.
// A statement with RETURNING is run to its end.
func (t *Tx) row(query string, args []any, dest ...any) error {
	s, err := t.stmt(query)
	if err != nil {
		return err
	}
	return t.translate(s.QueryRow(args...).Scan(dest...))
}

// rows calls scan for each row of a query, in order. An error of scan ends it and is
// returned as it is. scan must not run the same query.
func (t *Tx) rows(query string, args []any, scan func(scan func(dest ...any) error) error) error {
	s, err := t.stmt(query)
	if err != nil {
		return err
	}
	rows, err := s.Query(args...)
	if err != nil {
		return t.translate(err)
	}
	defer rows.Close()
	read := func(dest ...any) error { return t.translate(rows.Scan(dest...)) }
	for rows.Next() {
		if err := t.ctx.Err(); err != nil {
			return contextError(err)
		}
		if err := scan(read); err != nil {
			return err
		}
	}
	return t.translate(rows.Err())
}

// stmt prepares a statement. Every statement of a transaction goes through it: it
// refuses them after the end, after SQLite gave up the transaction, and when the
// caller's context has ended.
func (t *Tx) stmt(query string) (*sql.Stmt, error) {
	switch {
	case t.ended:
		return nil, &backend.Error{Code: backend.CodeInternal, Message: "The program used a transaction after its end.", Err: errors.New(query)}
	case t.fatal != nil:
		return nil, t.fatal
	case t.ctx.Err() != nil:
		return nil, contextError(t.ctx.Err())
	}
	return t.conn.prepare(query)
}

// translate turns an error of the driver into a *backend.Error, and remembers one
// after which the transaction cannot be committed.
func (t *Tx) translate(err error) error {
	if err == nil {
		return nil
	}
	err = translate(t.conn.path, err)
	if endsTransaction(err) {
		t.fatal = err
	}
	return err
}
