package feedback

import (
	"cmp"
	"errors"
	"os"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
)

// The text goes through the person's own editor in three steps: it is written to a
// file, the editor runs in the terminal, and the file is read. The area keeps its text
// until the file has been read.
type (
	fileWrittenMsg struct {
		path, text string
		err        error
	}
	editorClosedMsg struct {
		path, text string // text is what the file had before
		took       time.Duration
		err        error
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
		return fileWrittenMsg{file.Name(), text, errors.Join(err, file.Close())}
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
	begun := time.Now()
	return tea.ExecProcess(editor, func(err error) tea.Msg { return editorClosedMsg{m.path, m.text, time.Since(begun), err} })
}

// isCredential recognises environment variables that the editor must not get.
func isCredential(variable string) bool {
	return strings.HasPrefix(variable, "PINGHOME_TOKEN=") || strings.HasPrefix(variable, "PINGHOME_KEY=")
}

// leastEdit is less than a person needs to edit a text. An editor that ends sooner, and has changed
// nothing, has mostly opened a window of its own, in which the text is saved later.
const leastEdit = time.Second

// applyTo reads the file and removes it. It does so also when the editor failed: the
// file may have the only copy of the text. One that is not UTF-8 stays, for the same
// reason, and so does one that may be saved yet.
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
		if m.err == nil && m.took < leastEdit && text == m.text {
			read.fault, read.isLeft = "The editor ended at once. If it has a window, what you save there stays in "+m.path+"; let it wait, as by EDITOR='code --wait'", true
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
