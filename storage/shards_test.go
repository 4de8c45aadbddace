//go:build unix

package storage_test

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/constant"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/storage"
)

// The tables that do not belong to a customer, or are not found by one, with the reason. All others
// can be divided over several databases by the customer's id.
var notOfCustomers = map[string]string{
	"organizations":     "has customers of several databases; small, so that each database can have all of it",
	"teams":             "as organizations",
	"tombstones":        "is found by a hash of the id, when the customer is gone",
	"tokens":            "is found by the token's id, before the customer is known",
	"creations":         "is found by the token and its key, before the customer is made",
	"facts":             "is about the database",
	"target_sends":      "counts what all customers send to one address",
	"reach_counts":      "counts the customers of a database",
	"schema_migrations": "is about the database",
}

// uniqueForAll are the unique indexes of customers' tables that hold for all customers.
var uniqueForAll = map[string]string{
	"customers_email_fold_key": "one mailbox is the username of one account, of all",
}

// keysWithNumbers are the keys of those that a file keeps by numbers alone.
var keysWithNumbers = map[string]string{"journal": "customer_id, sequence", "answers": "customer_id, command"}

// TestTablesOfCustomersBeginWithTheirIDs looks at the first column and at the unique indexes of all
// tables of a PostgreSQL database.
func TestTablesOfCustomersBeginWithTheirIDs(t *testing.T) {
	var seen []string
	read(t, openServer(t, newServer(t, nil)), func(tx *storage.Tx) error {
		return tx.Session().Rows(`SELECT c.relname, i.relname, x.indisprimary,
			(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = 1),
			(SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(x.indkey) WITH ORDINALITY AS k(number, n)
				JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number)
			FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
			WHERE c.relnamespace = current_schema()::regnamespace AND x.indisunique`, nil, func(scan func(...any) error) error {
			var table, index, first, columns string
			var isPrimary bool
			if err := scan(&table, &index, &isPrimary, &first, &columns); err != nil {
				return err
			}
			seen = append(seen, table, index)
			want := "customer_id"
			if table == "customers" {
				want = "id"
			}
			switch key := keysWithNumbers[table]; {
			case notOfCustomers[table] != "" || uniqueForAll[index] != "":
			case first != want || columns != want && !strings.HasPrefix(columns, want+", "):
				t.Errorf("%s begins with %s, and its unique index %s has the columns %s: a customer's table begins with %s", table, first, index, columns, want)
			case key != "" && isPrimary && columns != key:
				t.Errorf("the key of %s is %s", table, columns)
			}
			return nil
		})
	})
	for _, name := range slices.Concat(slices.Collect(maps.Keys(notOfCustomers)), slices.Collect(maps.Keys(uniqueForAll))) {
		if !slices.Contains(seen, name) {
			t.Errorf("%s is not there any more", name)
		}
	}
}

// TestStatementsNameTheCustomer compares the statements on customers' tables that do not say which
// customer they are about with the list of them.
func TestStatementsNameTheCustomer(t *testing.T) {
	var got []string
	for _, folder := range []string{".", "postgres"} {
		for name, statement := range statementsIn(t, folder) {
			if !namesCustomer(statement) {
				got = append(got, name)
			}
		}
	}
	known := map[string]bool{}
	for _, group := range ofAllCustomers {
		for _, name := range group.statements {
			known[name] = true
			if !slices.Contains(got, name) {
				t.Errorf("%s is in the list, but names the customer, or is not there any more", name)
			}
		}
	}
	for _, name := range got {
		if !known[name] {
			t.Errorf("%s does not name the customer whose rows it is about; say customer_id = $n, or put it into the list with how several databases would answer it", name)
		}
	}
}

// statementsIn are the texts of a package that are statements, whole or parts of one, by the name of the
// constant. Others have the name of what they are in, and their first table.
func statementsIn(t *testing.T, folder string) map[string]string {
	t.Helper()
	statements := map[string]string{}
	files, _, info := parsed(t, folder)
	add := func(name string, isConstant bool, within ast.Node) {
		ast.Inspect(within, func(n ast.Node) bool {
			e, isExpr := n.(ast.Expr)
			if _, isName := n.(*ast.Ident); !isExpr || isName {
				return true
			}
			value := info.Types[e].Value
			if value == nil || value.Kind() != constant.String {
				return true
			}
			text := constant.StringVal(value)
			if refs := references(text); isStatement.MatchString(text) && len(refs) > 0 && !isPart(text) {
				key := name
				if !isConstant {
					key += " of " + refs[0].table
				}
				for statements[key] != "" {
					key += "'"
				}
				statements[key] = text
			}
			return false
		})
	}
	for _, file := range files {
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				add(d.Name.Name, false, d)
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if v, isValue := spec.(*ast.ValueSpec); isValue {
						add(v.Names[0].Name, d.Tok.String() == "const", v)
					}
				}
			}
		}
	}
	return statements
}

// reference is a table that a statement names, with its alias.
type reference struct{ verb, table, alias string }

var referenceTo = regexp.MustCompile(`\b(FROM|JOIN|UPDATE|INTO)\s+(?:([a-z_]+|%s)(?:\s+(?:AS )?([a-z]+)\b)?)?`)

// references are those to customers' tables, and to tables that are put in.
func references(statement string) (list []reference) {
	for _, m := range referenceTo.FindAllStringSubmatch(statement, -1) {
		if isOfCustomers(m[2]) || m[2] == "%s" || m[2] == "" && strings.HasSuffix(statement, m[0]) {
			list = append(list, reference{m[1], m[2], m[3]})
		}
	}
	return list
}

func isOfCustomers(table string) bool {
	i := slices.IndexFunc(storage.Tables(), func(t storage.Table) bool { return t.Name == table })
	return i >= 0 && notOfCustomers[table] == ""
}

var (
	isOfOne   = regexp.MustCompile(`\b(?:customer_id|id) = (?:CAST\()?\$\d`)
	isOfGiven = regexp.MustCompile(`^\s*INSERT INTO \w+ \((?:[^)]*, )?(?:customer_)?id\b[^)]*\)\s+VALUES`)
)

// namesCustomer reports whether a statement says of each of its tables which customer's rows it is about.
func namesCustomer(statement string) bool {
	if isOfGiven.MatchString(statement) {
		return true
	}
	for _, r := range references(statement) {
		key := "customer_id"
		if r.table == "customers" {
			key = "id"
		}
		before := regexp.QuoteMeta(cmp.Or(r.alias, r.table)) + `\.`
		if r.alias == "" {
			before = "(?:" + before + ")?"
		}
		condition := fmt.Sprintf(`(?:WHERE|AND|ON) %s%s = (?:CAST\()?(?:\$\d|\w+\.(?:customer_)?id\b)`, before, key)
		if r.verb != "INTO" && !regexp.MustCompile(condition).MatchString(statement) {
			return false
		}
	}
	return isOfOne.MatchString(statement)
}
