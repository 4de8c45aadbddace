package sqlite

import (
	"cmp"
	"context"
	_ "embed" // of schema.sql
	"time"
)

// schema is what all migrations make of an empty file. A new file gets it at once, since
// each migration that alters a table lets SQLite read the whole schema again. A test
// writes it from the migrations, and compares both.
//
//go:embed schema.sql
var schema string

// initialise makes an empty file one to which all migrations were applied, without
// syncing it.
func initialise(ctx context.Context, path string, steps []migration, o Options) error {
	c, err := dialRetrying(ctx, path, building)
	if err != nil {
		return err
	}
	if o.schema == "" {
		err = apply(ctx, c, 0, steps, o.Now)
	} else {
		err = applySchema(ctx, c, o.schema, steps, o.Now())
	}
	if err == nil {
		err = c.run(moveLog)
	}
	return cmp.Or(err, c.close())
}

// moveLog moves the write-ahead log into the file. Closing does so, too, but does not tell when that fails, as on a full
// disk, and a file without its log is damaged.
const moveLog = "PRAGMA wal_checkpoint(TRUNCATE)"

// applySchema is all of apply in one transaction.
func applySchema(ctx context.Context, c *conn, schema string, steps []migration, now time.Time) error {
	run := func(text string, args ...any) error {
		_, err := c.pinned.ExecContext(ctx, text, args...)
		return translate(c.path, err)
	}
	if err := run("BEGIN IMMEDIATE;" + schema + versionPragmas(len(steps))); err != nil {
		return err
	}
	for _, step := range steps {
		if err := run(insertMigration, step.version, step.name, step.hash, now.UnixMilli()); err != nil {
			return err
		}
	}
	return run("COMMIT")
}
