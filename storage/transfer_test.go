//go:build unix

package storage_test

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// own are the tables and columns that an engine has for itself.
var own = []string{"schema_migrations", "reach_counts", "journal.xid"}

const (
	columnsOfSQLite = `SELECT t.name, c.name, c.type, c.pk, c."notnull" FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
		WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`
	columnsOfPostgreSQL = `SELECT c.table_name, c.column_name, c.data_type, COALESCE(k.ordinal_position, 0), CASE c.is_nullable WHEN 'NO' THEN 1 ELSE 0 END
		FROM information_schema.columns AS c LEFT JOIN information_schema.key_column_usage AS k
		ON k.table_schema = c.table_schema AND k.table_name = c.table_name AND k.column_name = c.column_name AND k.constraint_name = c.table_name || '_pkey'
		WHERE c.table_schema = current_schema()`
)

// TestNothingIsForgottenInACopy compares what is copied with the schemas of both engines.
func TestNothingIsForgottenInACopy(t *testing.T) {
	var want []string
	types := map[storage.ColumnType]string{storage.Text: "text", storage.Number: "number", storage.Bytes: "bytes"}
	for _, table := range storage.Tables() {
		for i, c := range table.Columns {
			key := 0
			if i < table.Key {
				key = i + 1
			}
			want = append(want, fmt.Sprintf("%s.%s %s %d 1", table.Name, c.Name, types[c.Type], key))
		}
	}
	slices.Sort(want)
	name := strings.NewReplacer("INTEGER", "number", "TEXT", "text", "BLOB", "bytes", "bigint", "number", "bytea", "bytes")
	for engine, query := range map[string]string{"SQLite": columnsOfSQLite, "PostgreSQL": columnsOfPostgreSQL} {
		from := openFile(t, newFile(t, nil))
		if engine == "PostgreSQL" {
			from = openServer(t, newServer(t, nil))
		}
		var got []string
		read(t, from, func(tx *storage.Tx) error {
			return tx.Session().Rows(query, nil, func(scan func(dest ...any) error) error {
				var table, column, kind string
				var key, isNotNull int
				err := scan(&table, &column, &kind, &key, &isNotNull)
				if engine == "PostgreSQL" && keysWithNumbers[table] != "" { // it has an index by them
					key = map[bool]int{true: 1}[column == "sequence"]
				}
				if !slices.Contains(own, table) && !slices.Contains(own, table+"."+column) {
					got = append(got, fmt.Sprintf("%s.%s %s %d %d", table, column, name.Replace(kind), key, isNotNull))
				}
				return err
			})
		})
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s has other columns than are copied: it has\n%s\nand these are copied\n%s", engine, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

func newFile(t testing.TB, fill func(*storage.Tx) error) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "accounts.db")
	must(t, sqlite.Create(t.Context(), path, sqlite.Options{}, fill))
	return path
}

func newServer(t testing.TB, fill func(*storage.Tx) error) (url string) {
	t.Helper()
	url = pgtest.Empty(t)
	must(t, postgres.Create(t.Context(), url, postgres.Options{}, fill))
	return url
}

func openFile(t testing.TB, path string) storage.Store {
	t.Helper()
	return open(t, path, sqlite.Options{})
}

func openServer(t testing.TB, url string) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), url, postgres.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	return s
}

func read(t testing.TB, s storage.Store, fn func(*storage.Tx) error) {
	t.Helper()
	must(t, s.Read(t.Context(), fn))
}

func noReport(storage.Progress) {}

// toServer copies a store into an empty database.
func toServer(ctx context.Context, from storage.Store, url string, report func(storage.Progress)) error {
	return from.Read(ctx, func(source *storage.Tx) error {
		return postgres.Create(ctx, url, postgres.Options{}, func(target *storage.Tx) error { return storage.Transfer(source, target, report) })
	})
}

// toFile copies a database into a new file.
func toFile(ctx context.Context, from storage.Store, path string, report func(storage.Progress)) error {
	return from.(*postgres.Store).Snapshot(ctx, func(source *storage.Tx) error {
		return sqlite.Create(ctx, path, sqlite.Options{}, func(target *storage.Tx) error { return storage.Transfer(source, target, report) })
	})
}

// awkward is what is hard to copy: letters of four bytes, quotes, line ends, and what looks like
// NULL or ends a COPY.
const awkward = "'\"\\\\N\\.\t\r\n😀\U0010FFFF\u200d%s$1 NULL"

// addAwkward writes a row or two into every table.
func addAwkward(tx *storage.Tx) error {
	for _, insert := range []struct {
		table string
		rows  [][]any
	}{
		{"organizations", [][]any{{"", awkward, "team", int64(math.MaxInt64)}, {awkward, "", "business", int64(math.MinInt64)}}},
		{"teams", [][]any{{"", awkward, ""}, {awkward, "", awkward}}},
		{"customers", [][]any{{"", "", awkward, "", "", awkward, "", "root", "", int64(-1), int64(0), int64(0)},
			{awkward, awkward, "", awkward, awkward, "", awkward, "user", awkward, int64(math.MaxInt64), int64(math.MinInt64), int64(7)}}},
		{"channels", [][]any{{awkward, int64(1), "sms", "", awkward, 1, 0, 0, 0, 0, 0, "", awkward, "", 0, 0, 0, "", []byte{}, 0, 0, awkward, 0, "", 0},
			{awkward, int64(math.MaxInt64), "email", "", awkward, 1, 0, 0, 0, 0, 0, "", awkward, "", 0, 0, 0, "", []byte{0, 255}, 0, 0, awkward, 0, "", 1}}},
		{"codes", [][]any{{awkward, "channel", "", "", []byte{0}, 0, 0, 0}}},
		{"code_failures", [][]any{{awkward, "", awkward, 0}}},
		{"messages", [][]any{{awkward, "", 0, awkward, "", "notice", awkward, awkward, "", 0, "queued", 0, "", "", 1, []byte{}, "", 0, 0, "", 0}}},
		{"feedback", [][]any{{awkward, "", 0, strings.Repeat(awkward, 10_000)}}},
		{"tombstones", [][]any{{awkward, awkward, 0}}},
		{"tokens", [][]any{{awkward, "", []byte{255, 0, 1}, "self", awkward, 0, 0}}},
		{"answers", [][]any{{int64(7), "", "", "", awkward, "", 0}, {int64(3), "", awkward, "", "", "", 0}}},
		{"creations", [][]any{{int64(1 << 40), "", awkward, "", "", "", 0}}},
		{"journal", [][]any{{int64(7), awkward, 0, "", 0, "", "", awkward, "", "", "", ""}, {int64(1 << 50), "gone", 0, "", 0, "", "", "", "{}", awkward, "", ""}}},
		{"attempts", [][]any{{awkward, "", awkward, "", "", "", 0, "sent", "", awkward, 0, "unknown", 1}}},
		{"facts", [][]any{{awkward, []byte{}}, {"", []byte(awkward)}}},
		{"sends", [][]any{{"", "secret", int64(math.MinInt64), "", awkward}}},
		{"target_sends", [][]any{{[]byte{}, 0, ""}, {[]byte{0}, 0, awkward}, {[]byte{255}, 0, ""}}},
	} {
		for _, row := range insert.rows {
			if err := insertRow(tx, insert.table, row); err != nil {
				return err
			}
		}
	}
	_, err := tx.Session().Exec(`UPDATE reaches SET rank = 2, seen_at = 9, ways = $1 WHERE customer_id = ''`, []any{awkward})
	return err
}

func insertRow(tx *storage.Tx, table string, row []any) error {
	list := storage.Tables()
	i := slices.IndexFunc(list, func(t storage.Table) bool { return t.Name == table })
	var names, values []string
	for i, c := range list[i].Columns {
		names, values = append(names, c.Name), append(values, fmt.Sprintf("$%d", i+1))
	}
	_, err := tx.Session().Exec("INSERT INTO "+table+" ("+strings.Join(names, ", ")+") VALUES ("+strings.Join(values, ", ")+")", row)
	return err
}

// TestACopyThereAndBack takes a file with what is hard to copy to PostgreSQL and into a file again.
func TestACopyThereAndBack(t *testing.T) {
	file, url := newFile(t, addAwkward), pgtest.Empty(t)
	rows := map[string]int{}
	must(t, toServer(t.Context(), openFile(t, file), url, func(p storage.Progress) {
		if p.IsDone && p.IsCheck {
			rows[p.Table] = p.Rows
		}
	}))
	for _, table := range storage.Tables() {
		if rows[table.Name] == 0 {
			t.Errorf("of %s no row was copied and looked at", table.Name)
		}
	}
	server := openServer(t, url)
	back := filepath.Join(t.TempDir(), "back.db")
	must(t, toFile(t.Context(), server, back, noReport))
	want := dump(t, openFile(t, file))
	if got := dump(t, openFile(t, back)); got != want {
		t.Errorf("back in a file, this is there:\n%s\nit was:\n%s", got, want)
	}
	if !strings.Contains(want, awkward) {
		t.Error("the rows were not looked at")
	}
	wantLargerNumbers(t, server)
}

// wantLargerNumbers adds rows to a copy, which must get other numbers than those that are there.
func wantLargerNumbers(t *testing.T, s storage.Store) {
	t.Helper()
	for table, largest := range map[string]int64{"journal": 1 << 50, "answers": 7, "creations": 1 << 40} {
		insert := map[string]string{
			"journal":   `INSERT INTO journal (customer_id, previous, id, written_at, actor, action, detail) VALUES ('', 0, '', 0, '', '', '')`,
			"answers":   `INSERT INTO answers (customer_id, command, fingerprint, answer, refusal, written_at) VALUES ('', 'new', '', '', '', 0)`,
			"creations": `INSERT INTO creations (token_id, command, customer_id, fingerprint, answer, written_at) VALUES ('', 'new', '', '', '', 0)`,
		}[table]
		must(t, s.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
			got, err := tx.Session().Insert(insert, nil)
			if err == nil && got != largest+1 {
				t.Errorf("the next row of %s has the number %d, not %d", table, got, largest+1)
			}
			return err
		}))
	}
	// The triggers run again: a new account is reached by nothing, and counted.
	must(t, s.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		return insertRow(tx, "customers", []any{"new", "", "", "new", "", "", "", "user", "", int64(0), int64(0), int64(0)})
	}))
	var reached, counted int
	read(t, s, func(tx *storage.Tx) error {
		return tx.Session().Row(`SELECT (SELECT COUNT(*) FROM reaches), (SELECT SUM(number) FROM reach_counts)`, nil, []any{&reached, &counted})
	})
	if reached != 3 || counted != 3 {
		t.Errorf("of 3 accounts %d have a reach and %d are counted", reached, counted)
	}
}

// dump is what is in the tables of a file, in the order of their keys.
func dump(t *testing.T, s storage.Store) string {
	t.Helper()
	var b strings.Builder
	for _, table := range storage.Tables() {
		var columns []string
		for _, c := range table.Columns {
			columns = append(columns, "quote("+c.Name+")")
		}
		query := "SELECT " + strings.Join(columns, " || ',' || ") + " FROM " + table.Name + " ORDER BY 1"
		read(t, s, func(tx *storage.Tx) error {
			return tx.Session().Rows(query, nil, func(scan func(dest ...any) error) error {
				var row string
				err := scan(&row)
				b.WriteString(table.Name + " " + strings.ReplaceAll(row, "''", "'") + "\n")
				return err
			})
		})
	}
	return b.String()
}

// TestTextsThatPostgreSQLDoesNotKeep names the row, and leaves the database as it was.
func TestTextsThatPostgreSQLDoesNotKeep(t *testing.T) {
	for text, want := range map[string]string{
		"a\x00b": `In the table feedback, text of the row with customer_id "", id "f\x00" has a NUL character`,
		"\xff":   `In the table feedback, text of the row with customer_id "", id "f" is not valid UTF-8`,
	} {
		file := newFile(t, func(tx *storage.Tx) error {
			if err := addAwkward(tx); err != nil {
				return err
			}
			id := map[bool]string{true: "f\x00", false: "f"}[strings.Contains(text, "\x00")]
			return insertRow(tx, "feedback", []any{"", id, int64(0), text})
		})
		url := pgtest.Empty(t)
		err := toServer(t.Context(), openFile(t, file), url, noReport)
		if err == nil || !strings.Contains(err.Error(), want) && !strings.Contains(err.Error(), strings.Replace(want, "text of", "id of", 1)) {
			t.Errorf("the error is %v", err)
		}
		wantEmpty(t, url)
	}
}

// wantEmpty fails when there is anything in a database.
func wantEmpty(t *testing.T, url string) {
	t.Helper()
	s, err := postgres.Open(t.Context(), url, postgres.Options{})
	if backend.ErrorCode(err) != backend.CodeNotFound {
		t.Errorf("after a copy that failed the database is not empty: %v", err)
	}
	if err == nil {
		must(t, s.Close())
	}
}
