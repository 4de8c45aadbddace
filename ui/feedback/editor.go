package feedback

import (
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// The text goes through the person's own editor in three steps: it is written to a
// file, the editor runs in the terminal, and the file is read. The area keeps its text
// until the file has been read.
type (
	fileWrittenMsg struct {
		path string
		err  error
	}
	editorClosedMsg struct {
		path string
		err  error
	}
	fileReadMsg struct {
		text   string
		err    error // of the editor or of the reading
		isRead bool
	}
)

var errNoEditor = errors.New("set $EDITOR to your editor")

// editCmd writes the text to a temporary file that only its owner can read.
func editCmd(text string) tea.Cmd {
	return func() tea.Msg {
		if editorCommand() == nil {
			return fileWrittenMsg{err: errNoEditor}
		}
		file, err := os.CreateTemp("", "pinghome-*.txt")
		if err != nil {
			return fileWrittenMsg{err: err}
		}
		_, err = file.WriteString(text)
		return fileWrittenMsg{file.Name(), errors.Join(err, file.Close())}
	}
}

// editorCommand is the program and its arguments that $VISUAL or $EDITOR names; nil
// when neither is set.
func editorCommand() []string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if command := strings.Fields(os.Getenv(name)); len(command) > 0 {
			return command
		}
	}
	return nil
}

// applyTo runs the editor. Until it ends, it has the terminal.
func (m fileWrittenMsg) applyTo(s *screen) tea.Cmd {
	command := editorCommand()
	if m.err == nil && command == nil {
		m.err = errNoEditor
	}
	if m.err != nil {
		s.refusal = "The editor cannot be opened: " + m.err.Error()
		return nil
	}
	editor := exec.Command(command[0], append(command[1:], m.path)...)
	editor.Stdin = os.Stdin // the console reads its keys itself, and gives Bubble Tea none to pass on
	editor.Env = slices.DeleteFunc(os.Environ(), isCredential)
	return tea.ExecProcess(editor, func(err error) tea.Msg { return editorClosedMsg{m.path, err} })
}

// isCredential recognises environment variables that the editor must not get.
func isCredential(variable string) bool {
	return strings.HasPrefix(variable, "PINGHOME_TOKEN=") || strings.HasPrefix(variable, "PINGHOME_KEY=")
}

// applyTo reads the file and removes it. It does so also when the editor failed: the
// file may have the only copy of the text.
func (m editorClosedMsg) applyTo(*screen) tea.Cmd {
	return func() tea.Msg {
		text, err := os.ReadFile(m.path)
		if err != nil {
			return fileReadMsg{err: errors.Join(m.err, err)}
		}
		_ = os.Remove(m.path) // if it stays, nothing is lost
		return fileReadMsg{strings.TrimRight(string(text), "\n"), m.err, true}
	}
}

// applyTo puts the text of the file into the area, unless the editor failed and left
// the file empty.
func (m fileReadMsg) applyTo(s *screen) tea.Cmd {
	s.refusal = ""
	if m.err != nil {
		s.refusal = "The editor ended with an error: " + m.err.Error()
	}
	if m.isRead && (m.err == nil || m.text != "") {
		s.area.SetValue(m.text)
		s.keepDraft()
	}
	return nil
}
