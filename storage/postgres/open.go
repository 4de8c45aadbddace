package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// Create makes the tables in an empty database, with what fill writes; fill may be nil. They appear
// complete or not at all. It refuses a database that has tables already.
// Without fill, tables that another process has just made are as good.
// Errors: unavailable, busy, invalid, and fill's own.
func Create(ctx context.Context, url string, o Options, fill func(*storage.Tx) error) error {
	s, err := connect(ctx, url, o)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.checkServer(ctx); err != nil {
		return s.atStart(err)
	}
	return s.atStart(s.create(ctx, fill))
}

// create makes the tables in one transaction.
func (s *Store) create(ctx context.Context, fill func(*storage.Tx) error) error {
	return s.locked(ctx, func(t *session) error {
		var tables int
		if err := t.conn.QueryRow(ctx, countTables).Scan(&tables); err != nil {
			return s.translate(ctx, err)
		}
		version, err := s.version(ctx, t.conn)
		switch {
		case backend.ErrorCode(err) == backend.CodeInvalid:
			return err // of another program: it cannot be opened
		case tables > 0 && fill == nil && err == nil && version == len(known):
			return nil // another process was first
		}
		if tables > 0 {
			return backend.Errorf(backend.CodeUnavailable, "%s has tables already and was left as it is; open it, or name an empty database.", s.name)
		}
		if err := s.migrate(ctx, t.conn, 0); err != nil || fill == nil {
			return err
		}
		return run(s.newTx(ctx, t), fill)
	})
}

// Open opens a database with accounts, and makes its tables those of this program.
// Errors: not_found for a database without any tables; invalid, unavailable, busy.
// Read only, it is that of the primary, or of a standby where no host is one.
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	s, err := openOne(ctx, url, o)
	if o.ReadOnly && errors.Is(err, errReadOnlyServer) {
		o.takesStandby = true
		return openOne(ctx, url, o)
	}
	return s, err
}

func openOne(ctx context.Context, url string, o Options) (*Store, error) {
	s, err := connect(ctx, url, o)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(s.atStart(err), s.Close())
	}
	return s, nil
}

// Version returns the version of the tables, which Open has made those of this program.
func (s *Store) Version() int { return len(known) }

// prepare applies the migrations that are pending.
func (s *Store) prepare(ctx context.Context) error {
	if err := s.checkServer(ctx); err != nil {
		return err
	}
	if !s.options.takesStandby {
		s.probe(ctx)
	}
	version, err := s.version(ctx, s.pool)
	switch {
	case err != nil, version == len(known) && s.options.ReadOnly:
		return err
	case version == len(known):
		return s.forgetNumbers(ctx)
	}
	if s.options.ReadOnly {
		return backend.Errorf(backend.CodeUnavailable, "%s was made by an older version of the program; open it once without read-only.", s.name)
	}
	return s.locked(ctx, func(t *session) error {
		version, err := s.version(ctx, t.conn) // again: another server may have been first
		if err != nil {
			return err
		}
		return s.migrate(ctx, t.conn, version)
	})
}

// The numbers of transactions begin anew in a database that was filled from a copy by pg_dump: those that
// came with the journal would count as later than every new one, so they become older ones.
const (
	hasForeignNumbers    = `SELECT EXISTS (SELECT 1 FROM journal WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())::TEXT::BIGINT)`
	forgetForeignNumbers = `UPDATE journal SET xid = 0 WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())::TEXT::BIGINT`
)

// forgetNumbers makes the journal one whose transactions were made here, or before.
func (s *Store) forgetNumbers(ctx context.Context) error {
	var has bool
	if err := s.pool.QueryRow(ctx, hasForeignNumbers).Scan(&has); err != nil || !has {
		return s.translate(ctx, err)
	}
	return s.locked(ctx, func(t *session) error {
		_, err := t.Exec(forgetForeignNumbers, nil)
		return err
	})
}

// maxClockDifference is by how much the clocks of servers and of their database may differ: leases
// and the expiry of codes compare instants of different machines.
const maxClockDifference = 2 * time.Second

// oldestVersion is the oldest PostgreSQL that is supported upstream and has what the statements use.
const oldestVersion = 130000

const (
	selectServer = `SELECT current_setting('server_version_num')::int, current_setting('server_encoding'), extract(epoch FROM clock_timestamp())::float8`
	countTables  = `SELECT COUNT(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v')
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = pg_class.oid AND d.deptype = 'e')` // not those of extensions
)

// checkServer refuses a server on which the rules do not hold.
func (s *Store) checkServer(ctx context.Context) error {
	var version int
	var encoding string
	var seconds float64
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return s.translate(ctx, err)
	}
	defer conn.Release()
	asked := time.Now() // not before: to connect may take longer than clocks may differ
	if err := conn.QueryRow(ctx, selectServer).Scan(&version, &encoding, &seconds); err != nil {
		return s.translate(ctx, err)
	}
	took, there := time.Since(asked), time.UnixMicro(int64(seconds*1e6))
	switch ahead := there.Sub(asked); {
	case version < oldestVersion:
		return backend.Errorf(backend.CodeUnavailable, "%s runs on a PostgreSQL before 13; use a newer one.", s.name)
	case encoding != "UTF8":
		return backend.Errorf(backend.CodeUnavailable, "%s has the encoding %s; make another (createdb --encoding UTF8 --template template0), and name that.", s.name, encoding)
	case ahead < -maxClockDifference || ahead > maxClockDifference+took:
		return backend.Errorf(backend.CodeUnavailable, "The clocks of this machine and of the %s differ by %s; set them right, and start the program again.", s.name, ahead.Abs().Round(time.Second))
	}
	return nil
}

// schemaLock is the advisory lock under which tables are made: the letters "pinghome" as a number.
const schemaLock = 0x70696e67686f6d65

// locked runs fn in a transaction that no other process runs at the same time.
func (s *Store) locked(ctx context.Context, fn func(*session) error) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return s.translate(ctx, err)
	}
	t := &session{ctx: ctx, caller: ctx, conn: conn, store: s, options: writes, isMaking: true}
	defer t.end()
	if _, err := t.Exec(`SELECT pg_advisory_xact_lock($1)`, []any{int64(schemaLock)}); err != nil {
		return err
	}
	if err := fn(t); err != nil {
		return err
	}
	return t.commit()
}
