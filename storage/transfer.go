package storage

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// Loader is a Session that writes many rows faster than one INSERT for each.
type Loader interface {
	// BeginLoad keeps triggers from running, until EndLoad.
	BeginLoad(tables []Table) error
	// Load writes rows into a table. Numbers that the database would give by itself are kept.
	Load(table string, columns []string, rows [][]any) error
	// EndLoad makes the database go on as if it had written the rows itself: with its triggers and
	// what these would have done, and with numbers behind the largest.
	EndLoad(tables []Table) error
}

// Progress is how far a transfer is.
type Progress struct {
	Table  string
	Rows   int  // of the table, so far
	IsDone bool // the table is complete
	// IsCheck says that the rows are those that were read back.
	IsCheck bool
}

// Transfer copies all rows of one store into another, whose tables were just made, and reads them
// back: number and hash of the rows of every table have to be the same. report is called now and then.
// from is not changed. After an error, what was written must not be kept.
// Errors: unavailable, where a text cannot be kept by every engine, or the copy differs.
func Transfer(from, to *Tx, report func(Progress)) error {
	loader, canLoad := to.session.(Loader)
	if canLoad {
		if err := loader.BeginLoad(tables); err != nil {
			return err
		}
	}
	want := make([]digest, len(tables))
	for i := range tables {
		var err error
		if want[i], err = copyTable(from, to, &tables[i], report); err != nil {
			return err
		}
	}
	if canLoad {
		if err := loader.EndLoad(tables); err != nil {
			return err
		}
	}
	for i := range tables {
		if err := checkTable(to, &tables[i], want[i], report); err != nil {
			return err
		}
	}
	return checkCounts(to)
}

const selectWrongCounts = `
SELECT COUNT(*) FROM (SELECT rank, SUM(number) AS counted FROM reach_counts GROUP BY rank) AS counts
WHERE counted <> (SELECT COUNT(*) FROM reaches WHERE reaches.rank = counts.rank)`

// checkCounts refuses a copy whose engine has not counted the reaches.
func checkCounts(to *Tx) error {
	var wrong int
	if err := to.row(selectWrongCounts, nil, &wrong); err != nil {
		return err
	}
	if wrong > 0 {
		return backend.Errorf(backend.CodeInternal, "The program has not counted the accounts of the copy right, so nothing was copied.")
	}
	return nil
}

// copyTable copies the rows of a table, and returns the digest of what it has read.
func copyTable(from, to *Tx, t *Table, report func(Progress)) (d digest, err error) {
	if t.IsFilled {
		if _, err := to.exec("DELETE FROM " + t.Name); err != nil {
			return d, err
		}
	}
	d = newDigest()
	err = from.eachPart(t, func(rows [][]any) error {
		for _, row := range rows {
			if err := checkTexts(t, row); err != nil {
				return err
			}
			d.add(row)
		}
		if err := to.load(t, rows); err != nil {
			return err
		}
		report(Progress{Table: t.Name, Rows: d.rows})
		return nil
	})
	if err == nil {
		report(Progress{Table: t.Name, Rows: d.rows, IsDone: true})
	}
	return d, err
}

// load writes rows into a table.
func (t *Tx) load(into *Table, rows [][]any) error {
	if loader, canLoad := t.session.(Loader); canLoad {
		return loader.Load(into.Name, into.columnNames(), rows)
	}
	insert := "INSERT INTO " + into.Name + " (" + strings.Join(into.columnNames(), ", ") + ") VALUES (" + placeholders(len(into.Columns)) + ")"
	for _, row := range rows {
		if _, err := t.exec(insert, row...); err != nil {
			return err
		}
	}
	return nil
}

// checkTable refuses a copy of a table that is not what was read.
func checkTable(to *Tx, t *Table, want digest, report func(Progress)) error {
	got := newDigest()
	err := to.eachPart(t, func(rows [][]any) error {
		for _, row := range rows {
			got.add(row)
		}
		report(Progress{Table: t.Name, Rows: got.rows, IsCheck: true})
		return nil
	})
	if err != nil {
		return err
	}
	report(Progress{Table: t.Name, Rows: got.rows, IsDone: true, IsCheck: true})
	switch {
	case got.rows != want.rows:
		return backend.Errorf(backend.CodeUnavailable, "The table %s has %d rows, but %d in the copy, so nothing was copied. See that nothing else writes there, and try again.", t.Name, want.rows, got.rows)
	case got.sum() != want.sum():
		return backend.Errorf(backend.CodeUnavailable, "The table %s of the copy has the same number of rows, but other values, so nothing was copied. See that nothing else writes there, and try again.", t.Name)
	}
	return nil
}

// rowsAPart is how many rows are in memory at once. Of the longest, messages that wait, a thousand
// have some megabytes.
const rowsAPart = 1000

// eachPart calls fn for the rows of a table in the order of its key, some at a time. The values of a
// row are of the types of its columns.
func (t *Tx) eachPart(of *Table, fn func(rows [][]any) error) error {
	var after []any // the key of the last row
	for {
		rows, err := t.part(of, after)
		if err != nil {
			return err
		}
		if len(rows) > 0 {
			if err := fn(rows); err != nil {
				return err
			}
		}
		if len(rows) < rowsAPart {
			return nil
		}
		after = rows[len(rows)-1][:of.Key]
	}
}

// part reads the rows of a table behind a key; the first ones for nil.
func (t *Tx) part(of *Table, after []any) (rows [][]any, err error) {
	names := of.columnNames()
	key := strings.Join(names[:of.Key], ", ")
	query := "SELECT " + strings.Join(names, ", ") + " FROM " + of.Name
	if after != nil {
		query += " WHERE (" + key + ") > (" + placeholders(of.Key) + ")"
	}
	query += fmt.Sprintf(" ORDER BY %s LIMIT %d", key, rowsAPart)
	err = t.rows(query, after, func(scan func(dest ...any) error) error {
		dest := make([]any, len(of.Columns))
		for i, c := range of.Columns {
			dest[i] = newValue(c.Type)
		}
		if err := scan(dest...); err != nil {
			return err
		}
		rows = append(rows, values(dest))
		return nil
	})
	return rows, err
}

func newValue(of ColumnType) any {
	switch of {
	case Number:
		return new(int64)
	case Bytes:
		return new([]byte)
	default:
		return new(string)
	}
}

// values puts what pointers point to in their place.
func values(row []any) []any {
	for i, value := range row {
		switch v := value.(type) {
		case *int64:
			row[i] = *v
		case *string:
			row[i] = *v
		case *[]byte:
			row[i] = *v
			if *v == nil {
				row[i] = []byte{} // nil would be written as NULL
			}
		}
	}
	return row
}

// placeholders are $1, $2 and so on.
func placeholders(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("$%d", i+1)
	}
	return strings.Join(list, ", ")
}

const selectMark = `SELECT (SELECT COALESCE(MAX(sequence), 0) FROM journal), (SELECT COUNT(*) FROM tombstones), (SELECT COUNT(*) FROM attempts)`

// Mark tells whether changes were made: it is another one after each that is in the journal, and
// after the deletion of an account and the sending of a message.
type Mark struct{ entry, deleted, attempts int64 }

// Mark returns the one of now.
func (t *Tx) Mark() (m Mark, err error) {
	err = t.row(selectMark, nil, &m.entry, &m.deleted, &m.attempts)
	return m, err
}

// checkTexts refuses texts that PostgreSQL does not keep: it ends them at a NUL.
func checkTexts(t *Table, row []any) error {
	for i, value := range row {
		text, isText := value.(string)
		fault := ""
		if isText {
			fault = textFault(text)
		}
		if fault == "" {
			continue
		}
		key := make([]string, t.Key)
		for k := range key {
			key[k] = fmt.Sprintf("%s %q", t.Columns[k].Name, row[k])
		}
		return backend.Errorf(backend.CodeUnavailable, "In the table %s, %s of the row with %s %s, which PostgreSQL cannot keep; nothing was copied. Correct or delete that row, and try again.",
			t.Name, t.Columns[i].Name, strings.Join(key, ", "), fault)
	}
	return nil
}
