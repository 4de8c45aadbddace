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

// fragile is a console that panics on p, in a command on c, and hangs on h.
type fragile struct{}

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
			if !strings.Contains(string(content), "fault_test.go") || strings.Contains(string(content), "secret") {
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
	w.signal(syscall.SIGTERM)
	w.wantExit(143)
	w.wantRestored()
}
