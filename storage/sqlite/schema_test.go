package sqlite

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/storage"
)

// TestTheSchemaIsWhatTheMigrationsMake compares a new file with one to which the
// migrations were applied one by one, with all that is in their tables. With
// PINGHOME_UPDATE=1 it writes schema.sql from the second.
func TestTheSchemaIsWhatTheMigrationsMake(t *testing.T) {
	stepwise, atOnce := filepath.Join(t.TempDir(), "stepwise.db"), filepath.Join(t.TempDir(), "new.db")
	must(t, Create(t.Context(), stepwise, Options{migrations: embedded()}, nil))
	want := dump(t, stepwise)
	if os.Getenv("PINGHOME_UPDATE") != "" {
		must(t, os.WriteFile("schema.sql", []byte("-- What the migrations make of an empty file. Written by the tests with PINGHOME_UPDATE=1.\n"+want), 0o644))
		schema = want
	}
	must(t, Create(t.Context(), atOnce, Options{}, nil))
	if got := dump(t, atOnce); got != want {
		t.Errorf("schema.sql is not what the migrations make; PINGHOME_UPDATE=1 go test ./storage/sqlite writes it anew. It makes\n%s\nand they make\n%s", got, want)
	}
}

// dump returns the statements that make a file: its schema, and the rows of its tables but
// schema_migrations.
func dump(t *testing.T, path string) string {
	t.Helper()
	var b strings.Builder
	must(t, open(t, path, Options{}).Read(t.Context(), func(tx *storage.Tx) error {
		tables, err := texts(tx, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_migrations' ORDER BY rowid")
		if err != nil {
			return err
		}
		statements, err := texts(tx, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
		if err != nil {
			return err
		}
		for _, table := range tables {
			columns, err := texts(tx, fmt.Sprintf("SELECT 'quote(' || name || ')' FROM pragma_table_info('%s')", table))
			if err != nil {
				return err
			}
			rows, err := texts(tx, fmt.Sprintf("SELECT 'INSERT INTO %s VALUES (' || concat_ws(', ', %s) || ')' FROM %s", table, strings.Join(columns, ", "), table))
			if err != nil {
				return err
			}
			statements = append(statements, rows...)
		}
		for _, statement := range statements {
			b.WriteString(statement + ";\n")
		}
		return nil
	}))
	return b.String()
}

// texts are the only column of a query's rows.
func texts(tx *storage.Tx, query string) (list []string, err error) {
	rows, err := tx.Session().(*session).conn.pinned.QueryContext(tx.Context(), query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		list = append(list, text)
	}
	return list, rows.Err()
}
