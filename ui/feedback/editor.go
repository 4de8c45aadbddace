package feedback

import (
	"cmp"
	"errors"
	"os"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
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
		fault  string // of the editor or of the reading, a clause; "" for none
		isRead bool
		isLeft bool // the file stays, since it has the only copy of the text
	}
)

// editCmd writes the text to a temporary file that only its owner can read.
func editCmd(text string) tea.Cmd {
	return func() tea.Msg {
		if editorSetting() == "" {
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

// applyTo runs the editor. Until it ends, it has the terminal.
func (m fileWrittenMsg) applyTo(s *screen) tea.Cmd {
	setting := editorSetting()
	if m.err == nil && setting == "" {
		m.err = errNoEditor
	}
	if m.err != nil {
		s.refusal = "The editor cannot be opened: " + m.err.Error()
		return nil
	}
	editor := editorCommand(setting, m.path)
	editor.Stdin = os.Stdin // the console reads its keys itself, and gives Bubble Tea none to pass on
	editor.Env = slices.DeleteFunc(os.Environ(), isCredential)
	return tea.ExecProcess(editor, func(err error) tea.Msg { return editorClosedMsg{m.path, err} })
}

// isCredential recognises environment variables that the editor must not get.
func isCredential(variable string) bool {
	return strings.HasPrefix(variable, "PINGHOME_TOKEN=") || strings.HasPrefix(variable, "PINGHOME_KEY=")
}

// applyTo reads the file and removes it. It does so also when the editor failed: the
// file may have the only copy of the text. One that is not UTF-8 stays, for the same
// reason.
func (m editorClosedMsg) applyTo(*screen) tea.Cmd {
	return func() tea.Msg {
		read := fileReadMsg{}
		if m.err != nil {
			read.fault = "The editor ended with an error: " + editorFault(editorSetting(), m.err)
		}
		content, err := os.ReadFile(m.path)
		if err != nil {
			read.fault = cmp.Or(read.fault, "What the editor saved cannot be read: "+err.Error())
			return read
		}
		text, err := backend.DecodeText(content)
		if err != nil {
			read.fault, read.isLeft = "Not taken over: "+err.Error()+". It is in "+m.path, true
			return read
		}
		_ = os.Remove(m.path) // if it stays, nothing is lost
		text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
		read.text, read.isRead = strings.TrimRight(text, "\n"), true
		return read
	}
}

// applyTo puts the text of the file into the area, unless the editor failed and left
// the file empty.
func (m fileReadMsg) applyTo(s *screen) tea.Cmd {
	s.refusal = m.fault
	if m.isLeft { // the notices have all of it
		s.shell.Tell(shell.Failure, "%s.", m.fault)
	}
	if m.isRead && (m.fault == "" || m.text != "") {
		s.area.SetValue(m.text)
		s.keepDraft()
	}
	return nil
}
