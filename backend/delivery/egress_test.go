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

// connectors are the identifiers that can make connections, by import path.
var connectors = map[string][]string{
	"net/http":      {"Client", "Transport", "DefaultClient", "DefaultTransport", "Get", "Head", "Post", "PostForm"},
	"net":           {"Dialer", "Dial", "DialTimeout", "DialIP", "DialTCP", "DialUDP", "DialUnix"},
	"crypto/tls":    {"Dialer", "Dial", "DialWithDialer"},
	"net/smtp":      {"Dial", "NewClient", "SendMail"},
	"net/rpc":       {"Dial", "DialHTTP"},
	"net/textproto": {"Dial"},
}

// allowedFiles are the files that may use connectors, and why.
var allowedFiles = map[string]string{
	"backend/delivery/guard.go":           "it makes the connections of all senders",
	"backend/httpapi/client_transport.go": "it connects to the server that the person at the console has chosen",
	"ui/cli/tracing/exporter.go":          "it sends traces to the collector that the operator has chosen",
	"storage/postgres/pgtest/proxy.go":    "it stands before the database of tests, and is no part of the program",
}

// TestOnlyGuardsMakeConnections: a client that is made anywhere else could connect to
// addresses that a Guard refuses. Test files are not checked.
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
		for _, place := range connectionsIn(t, path) {
			used[filepath.ToSlash(file)] = true
			if allowedFiles[filepath.ToSlash(file)] == "" {
				t.Errorf("%s; connections have to be made by a Guard", place)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for file := range allowedFiles {
		if !used[file] {
			t.Errorf("%s makes no connections any more; remove it from allowedFiles", file)
		}
	}
}

// connectionsIn returns the places in a file that use connectors, with position and
// name. The type of a pointer to a client is none: the client was made elsewhere.
func connectionsIn(t *testing.T, path string) (places []string) {
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
			places = append(places, files.Position(n.Pos()).String()+" has "+name.Name+"."+selected.Sel.Name)
		}
		return true
	})
	return places
}

// isPointerType reports whether a node is a type such as *http.Client.
func isPointerType(n ast.Node) bool {
	star, isStar := n.(*ast.StarExpr)
	if !isStar {
		return false
	}
	selected, isSelector := star.X.(*ast.SelectorExpr)
	return isSelector && slices.Contains([]string{"Client", "Transport", "Dialer"}, selected.Sel.Name)
}
