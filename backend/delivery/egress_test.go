package delivery

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// waysOut are what makes connections, by import path.
var connectors = map[string][]string{
	"net/http":      {"Client", "Transport", "DefaultClient", "DefaultTransport", "Get", "Head", "Post", "PostForm"},
	"net":           {"Dialer", "Dial", "DialTimeout", "DialIP", "DialTCP", "DialUDP", "DialUnix"},
	"crypto/tls":    {"Dialer", "Dial", "DialWithDialer"},
	"net/smtp":      {"Dial", "NewClient", "SendMail"},
	"net/rpc":       {"Dial", "DialHTTP"},
	"net/textproto": {"Dial"},
}

// whoMay has the files that may, and why.
var allowedFiles = map[string]string{
	"backend/delivery/guard.go":           "it is the one constructor",
	"backend/httpapi/client_transport.go": "it goes to the server that the person at the console has named",
}

// TestThereIsOneWayOut: a client built anywhere else would reach what the
// guard keeps it from. Tests may, because nobody gives them addresses.
func TestOnlyGuardsMakeConnections(t *testing.T) {
	const root = "../.."
	used := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		name := entry.Name()
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != ".." && (strings.HasPrefix(name, ".") || name == "testdata"):
			return filepath.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := filepath.Rel(root, path)
		for _, way := range connectionsIn(t, path) {
			used[filepath.ToSlash(file)] = true
			if allowedFiles[filepath.ToSlash(file)] == "" {
				t.Errorf("%s: ask a Guard", way)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for file := range allowedFiles {
		if !used[file] {
			t.Errorf("%s makes no connections any more; strike it from the list", file)
		}
	}
}

// waysOutOf are the places in a file where a connection could be made. A
// pointer to a client is none, since it was made elsewhere.
func connectionsIn(t *testing.T, path string) (ways []string) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	imported := map[string]string{}
	for _, i := range file.Imports {
		from, _ := strconv.Unquote(i.Path.Value)
		name := from[strings.LastIndexByte(from, '/')+1:]
		if i.Name != nil {
			name = i.Name.Name
		}
		imported[name] = from
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if isPointerType(n) {
			return false
		}
		selected, isSelector := n.(*ast.SelectorExpr)
		if !isSelector {
			return true
		}
		if name, isName := selected.X.(*ast.Ident); isName && slices.Contains(connectors[imported[name.Name]], selected.Sel.Name) {
			ways = append(ways, files.Position(n.Pos()).String()+" has "+name.Name+"."+selected.Sel.Name)
		}
		return true
	})
	return ways
}

func isPointerType(n ast.Node) bool {
	star, isStar := n.(*ast.StarExpr)
	if !isStar {
		return false
	}
	selected, isSelector := star.X.(*ast.SelectorExpr)
	return isSelector && slices.Contains([]string{"Client", "Transport", "Dialer"}, selected.Sel.Name)
}
