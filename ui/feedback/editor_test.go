package feedback

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

func TestTextIsEditedInAnEditor(t *testing.T) {
	t.Setenv("VISUAL", "")
	t.Setenv("EDITOR", "")
	t.Setenv("PATH", t.TempDir()) // no usual editor is installed
	sh := shell.New(shell.Options{Look: theme.New(theme.Options{Name: "mono", Profile: termenv.Ascii}), Still: true})
	sh.Show(shell.Opened{View: backendtest.Stub{}})
	s := New(sh)
	run := func(cmd tea.Cmd) {
		for cmd != nil {
			cmd = s.Update(cmd())
		}
	}
	see := func(wanted ...string) {
		t.Helper()
		left, _ := s.Status()
		screen := strings.Join(append(s.View(80, 20), left.Text), "\n")
		for _, text := range wanted {
			if !strings.Contains(screen, text) {
				t.Fatalf("%q is not on the screen:\n%s", text, screen)
			}
		}
	}
	do := func(id keymap.ID) {
		a, _ := shell.FindAction(s.Actions(), id)
		run(a.Do())
	}
	do(keymap.WriteFeedback)
	s.Type(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("begun here")})
	do(keymap.ComposeEdit)
	see("The editor cannot be opened: set $EDITOR", "begun here")
	// No editor runs here: the file is as one would have left it.
	run(s.Update(editorClosedMsg{path: editedFile(t, "begun here,\nended there\n")}))
	see("begun here,", "ended there", "Kept until you quit")
	run(s.Update(editorClosedMsg{path: editedFile(t, "saved, and then it crashed\n"), err: os.ErrDeadlineExceeded}))
	see("✗ The editor ended with an error", "saved, and then it crashed")
	run(s.Update(editorClosedMsg{path: editedFile(t, ""), err: os.ErrDeadlineExceeded}))
	see("saved, and then it crashed")
}

// TestAnEditorThatEndsAtOnceKeepsItsFile: it may have opened a window, in which the text is saved
// later.
func TestAnEditorThatEndsAtOnceKeepsItsFile(t *testing.T) {
	sh := shell.New(shell.Options{Look: theme.New(theme.Options{Name: "mono", Profile: termenv.Ascii}), Still: true})
	sh.Show(shell.Opened{View: backendtest.Stub{}})
	s := New(sh)
	closed := editorClosedMsg{path: editedFile(t, "begun here"), text: "begun here"}
	s.Update(s.Update(closed)())
	notice, _ := sh.Notices.Current()
	if told := strings.Join(sh.NoticeLines(notice, 1000, 1), ""); !strings.Contains(told, "The editor ended at once. If it has a window, what you save there stays in "+closed.path) {
		t.Errorf("told is %q", told)
	}
	if _, err := os.Stat(closed.path); err != nil {
		t.Error("what is saved later would be lost: ", err)
	}
	closed.took = time.Minute
	s.Update(s.Update(closed)())
	if _, err := os.Stat(closed.path); err == nil {
		t.Error("the file is left")
	}
}

func editedFile(t *testing.T, text string) string {
	path := filepath.Join(t.TempDir(), "feedback.txt")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
