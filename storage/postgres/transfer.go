package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// Snapshot is Read for what reads everything: it takes as long as it takes, and is not tried again.
func (s *Store) Snapshot(ctx context.Context, fn func(*storage.Tx) error) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return s.translate(ctx, err)
	}
	t := &session{ctx: ctx, caller: ctx, conn: conn, store: s, options: reads}
	defer t.end()
	if err := t.waitForAll(); err != nil {
		return err
	}
	if err := run(s.newTx(ctx, t), fn); err != nil {
		return err
	}
	return t.fatal
}

// waitForAll lets the transaction take as long as it takes, also between its statements.
func (s *session) waitForAll() error {
	for _, set := range []string{`SET LOCAL statement_timeout = 0`, `SET LOCAL idle_in_transaction_session_timeout = 0`} {
		if _, err := s.Exec(set, nil); err != nil {
			return err
		}
	}
	return nil
}

// A standby does not tell who changes its primary.
const countOthers = `SELECT COUNT(*) + pg_is_in_recovery()::int FROM pg_stat_activity
	WHERE datname = current_database() AND split_part(application_name, ' ', 1) = $1 AND pid <> ALL($2)`

// lingering is how long the connection of a process that has ended may still be there.
const lingering = 2 * time.Second

// CheckUnused refuses a database that other processes of pinghome are connected to: busy.
func (s *Store) CheckUnused(ctx context.Context) error {
	for until := time.Now().Add(lingering); ; {
		others, err := s.countOthers(ctx)
		switch {
		case err != nil:
			return s.translate(ctx, err)
		case others == 0:
			return nil
		case time.Now().After(until):
			return backend.Errorf(backend.CodeBusy, "%s is in use. Stop every pinghome that has it open, and try again.", s.name)
		}
		select {
		case <-ctx.Done():
			return storage.CancelledError(ctx.Err())
		case <-time.After(longestPause):
		}
	}
}

// countOthers counts the connections of other processes.
func (s *Store) countOthers(ctx context.Context) (n int, err error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Release()
	ours := []uint32{conn.Conn().PgConn().PID()}
	for _, idle := range s.pool.AcquireAllIdle(ctx) {
		ours = append(ours, idle.Conn().PgConn().PID())
		defer idle.Release()
	}
	err = conn.QueryRow(ctx, countOthers, program, ours).Scan(&n)
	return n, err
}

var _ storage.Loader = (*session)(nil)

// BeginLoad is that of storage.Loader. The counts of reaches, above all, would be changed in few rows
// for each account, which becomes slower with each change that the same transaction has made.
func (s *session) BeginLoad(tables []storage.Table) error {
	if err := s.waitForAll(); err != nil {
		return err
	}
	return s.forAll(tables, func(t storage.Table) string { return "ALTER TABLE " + t.Name + " DISABLE TRIGGER USER" })
}

// Load is that of storage.Loader, by COPY.
func (s *session) Load(table string, columns []string, rows [][]any) error {
	if err := s.refuse("COPY " + table); err != nil {
		return err
	}
	_, err := s.conn.Conn().CopyFrom(s.ctx, pgx.Identifier{table}, columns, pgx.CopyFromRows(rows))
	return s.translate(err)
}

// countReaches does what the triggers of reaches would have done.
const countReaches = `UPDATE reach_counts SET number = counted.number
	FROM (SELECT rank, hashtext(customer_id) & 63 AS part, COUNT(*) AS number FROM reaches GROUP BY 1, 2) AS counted
	WHERE reach_counts.rank = counted.rank AND reach_counts.part = counted.part`

// EndLoad is that of storage.Loader. Without statistics, the first queries would read whole tables.
func (s *session) EndLoad(tables []storage.Table) error {
	for _, sql := range []func(storage.Table) string{
		func(t storage.Table) string { return "ALTER TABLE " + t.Name + " ENABLE TRIGGER USER" },
		func(t storage.Table) string {
			if !t.IsNumbered() {
				return ""
			}
			return "SELECT setval(pg_get_serial_sequence('" + t.Name + "', 'sequence'), GREATEST(MAX(sequence), 1), COALESCE(MAX(sequence), 0) >= 1) FROM " + t.Name
		},
		func(t storage.Table) string { return "ANALYZE " + t.Name },
	} {
		if err := s.forAll(tables, sql); err != nil {
			return err
		}
	}
	_, err := s.Exec(countReaches, nil)
	return err
}

// forAll runs a statement for each table, but where that is "".
func (s *session) forAll(tables []storage.Table, sql func(storage.Table) string) error {
	for _, t := range tables {
		if statement := sql(t); statement != "" {
			if _, err := s.Exec(statement, nil); err != nil {
				return err
			}
		}
	}
	return nil
}
