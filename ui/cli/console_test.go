//go:build unix

package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui"
)

// stall is under the five seconds that Bubble Tea waits for an answer, and
// well over what a busy machine takes to start.
const stall = 4 * time.Second

func TestATerminalThatAnswersNothingIsNotWaitedFor(t *testing.T) {
	start := time.Now()
	inWindow(t, "pinghome", "--version").wantExit(0)
	if took := time.Since(start); took > stall {
		t.Errorf("the version took %v", took)
	}
	start = time.Now()
	w := inWindow(t, "pinghome", "--demo")
	w.see("demo")
	if took := time.Since(start); took > stall {
		t.Errorf("the first frame took %v", took)
	}
	w.press("q")
	w.wantExit(0)
	w.wantRestored()
	wantNothingIn(t, w.temporary())
}

func TestSignals(t *testing.T) {
	for sig, code := range map[syscall.Signal]int{syscall.SIGTERM: 143, syscall.SIGHUP: 129, syscall.SIGINT: 130, syscall.SIGQUIT: 131} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			w := inWindow(t, "pinghome", "--demo")
			w.see("demo")
			w.signal(sig)
			w.wantExit(code)
			w.wantRestored()
			wantNothingIn(t, w.temporary())
		})
	}
}

func TestPathsThatAreNoDatabase(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(path string) error
		args    []string
		code    int
		says    string
	}{
		"a folder":              {mkdir, nil, 2, "is a folder; name a file in it"},
		"a pipe":                {pipe, nil, 2, "not a file that can hold a database"},
		"another file":          {write("hello, this is no database"), nil, 1, "pinghome: "},
		"an empty file":         {write(""), nil, 1, "is empty"},
		"a file for a folder":   {func(path string) error { return write("")(filepath.Dir(path)) }, nil, 2, "a file stands where one of its folders should be"},
		"nothing, read only":    {nothing, []string{"--read-only"}, 5, "There is no database at"},
		"nothing, with account": {nothing, []string{"--account", "ada@example.org"}, 5, "no account"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			path := filepath.Join(home, "here", "accounts.db")
			if err := c.prepare(path); err != nil {
				t.Fatal(err)
			}
			w := inWindowAt(t, home, "pinghome", append(c.args, "--db", path)...)
			w.wantExit(c.code)
			w.see(c.says)
			w.wantRestored()
		})
	}
}

func mkdir(path string) error { return os.MkdirAll(path, 0o700) }

func pipe(path string) error {
	return errors.Join(mkdir(filepath.Dir(path)), syscall.Mkfifo(path, 0o600))
}

func nothing(string) error { return nil }

func write(content string) func(string) error {
	return func(path string) error {
		return errors.Join(mkdir(filepath.Dir(path)), os.WriteFile(path, []byte(content), 0o600))
	}
}

func TestTheFirstRunMakesNothingUnasked(t *testing.T) {
	w := inWindow(t, "pinghome", "--db", "deep/down/accounts.db")
	w.see("deep/down/accounts.db")
	w.press("\x03")
	w.wantExit(0)
	wantNothingIn(t, filepath.Join(w.home, "deep"))
	wantNothingIn(t, filepath.Join(w.home, ".local"))
}

func TestAnAccountThatIsNotThere(t *testing.T) {
	w := inWindow(t, "pinghome", "--demo", "--account", "nobody@example.org")
	w.wantExit(5)
	w.see("nobody@example.org")
	wantNothingIn(t, w.temporary())
}

func TestTheLogIsForTheOwner(t *testing.T) {
	w := inWindow(t, "pinghome", "--demo", "--debug")
	w.see("demo")
	w.press("q")
	w.wantExit(0)
	info, err := os.Stat(filepath.Join(w.home, ".local/state/pinghome/debug.log"))
	if err != nil || info.Size() == 0 || info.Mode().Perm() != 0o600 {
		t.Errorf("%+v, %v", info, err)
	}
}

// fragile is a console that panics on p and hangs on h.
type fragile struct{ isSaved bool }

func (f *fragile) Init() tea.Cmd            { return nil }
func (f *fragile) View() string             { return "fragile" }
func (f *fragile) RecentMessages() []string { return []string{"tea.KeyMsg"} }
func (f *fragile) SaveDrafts()              { os.WriteFile("saved", nil, 0o600) }
func (f *fragile) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, isKey := msg.(tea.KeyMsg); isKey {
		switch key.String() {
		case "p":
			panic("secret")
		case "c":
			return f, func() tea.Msg { panic("secret") }
		case "h":
			select {}
		}
	}
	if _, isQuit := msg.(ui.QuitMsg); isQuit {
		return f, tea.Quit
	}
	return f, nil
}

func fragileMain() int {
	s := listen()
	defer s.close()
	return tell(program{streams: standard(), signals: s, crashes: "crashes", beside: func() {}}.run(&fragile{}), os.Stderr)
}

func TestAPanicLeavesAReportAndATerminal(t *testing.T) {
	for place, key := range map[string]string{"in the console": "p", "in a command": "c"} {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			w := inWindow(t, "fragile")
			w.see("fragile")
			w.press(key)
			w.wantExit(1)
			w.wantRestored()
			w.see("pinghome: A fault in the program ended it; what you typed is kept, and the report is in crashes/crash-")
			reports, _ := filepath.Glob(filepath.Join(w.home, "crashes", "crash-*.txt"))
			if len(reports) != 1 {
				t.Fatalf("reports: %v", reports)
			}
			content, _ := os.ReadFile(reports[0])
			if !strings.Contains(string(content), "console_test.go") || strings.Contains(string(content), "secret") {
				t.Errorf("the report:\n%s", content)
			}
			if _, err := os.Stat(filepath.Join(w.home, "saved")); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAConsoleThatHangsIsEndedAllTheSame(t *testing.T) {
	t.Parallel()
	w := inWindow(t, "fragile")
	w.see("fragile")
	w.press("h")
	w.signal(syscall.SIGINT)
	w.signal(syscall.SIGTERM) // impatience; of two at once, the lower number comes first
	w.wantExit(130)
	w.wantRestored()
}
