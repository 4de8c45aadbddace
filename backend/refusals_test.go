package backend

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"
)

// codeConstants returns the values of all constants of type Code in the
// package, by reading its source.
func codeConstants(t *testing.T) (codes []Code) {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			spec, isSpec := n.(*ast.ValueSpec)
			if !isSpec {
				return true
			}
			if kind, isName := spec.Type.(*ast.Ident); !isName || kind.Name != "Code" {
				return true
			}
			for _, value := range spec.Values {
				text, err := strconv.Unquote(value.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				codes = append(codes, Code(text))
			}
			return true
		})
	}
	return codes
}

func TestRefusalsHasEveryCodeOnce(t *testing.T) {
	rows := map[Code]int{}
	for _, r := range Refusals {
		rows[r.Code]++
	}
	codes := codeConstants(t)
	for _, code := range codes {
		if rows[code] != 1 {
			t.Errorf("%s has %d rows in Refusals, want 1", code, rows[code])
		}
	}
	if len(codes) != len(Refusals) || len(codes) == 0 {
		t.Errorf("%d constants of type Code and %d rows in Refusals", len(codes), len(Refusals))
	}
}

func TestRefusalsAreInOrderAndComplete(t *testing.T) {
	last := 400
	for _, r := range Refusals {
		if r.Status < last || r.Status > 599 || r.Status == 403 || r.Title == "" {
			t.Errorf("%+v after status %d", r, last)
		}
		last = r.Status
	}
}

func TestRefusalOfAnUnknownCode(t *testing.T) {
	if r, found := RefusalOf(CodeStale); !found || r.Status != 412 || r.Kept {
		t.Errorf("%+v, %v", r, found)
	}
	if r, found := RefusalOf("no_such_code"); found || r != (Refusal{}) {
		t.Errorf("%+v, %v", r, found)
	}
}
