package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

//go:embed migrations/*.sql
var embeddedFiles embed.FS

func embedded() fs.FS {
	sub, err := fs.Sub(embeddedFiles, "migrations")
	if err != nil {
		panic(err) // the name is a constant
	}
	return sub
}

// migration is one numbered step of the schema. Its version is its place in the
// list, from 1, and is stored in the file as user_version.
type migration struct {
	version         int
	name, sql, hash string // hash is SHA-256 in hexadecimal
}

// migrationCode is what some migrations do after their SQL, in the same transaction,
// because SQL cannot.
//
// 0016_stopped.sql fills what 0011_reach.sql made: what that reads has columns of this one.
var migrationCode = map[string]func(*storage.Tx) error{"0009_targets.sql": storage.CanonicaliseAll, "0013_numbers.sql": storage.CanonicaliseCounted,
	"0014_emails.sql": storage.KeepEmails, "0016_stopped.sql": storage.FillMissingReaches}

// loadMigrations reads 0001_name.sql, 0002_name.sql and so on, without gaps.
// The hash ignores the difference between line ends, which a checkout on Windows
// changes.
func loadMigrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, schemaError(err)
	}
	steps := make([]migration, 0, len(names))
	for i, name := range names { // Glob sorts
		number, _, _ := strings.Cut(name, "_")
		if n, err := strconv.Atoi(number); err != nil || n != i+1 || len(number) != 4 {
			return nil, schemaError(fmt.Errorf("migration %d is named %s", i+1, name))
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, schemaError(err)
		}
		sum := sha256.Sum256(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))
		steps = append(steps, migration{i + 1, name, string(text), hex.EncodeToString(sum[:])})
	}
	return steps, nil
}

func schemaError(err error) error {
	return &backend.Error{Code: backend.CodeInternal, Message: "The program was built with a faulty schema.", Err: err}
}

// schema_migrations records the migrations that were applied to a file.
const (
	createMigrations = `CREATE TABLE IF NOT EXISTS schema_migrations
		(version INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT`
	insertMigration = `INSERT INTO schema_migrations (version, name, hash, applied_at) VALUES ($1, $2, $3, $4)`
	selectMigration = `SELECT name, hash FROM schema_migrations WHERE version = $1`
)

// checkApplied refuses a file to which migrations with the same numbers but other
// text were applied, as by a build from another branch.
func checkApplied(c *conn, version int, steps []migration) error {
	for _, step := range steps[:version] {
		var name, hash string
		if err := c.scan(selectMigration, []any{step.version}, &name, &hash); err != nil {
			return translate(c.path, err)
		}
		if hash != step.hash {
			return &backend.Error{Code: backend.CodeUnavailable,
				Message: fmt.Sprintf("%s was made by another build of the program (its migration %s differs); open it with that one.", c.path, name),
				Err:     fmt.Errorf("migration %d: applied %s, known %s", step.version, hash, step.hash)}
		}
	}
	var applied int
	if err := c.scan("SELECT MAX(version) FROM schema_migrations", nil, &applied); version > 0 && err == nil && applied != version {
		return damagedError(c.path, fmt.Errorf("it has version %d, and the migrations up to %d", version, applied))
	}
	return nil
}

// prepareFile applies the pending migrations to a file, after a backup, and turns on
// its write-ahead log. No other process can do so at the same time.
func prepareFile(ctx context.Context, path string, steps []migration, o Options) error {
	lockFile, err := lock(ctx, path)
	if err != nil {
		return err
	}
	defer lockFile.Close()
	h, err := examine(ctx, path, steps) // again: another process may have prepared the file while this one waited
	if err != nil {
		return err
	}
	c, err := dialRetrying(ctx, path, writing) // this turns on the write-ahead log
	if err != nil {
		return err
	}
	if h.version < len(steps) && !o.isCopy {
		if err := backup(ctx, c, h.version, o.Now()); err != nil {
			return cmp.Or(err, c.close())
		}
	}
	return cmp.Or(apply(ctx, c, h.version, steps, o.Now), c.close())
}

// apply runs the steps after version, each in a transaction with its version
// number, its row in schema_migrations and the application id.
func apply(ctx context.Context, c *conn, version int, steps []migration, now func() time.Time) error {
	for _, step := range steps[version:] {
		if err := retry(ctx, time.Now().Add(lockWait), func() error { return c.run("BEGIN IMMEDIATE") }); err != nil {
			return err
		}
		err := applyStep(ctx, c, step, now())
		if err == nil {
			err = c.run("COMMIT")
		}
		if err != nil {
			_ = c.run("ROLLBACK")
			return translate(c.path, err)
		}
	}
	return nil
}

// versionPragmas are the statements that say whose file it is, and of which version.
func versionPragmas(version int) string {
	return fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, version)
}

func applyStep(ctx context.Context, c *conn, step migration, now time.Time) error {
	for _, text := range []string{
		createMigrations,
		step.sql,
		versionPragmas(step.version),
	} {
		if _, err := c.pinned.ExecContext(ctx, text); err != nil {
			return translate(c.path, fmt.Errorf("%s: %w", step.name, err))
		}
	}
	if code := migrationCode[step.name]; code != nil {
		if err := code(c.tx(ctx, now)); err != nil {
			return err
		}
	}
	_, err := c.pinned.ExecContext(ctx, insertMigration, step.version, step.name, step.hash, now.UnixMilli())
	return err
}
