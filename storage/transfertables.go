package storage

import "strings"

// Table is one of the tables, as it is read and written when all of them are copied.
type Table struct {
	Name    string
	Columns []Column
	// Key is how many of the columns are the primary key: the first ones.
	Key int
	// IsFilled says that the schema puts rows into it, which a copy takes the place of.
	IsFilled bool
}

// Column is a column of a table. No column is ever NULL.
type Column struct {
	Name string
	Type ColumnType
}

// ColumnType is what the values of a column are in Go.
type ColumnType int

// The types of columns, with the types of their values.
const (
	Text   ColumnType = iota // string
	Number                   // int64
	Bytes                    // []byte
)

// IsNumbered reports whether the rows of a table get numbers by themselves, in the column sequence.
func (t *Table) IsNumbered() bool { return t.Columns[0].Name == "sequence" }

func (t *Table) columnNames() []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return names
}

// tables has what is copied: what others refer to first, and what triggers fill behind that by which
// they are run. Two tables are an engine's own: schema_migrations, and reach_counts, which follows
// from reaches. The columns of the key come first. A test compares all with the schemas of the engines.
var tables = []Table{
	table("organizations", 1, "id, name, plan, trial_ends_at#"),
	table("teams", 1, "id, organization_id, name"),
	table("customers", 1, "id, team_id, email, email_fold, pending_email, name, surname, role, search, revision#, created_at#, newest_entry#"),
	table("channels", 2, "customer_id, priority#, type, value, active_value, enabled#, created_at#, updated_at#, verified_at#, "+
		"test_at#, test_ok#, test_provider, test_status, test_detail, test_micros#, test_disabled#, seen_at#, "+
		"word_id, word_mac%, word_at#, word_tries#, salts, test_held#, label, test_unknown#"),
	table("codes", 3, "customer_id, purpose, target, id, mac%, tries#, sent_at#, expires_at#"),
	table("code_failures", 3, "customer_id, target, id, failed_at#"),
	table("messages", 2, "customer_id, id, written_at#, type, recipient, kind, subject, body, code, code_expires_at#, state, leased_until#, "+
		"provider, detail, is_read#, sealed%, word, attempts#, due_at#, leased_by, is_unknown#"),
	table("feedback", 2, "customer_id, id, sent_at#, text"),
	table("tombstones", 1, "id_hash, reason, deleted_at#"),
	table("tokens", 1, "id, customer_id, hash%, scope, name, created_at#, expires_at#"),
	table("answers", 1, "sequence#, customer_id, command, fingerprint, answer, refusal, written_at#"),
	table("creations", 1, "sequence#, token_id, command, customer_id, fingerprint, answer, written_at#"),
	table("journal", 1, "sequence#, customer_id, previous#, id, written_at#, actor, action, detail, before, after, address, undoes"),
	table("attempts", 4, "customer_id, type, recipient, id, message_id, kind, began_at#, outcome, provider, status, micros#, exactly, stopped#"),
	table("facts", 1, "name, value%"),
	table("sends", 4, "customer_id, purpose, sent_at#, id, target"),
	table("target_sends", 3, "target%, sent_at#, id"),
	{Name: "reaches", Columns: columns("customer_id, rank#, seen_at#, ways"), Key: 1, IsFilled: true},
}

// Tables returns the tables that are copied, in an order in which references hold.
func Tables() []Table { return tables }

func table(name string, key int, list string) Table {
	return Table{Name: name, Columns: columns(list), Key: key}
}

// columns reads a list of names. Those that end in # have numbers, and those in % bytes.
func columns(list string) (all []Column) {
	for name := range strings.SplitSeq(list, ", ") {
		c := Column{Name: strings.TrimRight(name, "#%")}
		switch name[len(name)-1] {
		case '#':
			c.Type = Number
		case '%':
			c.Type = Bytes
		}
		all = append(all, c)
	}
	return all
}
