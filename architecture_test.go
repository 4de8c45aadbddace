package main

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/account-settings/pinghome"

// rules say which packages may not reach which, directly or through others. A
// name stands for our package and everything below it, or for another by its
// whole path.
var rules = []struct {
	why     string
	from    []string
	but     []string // below from, and free
	refused []string
}{
	{"the console knows the contract, not what implements it",
		[]string{"ui"}, []string{"ui/cli", "ui/uitest"},
		[]string{"storage", "backend/local", "backend/httpapi", "net/http", "database/sql"}},
	{"keys are a table: who reads it knows it, not the other way round",
		[]string{"keymap"}, nil, []string{"ui", "backend", "storage"}},
	{"storage keeps what the contract names, and decides nothing",
		[]string{"storage"}, nil, []string{"ui", "keymap", "backend/local", "backend/httpapi", "backend/delivery"}},
	{"rules and tables run on any engine: the command chooses which",
		[]string{"backend", "storage"}, []string{"storage/sqlite", "storage/postgres"},
		[]string{"storage/sqlite", "storage/postgres", "github.com/mattn/go-sqlite3", "github.com/jackc/pgx/v5"}},
	{"an engine knows no other one", []string{"storage/sqlite"}, nil, []string{"storage/postgres", "github.com/jackc/pgx/v5"}},
	{"an engine knows no other one", []string{"storage/postgres"}, nil, []string{"storage/sqlite", "github.com/mattn/go-sqlite3"}},
	{"an implementation of the contract knows no terminal",
		[]string{"backend"}, nil, []string{"ui", "keymap", "github.com/charmbracelet/bubbletea"}},
	{"what goes over the wire does not know what is behind it",
		[]string{"backend/httpapi"}, nil, []string{"storage", "backend/local"}},
	{"fields, drawing, masks, keys, drafts and clipboard know nothing of the console",
		[]string{"ui/form", "ui/draw", "ui/safe", "ui/theme", "ui/draft", "ui/clipboard", "ui/press", "ui/state", "ui/mask"}, nil, []string{"ui/shell", "ui/verify"}},
	{"the command is what starts everything, so nothing can need it but main",
		[]string{"backend", "keymap", "storage", "ui"}, []string{"ui/cli", "ui/command", "ui/linear"}, []string{"ui/cli"}},
	{"linear mode stands beside the console: the command chooses which",
		[]string{"ui", "backend", "keymap", "storage"}, []string{"ui/cli", "ui/linear"}, []string{"ui/linear"}},
	{"commands on one account know the contract, as the console does, and draw nothing that is a screen",
		[]string{"ui/command", "ui/declared"}, nil, []string{"ui/profile", "ui/channels", "ui/feedback", "ui/activity", "ui/messages", "ui/accounts", "ui/verify", "ui/terminal"}},
	{"the console does not know the terminal that it is shown on",
		[]string{"ui"}, []string{"ui/cli", "ui/terminal"}, []string{"ui/terminal"}},
	{"what reads and paints a terminal knows nothing of what is shown",
		[]string{"ui/terminal"}, nil, []string{"ui/shell", "ui/draw", "ui/theme", "backend", "keymap"}},
	{"what drives the console for tests and pictures is not built into the program",
		[]string{"ui", "backend", "keymap", "storage"}, []string{"ui/drive", "ui/uitest"}, []string{"ui/drive", "ui/uitest"}},
}

// TestWhoMayReachWhom keeps the direction of imports. A console that could
// reach the database would, on some busy day.
func TestWhoMayReachWhom(t *testing.T) {
	packages := listPackages(t)
	for _, rule := range rules {
		for path, p := range packages {
			if !isOneOf(path, rule.from) || isOneOf(path, rule.but) {
				continue
			}
			for _, reached := range p.Deps {
				if isOneOf(reached, rule.refused) {
					t.Errorf("%s reaches %s: %s", path, reached, rule.why)
				}
			}
		}
	}
}

// rooms are modules that one package imports, so that all others know what it makes of them, and not them.
var rooms = map[string]string{"github.com/prometheus/": module + "/ui/cli/metrics", "go.opentelemetry.io/": module + "/ui/cli/tracing"}

// TestOneRoomKnowsEach of them.
func TestOneRoomKnowsEach(t *testing.T) {
	for path, p := range listPackages(t) {
		if !strings.HasPrefix(path, module) {
			continue
		}
		for _, imported := range p.Imports {
			for prefix, room := range rooms {
				if strings.HasPrefix(imported, prefix) && path != room {
					t.Errorf("%s imports %s: that is for %s", path, imported, room)
				}
			}
		}
	}
}

// TestScreensStandAlone keeps every screen to itself: it reaches no other screen,
// and what screens share reaches none. A screen is a package below ui that is
// built on ui/shell, other than ui/verify, ui/cli, ui/command, ui/linear and ui/uitest.
func TestScreensStandAlone(t *testing.T) {
	const shell, verify = module + "/ui/shell", module + "/ui/verify"
	noScreens := []string{verify, module + "/ui/cli", module + "/ui/command", module + "/ui/linear", module + "/ui/uitest"}
	packages := listPackages(t)
	var screens []string
	for path, p := range packages {
		if strings.HasPrefix(path, module+"/ui/") && !slices.Contains(noScreens, path) && slices.Contains(p.Deps, shell) {
			screens = append(screens, path)
		}
	}
	if len(screens) < 4 {
		t.Fatalf("only %v are screens", screens)
	}
	for _, path := range append(screens, shell, verify) {
		for _, screen := range screens {
			if slices.Contains(packages[path].Deps, screen) {
				t.Errorf("%s reaches the screen %s", path, screen)
			}
		}
	}
	if slices.Contains(packages[shell].Deps, verify) {
		t.Error("ui/shell reaches ui/verify, which is built on it")
	}
}

// foldings is what the contract needs beyond the standard library: whether two
// addresses are the same is decided by IDNA and by Unicode.
var foldings = []string{"golang.org/x/net/idna", "golang.org/x/text/"}

// phone is the package of the contract that has a folder of its own: how numbers are read is
// a subject of its own, with a table. It is held to the standard library.
const phone = module + "/backend/phone"

// TestTheContractIsALeaf: a package that implements the contract, or calls it,
// gets nothing else along with it but foldings and phone.
func TestTheContractIsALeaf(t *testing.T) {
	packages := listPackages(t)
	for _, reached := range packages[module+"/backend"].Deps {
		isFolding := slices.ContainsFunc(foldings, func(name string) bool { return strings.HasPrefix(reached, name) })
		if !packages[reached].Standard && !isFolding && reached != phone {
			t.Errorf("backend reaches %s", reached)
		}
	}
	for _, reached := range packages[phone].Deps {
		if !packages[reached].Standard {
			t.Errorf("%s reaches %s", phone, reached)
		}
	}
}

// TestNoFileNamesTheMachineItWasWrittenOn: such a path works for one person.
func TestNoFileNamesTheMachineItWasWrittenOn(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	home, _ := os.UserHomeDir()
	walkFiles(t, func(path string, content []byte) {
		if bytes.IndexByte(content, 0) >= 0 {
			return // a program that was built here may well know where
		}
		for _, folder := range []string{here, home} {
			if len(folder) > 1 && bytes.Contains(content, []byte(folder+"/")) {
				t.Errorf("%s names %s", path, folder)
			}
		}
	})
}

// walkFiles visits every file of the repository but Git's own.
func walkFiles(t *testing.T, visit func(path string, content []byte)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.Name() == ".git" && entry.IsDir():
			return filepath.SkipDir
		case !entry.Type().IsRegular():
			return nil
		}
		content, err := os.ReadFile(path)
		if err == nil {
			visit(path, content)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

const (
	maxFileLines     = 300
	maxFunctionLines = 50 // from the line with "func" to the one with its last brace
)

// TestTheTopLevel has these parts alone. What git ignores is made by builds.
func TestTheTopLevel(t *testing.T) {
	parts := []string{"LICENSE", "README.md", "architecture_test.go", "backend", "dist", "dist-goreleaser", "go.mod", "go.sum", "keymap", "main.go",
		"pinghome", "pinghome.exe", "screenshots", "storage", "ui"}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if name := entry.Name(); !strings.HasPrefix(name, ".") && !slices.Contains(parts, name) {
			t.Errorf("%s is at the top: it belongs into one of %s", name, strings.Join(parts, ", "))
		}
	}
}

// TestAFileIsOneThought bounds the lines of every Go file, and of every
// function in it, tests included. Generated files are free.
func TestAFileIsOneThought(t *testing.T) {
	walkFiles(t, func(path string, content []byte) {
		if filepath.Ext(path) != ".go" {
			return
		}
		positions := token.NewFileSet()
		file, err := parser.ParseFile(positions, path, content, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Error(err)
			return
		}
		if ast.IsGenerated(file) {
			return
		}
		if n := bytes.Count(content, []byte("\n")); n > maxFileLines {
			t.Errorf("%s has %d lines, more than %d: move what is another thought to a file of its own", path, n, maxFileLines)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			name := "a function without a name"
			switch f := node.(type) {
			case *ast.FuncDecl:
				name = f.Name.Name
			case *ast.FuncLit:
			default:
				return true
			}
			first, last := positions.Position(node.Pos()).Line, positions.Position(node.End()).Line
			if n := last - first + 1; n > maxFunctionLines {
				t.Errorf("%s:%d: %s has %d lines, more than %d: give its parts names, or make a table of its cases", path, first, name, n, maxFunctionLines)
			}
			return true
		})
	})
}

// isOneOf tells whether an import path is meant by one of the names.
func isOneOf(path string, names []string) bool {
	for _, name := range names {
		ours := module + "/" + name
		if path == name || path == ours || strings.HasPrefix(path, ours+"/") {
			return true
		}
	}
	return false
}

type listed struct {
	ImportPath string
	Standard   bool
	Imports    []string
	Deps       []string
}

// listPackages asks the go command for our packages and all they need.
func listPackages(t *testing.T) map[string]listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "-json=ImportPath,Standard,Imports,Deps", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := map[string]listed{}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		switch err := d.Decode(&p); err {
		case nil:
			packages[p.ImportPath] = p
		case io.EOF:
			return packages
		default:
			t.Fatal(err)
		}
	}
}
