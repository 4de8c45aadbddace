//go:build unix

package storage_test

import (
	"database/sql"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/account-settings/pinghome/storage/postgres"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
	"github.com/account-settings/pinghome/storage/sqlite"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// TestStatementsAreOfBothEngines prepares every statement that is a constant of this package. Those
// that are put together are run by the contract, on both engines.
func TestStatementsAreOfBothEngines(t *testing.T) {
	statements := constantStatements(t)
	if len(statements) < 100 {
		t.Fatalf("%d statements were found", len(statements))
	}
	path := filepath.Join(t.TempDir(), "accounts.db")
	must(t, sqlite.Create(t.Context(), path, sqlite.Options{}, nil))
	file, err := sql.Open("sqlite3", path)
	must(t, err)
	defer file.Close()
	for name, statement := range statements {
		if prepared, err := file.PrepareContext(t.Context(), statement); err != nil {
			t.Errorf("SQLite refuses %s: %v", name, err)
		} else {
			must(t, prepared.Close())
		}
	}
	url := pgtest.Made(t, func(url string) error { return postgres.Create(t.Context(), url, postgres.Options{}, nil) })
	server, err := pgx.Connect(t.Context(), url)
	must(t, err)
	defer server.Close(t.Context())
	for name, statement := range statements {
		if _, err := server.Prepare(t.Context(), name, statement); err != nil {
			t.Errorf("PostgreSQL refuses %s: %v", name, err)
		}
	}
}

var isStatement = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH) `)

// constantStatements are the constants of this package that are statements, by name. Those that others
// are made of end in the middle, or have a verb of fmt.
func constantStatements(t *testing.T) map[string]string {
	t.Helper()
	_, checked, _ := parsed(t, ".")
	statements := map[string]string{}
	for _, name := range checked.Scope().Names() {
		c, isConstant := checked.Scope().Lookup(name).(*types.Const)
		if !isConstant || c.Val().Kind() != constant.String {
			continue
		}
		text := constant.StringVal(c.Val())
		if isStatement.MatchString(text) && !strings.Contains(text, "%") && !isPart(text) {
			statements[name] = text
		}
	}
	return statements
}

// isPart reports whether a text is the beginning of a statement only.
func isPart(text string) bool {
	return strings.HasSuffix(text, "WHERE ") || strings.HasSuffix(text, "AND ")
}

// parsed is a package in a folder, with the values of its constants. Of what it imports, no constant is
// made.
func parsed(t *testing.T, folder string) (list []*ast.File, checked *types.Package, info types.Info) {
	t.Helper()
	files := token.NewFileSet()
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	must(t, err)
	for _, name := range names {
		if !strings.HasSuffix(name, "_test.go") {
			file, err := parser.ParseFile(files, name, nil, 0)
			must(t, err)
			list = append(list, file)
		}
	}
	info.Types = map[ast.Expr]types.TypeAndValue{}
	config := types.Config{Importer: importer.Default(), Error: func(error) {}}
	checked, _ = config.Check("storage", files, list, &info)
	return list, checked, info
}
