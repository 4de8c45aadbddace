package storage

import (
	"context"
	"time"
)

// Tx is one transaction. It is valid until the function that it was passed to
// returns, and only on that function's goroutine. The files of this package define
// a method for each thing that can be read or changed.
type Tx struct {
	// Now is the time of everything in this transaction: UTC, in whole
	// milliseconds, as it is stored.
	Now time.Time

	ctx     context.Context
	session Session
	hooks   Hooks

	unsettled []string // the customers whose reach may have changed; see reach.go
	after     []func()
}

// Session is a transaction as an engine runs its statements. Their arguments are $1, $2 and so on, by
// first appearance. Errors are a *backend.Error, but for sql.ErrNoRows.
type Session interface {
	// Exec runs a statement that writes, and returns how many rows it changed.
	Exec(query string, args []any) (affected int64, err error)
	// Insert runs a statement that inserts a row into the journal, and returns the number that the row
	// got; sql.ErrNoRows when it inserted none.
	Insert(query string, args []any) (number int64, err error)
	// Row reads the first row of a query into dest; sql.ErrNoRows when there is none. A statement
	// with RETURNING is run to its end.
	Row(query string, args, dest []any) error
	// Rows calls scan for each row of a query, in order. An error of scan ends it and is returned as
	// it is. scan must not run the same query.
	Rows(query string, args []any, scan func(scan func(dest ...any) error) error) error
	// Lock makes transactions that lock the same name come one after the other, to their ends.
	Lock(name string) error
	// LockShared makes what locks the same name by Lock come before, or after the end of this transaction;
	// others that share it may be at the same time.
	LockShared(name string) error
	// LockAccount makes changes of an account, by its id, come one after the other to their ends, for
	// a transaction that is not about this one alone.
	LockAccount(id string) error
	// IsUnique reports whether an error says that there is a row with this key, or with these values
	// of a unique index, already.
	IsUnique(err error) bool
}

// Hooks are what an engine wants to be asked or told, each nil or empty where it does not.
type Hooks struct {
	// ByIndex makes a query read a table by the index that is named after it, with spaces around it.
	ByIndex string
	// JournalEnd is the query of a number, and ChangedSince that of the accounts with entries in the
	// journal from such a number on, at most as many as its second argument says: for an engine that
	// shows entries in another order than that of their sequences.
	JournalEnd, ChangedSince string
	// Lessee returns the id under which this process leases messages.
	Lessee func() string
	// Ahead returns by how much the clock of the transactions is ahead of this machine's; nil where they
	// are the same.
	Ahead func() time.Duration
	// Erased is called when what belongs to a person was deleted, and must not be left anywhere.
	Erased func()
}

// NewTx returns a transaction for an engine. now is its time.
func NewTx(ctx context.Context, s Session, now time.Time, h Hooks) *Tx {
	return &Tx{Now: now.UTC().Truncate(time.Millisecond), ctx: ctx, session: s, hooks: h}
}

// Run runs what a caller of Change does, and what has to follow it in the same transaction. Engines
// call it.
func (t *Tx) Run(fn func(*Tx) error) error {
	if err := fn(t); err != nil {
		return err
	}
	return t.settleReaches()
}

// AfterCommit makes fn run when what this transaction did is durable, and not at all when it was undone,
// or that is not known.
func (t *Tx) AfterCommit(fn func()) { t.after = append(t.after, fn) }

// Committed runs what waits for the commit. Engines call it, on the goroutine of the caller.
func (t *Tx) Committed() {
	for _, fn := range t.after {
		fn()
	}
}

// Lock makes transactions that lock the same name come one after the other, to their ends. It is for
// what does not belong to the account of the change.
func (t *Tx) Lock(name string) error { return t.session.Lock(name) }

// LockShared lets no Lock of the same name come before the end of this transaction.
func (t *Tx) LockShared(name string) error { return t.session.LockShared(name) }

// LockAccount lets no other change of an account come before the end of this one. What a change that is
// about several accounts, or about none, reads and then writes of one is read after it.
func (t *Tx) LockAccount(id string) error { return t.session.LockAccount(id) }

// Context returns the context that Change or Read was called with.
func (t *Tx) Context() context.Context { return t.ctx }

// Session returns the transaction as its engine sees it, for statements of the engine's own.
func (t *Tx) Session() Session { return t.session }

// exec runs a statement that writes, and returns how many rows it changed.
func (t *Tx) exec(query string, args ...any) (affected int64, err error) {
	return t.session.Exec(query, args)
}

// row reads the first row of a query into dest; see Session.
func (t *Tx) row(query string, args []any, dest ...any) error {
	return t.session.Row(query, args, dest)
}

// rows calls scan for each row of a query; see Session.
func (t *Tx) rows(query string, args []any, scan func(scan func(dest ...any) error) error) error {
	return t.session.Rows(query, args, scan)
}
