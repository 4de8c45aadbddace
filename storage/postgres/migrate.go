package postgres

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/account-settings/pinghome/backend"
)

//go:embed migrations/*.sql
var files embed.FS

// migration is one numbered step of the schema. Its version is its place in the list, from 1.
type migration struct{ name, sql, hash string }

// known are the migrations of this program, in their order.
var known = embedded()

func embedded() []migration {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	list := make([]migration, len(names))
	for i, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			panic(err) // it is embedded
		}
		sum := sha256.Sum256(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))) // as a checkout on Windows has it
		list[i] = migration{name, string(text), hex.EncodeToString(sum[:])}
	}
	return list
}

const (
	createMigrations = `CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at BIGINT NOT NULL)`
	insertMigration  = `INSERT INTO schema_migrations (version, name, hash, applied_at) VALUES ($1, $2, $3, $4)`
	selectMigrations = `SELECT name, hash FROM schema_migrations ORDER BY version`
	hasMigrations    = `SELECT COUNT(*) = 4 FROM pg_attribute WHERE attrelid = to_regclass('schema_migrations') AND attname IN ('version', 'name', 'hash', 'applied_at')`
)

// queryer is a pool or a connection.
type queryer interface {
	Query(ctx context.Context, query string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) pgx.Row
	Exec(ctx context.Context, query string, args ...any) (pgconn.CommandTag, error)
}

// version is how many migrations were applied to a database, which have to be those of this program.
func (s *Store) version(ctx context.Context, q queryer) (version int, err error) {
	var isOurs bool
	if err := q.QueryRow(ctx, hasMigrations).Scan(&isOurs); err != nil {
		return 0, s.translate(ctx, err)
	}
	if !isOurs {
		return 0, s.withoutAccounts(ctx, q)
	}
	rows, err := q.Query(ctx, selectMigrations)
	if err != nil {
		return 0, s.translate(ctx, err)
	}
	defer rows.Close()
	for rows.Next() {
		var name, hash string
		if err := rows.Scan(&name, &hash); err != nil {
			return 0, s.translate(ctx, err)
		}
		switch {
		case version >= len(known):
			return 0, backend.Errorf(backend.CodeUnavailable, "%s was made by a newer version of the program; use that one.", s.name)
		case hash != known[version].hash:
			return 0, backend.Errorf(backend.CodeUnavailable, "%s was made by another build of the program (its migration %s differs); open it with that one.", s.name, name)
		}
		version++
	}
	return version, s.translate(ctx, rows.Err())
}

// withoutAccounts is the error about a database that has not our tables.
func (s *Store) withoutAccounts(ctx context.Context, q queryer) error {
	var tables int
	if err := q.QueryRow(ctx, countTables).Scan(&tables); err != nil {
		return s.translate(ctx, err)
	}
	if tables > 0 {
		return backend.Errorf(backend.CodeInvalid, "%s belongs to another program; name another database.", s.name)
	}
	return backend.Errorf(backend.CodeNotFound, "%s has no accounts yet.", s.name)
}

// migrate applies the migrations after a version.
func (s *Store) migrate(ctx context.Context, tx queryer, version int) error {
	if _, err := tx.Exec(ctx, createMigrations); err != nil {
		return s.translate(ctx, err)
	}
	for i, step := range known[version:] {
		if _, err := tx.Exec(ctx, step.sql); err != nil {
			return s.translate(ctx, fmt.Errorf("%s: %w", step.name, err))
		}
		if _, err := tx.Exec(ctx, insertMigration, version+i+1, step.name, step.hash, s.Now().UnixMilli()); err != nil {
			return s.translate(ctx, err)
		}
	}
	return nil
}
