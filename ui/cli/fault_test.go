//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui"
)

// faultyConsole is a console that panics on p, in a command on c, and hangs on h.
type faultyConsole struct{}

func (f *faultyConsole) Init() tea.Cmd            { return nil }
func (f *faultyConsole) View() string             { return "fragile" }
func (f *faultyConsole) RecentMessages() []string { return []string{"tea.KeyMsg"} }
func (f *faultyConsole) SaveDrafts()              { _ = os.WriteFile("saved", nil, 0o600) }
func (f *faultyConsole) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
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
	s := catchSignals()
	defer s.close()
	return printError(program{streams: standard(), signals: s, crashes: "crashes", sideWork: func() {}}.run(&faultyConsole{}), os.Stderr)
}

func TestAPanicLeavesAReportAndRestoresTheTerminal(t *testing.T) {
	for name, key := range map[string]string{"in the console": "p", "in a command": "c"} {
		t.Run(name, func(t *testing.T) {
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
			if !strings.Contains(string(content), "fault_test.go") || strings.Contains(string(content), "secret") {
				t.Errorf("the report:\n%s", content)
			}
			if _, err := os.Stat(filepath.Join(w.home, "saved")); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestASignalEndsAConsoleThatHangs(t *testing.T) {
	t.Parallel()
	w := inWindow(t, "fragile")
	w.see("fragile")
	w.press("h")
	w.signal(syscall.SIGTERM)
	w.wantExit(143)
	w.wantRestored()
}
