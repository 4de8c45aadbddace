// Package postgres keeps all accounts in a PostgreSQL database, behind as many servers as it takes.
// It is an engine of package storage, which has the statements.
//
// A change is one transaction under READ COMMITTED. It begins with a lock on the row of the account
// that it is about, so that changes of one account come one after the other, and those of different
// accounts beside one another: SERIALIZABLE is no more correct, and makes strangers try again.
// BEGIN and the lock go out with the first statement, in one round trip.
package postgres

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// Options are how a database is opened. The zero value has the defaults.
type Options struct {
	// ReadOnly refuses every change with backend.CodeReadOnly.
	ReadOnly bool
	// Connections is how many a process takes at most, where the address does not say pool_max_conns; 0 means 16.
	Connections int32
	// Now is the clock of the transactions; nil means that of the database.
	Now func() time.Time
	// Wait is how long a change may take until its commit, with all tries where other changes or a lost
	// connection have kept it from being made, before it fails with backend.CodeBusy or
	// backend.CodeDatabaseAway; 0 means 5 seconds. A reading, which its caller repeats, has three fifths
	// of it; those of storage.Long have no bound.
	Wait time.Duration
	// Observer is told of commits, and of what waits for them; nil for none.
	Observer storage.Observer

	takesStandby bool // a server that takes no changes will do
}

func (o Options) withDefaults() Options {
	if o.Wait <= 0 {
		o.Wait = 5 * time.Second
	}
	return o
}

// Store is an open database. It is safe for use by many goroutines at once.
type Store struct {
	pool     *pgxpool.Pool
	name     string
	options  Options
	timeline atomic.Int64 // the latest one that was seen
	probed   atomic.Int64 // when the hosts were asked for theirs last, in nanoseconds since 1970
	clock    atomic.Pointer[reading]
	// hasSeveralHosts: the address has more than one, so that one may take the place of another.
	hasSeveralHosts bool
	heard           atomic.Int64 // when the database answered last, in nanoseconds since 1970
}

var _ storage.Store = (*Store)(nil)

// Name is that of storage.Store.
func (s *Store) Name() string { return s.name }

// Close closes all connections.
func (s *Store) Close() error {
	s.pool.Close()
	return nil
}

// hooks let what has changed be found by the transactions that have ended: one with a smaller number in
// the journal may end later.
var hooks = storage.Hooks{
	JournalEnd:   `SELECT pg_snapshot_xmin(pg_current_snapshot())::TEXT::BIGINT`,
	ChangedSince: `SELECT DISTINCT customer_id FROM journal WHERE xid >= $1 LIMIT $2`,
}

var (
	reads         = pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	writes        = pgx.TxOptions{IsoLevel: pgx.ReadCommitted, AccessMode: pgx.ReadWrite}
	noTransaction = pgx.TxOptions{}
)

// Read is that of storage.Store.
func (s *Store) Read(ctx context.Context, fn func(*storage.Tx) error) error {
	return s.again(ctx, s.options.Wait*3/5, transaction{reads, storage.NoAccount, fn})
}

// ReadOne is that of storage.Store.
func (s *Store) ReadOne(ctx context.Context, fn func(*storage.Tx) error) error {
	return s.again(ctx, s.options.Wait*3/5, transaction{noTransaction, storage.NoAccount, fn})
}

// Change is that of storage.Store.
func (s *Store) Change(ctx context.Context, account string, fn func(*storage.Tx) error) error {
	if s.options.ReadOnly {
		return backend.Errorf(backend.CodeReadOnly, "%s is open for reading only; start without read-only to change something.", s.name)
	}
	return s.again(ctx, s.options.Wait, transaction{writes, account, fn})
}

// firstPause and longestPause are how long after a transaction that could not be made it is tried
// again: twice as long each time.
const (
	firstPause   = 2 * time.Millisecond
	longestPause = 250 * time.Millisecond
)

// transaction is one as it is asked for.
type transaction struct {
	options pgx.TxOptions
	account string
	fn      func(*storage.Tx) error
}

// again tries to make a transaction until it is made, or its failure is not transient, or the time for it
// is over.
func (s *Store) again(ctx context.Context, wait time.Duration, t transaction) error {
	until := time.Now().Add(wait)
	bounded := ctx
	if !storage.IsLong(ctx) {
		var cancel context.CancelFunc
		bounded, cancel = context.WithDeadline(ctx, until)
		defer cancel()
	}
	var last error // of a try that may be repeated
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		err, mayRepeat := s.try(ctx, bounded, t)
		switch {
		case err != nil && last != nil && errors.Is(ctx.Err(), context.DeadlineExceeded):
			return last // which says more than that the caller's time is over
		case isAway(err):
			s.probeAgain()
		}
		if !mayRepeat || time.Now().Add(pause).After(until) {
			return err
		}
		last = err
		if s.options.Observer != nil {
			s.options.Observer.TriedAgain()
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// isAway reports whether an error may come from a primary whose place another one has taken.
func isAway(err error) bool {
	code := backend.ErrorCode(err)
	return code == backend.CodeDatabaseAway || code == backend.CodeUnknownOutcome
}

// try makes a transaction once, in the time of bounded, which is at most that of ctx. mayRepeat says that
// it was not made, and may be when it is tried again.
func (s *Store) try(ctx, bounded context.Context, of transaction) (err error, mayRepeat bool) {
	o, asked := of.options, s.asked(of)
	conn, err := s.pool.Acquire(bounded)
	if err != nil {
		return s.translate(ctx, err), ctx.Err() == nil && isTransient(err)
	}
	t := &session{ctx: bounded, caller: ctx, conn: conn, store: s, options: o, account: of.account, asked: asked}
	defer t.end()
	tx := s.newTx(ctx, t)
	t.tx = tx
	err = run(tx, of.fn)
	t.ended = true
	switch {
	case t.fatal != nil: // also when fn ignored the error
		return t.fatal, t.isTransient
	case err != nil || o != writes || !t.begun:
		return err, err != nil && t.unique != nil && errors.Is(err, t.unique) // the change of another came first; what it wrote is seen now
	}
	if err := t.observedCommit(); err != nil {
		return err, false
	}
	t.end() // what runs after the commit needs connections, too
	tx.Committed()
	return nil, false
}

// newTx returns the transaction of a session.
func (s *Store) newTx(ctx context.Context, t *session) *storage.Tx {
	h := hooks
	h.Ahead = s.Ahead
	return storage.NewTx(ctx, t, s.Now(), h)
}

// run runs fn. A panic continues as a *storage.Panic, as with every engine.
func run(t *storage.Tx, fn func(*storage.Tx) error) error {
	defer func() {
		if v := recover(); v != nil {
			panic(storage.NewPanic(v))
		}
	}()
	return t.Run(fn)
}

// Outlook is that of storage.Store.
func (s *Store) Outlook(ctx context.Context, maxAge time.Duration) (o storage.Outlook, err error) {
	err = s.Read(ctx, func(tx *storage.Tx) (err error) {
		o, err = tx.Outlook("", maxAge)
		return err
	})
	return o, err
}

// ReleaseLeasesOfDead does nothing: leases of a server that is gone end by their time.
func (s *Store) ReleaseLeasesOfDead(context.Context) error { return nil }

// CheckBeside does nothing: PostgreSQL looks for damage itself, with data checksums.
func (s *Store) CheckBeside(context.Context) error { return nil }

// AwaitChange is unsupported: a NOTIFY with every change would halve the rate of changes. Readers ask
// for the revision.
func (s *Store) AwaitChange(context.Context, uint64) (uint64, error) {
	return 0, backend.Errorf(backend.CodeUnsupported, "The database does not tell of changes.")
}
