package feedback

import (
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// The way of a text through the person's own editor: into a file, the editor
// with the terminal to itself, and back. What was in the screen stays until
// the file has been read.
type (
	editorReadyMsg struct {
		path string
		err  error
	}
	editorClosedMsg struct {
		path string
		err  error
	}
	editedMsg struct {
		text string
		err  error
		read bool // the file has been read
	}
)

var errNoEditor = errors.New("set $EDITOR to the editor of your choice")

// editCmd puts the text into a file of its own, which only the owner can read.
func editCmd(text string) tea.Cmd {
	return func() tea.Msg {
		if editor() == nil {
			return editorReadyMsg{err: errNoEditor}
		}
		file, err := os.CreateTemp("", "pinghome-*.txt")
		if err != nil {
			return editorReadyMsg{err: err}
		}
		_, err = file.WriteString(text)
		return editorReadyMsg{file.Name(), errors.Join(err, file.Close())}
	}
}

// editor is the command that $VISUAL or $EDITOR names, nil when neither does.
func editor() []string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if words := strings.Fields(os.Getenv(name)); len(words) > 0 {
			return words
		}
	}
	return nil
}

// runEditor hands the terminal to the editor.
func (f *screen) runEditor(m editorReadyMsg) tea.Cmd {
	words := editor()
	if m.err != nil || words == nil {
		f.refusal = "The editor cannot be opened: " + reason(m.err)
		return nil
	}
	command := exec.Command(words[0], append(words[1:], m.path)...)
	command.Env = slices.DeleteFunc(os.Environ(), isSecret)
	return tea.ExecProcess(command, func(err error) tea.Msg { return editorClosedMsg{m.path, err} })
}

// isSecret recognises variables that are no editor's business.
func isSecret(variable string) bool {
	return strings.HasPrefix(variable, "PINGHOME_TOKEN=") || strings.HasPrefix(variable, "PINGHOME_KEY=")
}

func reason(err error) string {
	if err == nil {
		return errNoEditor.Error()
	}
	return err.Error()
}

// readCmd takes the text back, also from an editor that ended badly: what it
// left in the file may be all there is. The file goes once it has been read.
func (m editorClosedMsg) readCmd() tea.Cmd {
	return func() tea.Msg {
		text, err := os.ReadFile(m.path)
		if err != nil {
			return editedMsg{err: errors.Join(m.err, err)}
		}
		_ = os.Remove(m.path) // a file that stays behind loses nothing
		return editedMsg{strings.TrimRight(string(text), "\n"), m.err, true}
	}
}

// edited takes what came back. Nothing in the file of an editor that failed
// is no text, and then what was there stays.
func (f *screen) edited(m editedMsg) {
	f.refusal = ""
	if m.err != nil {
		f.refusal = "The editor ended with an error: " + m.err.Error()
	}
	if m.read && (m.err == nil || m.text != "") {
		f.area.SetValue(m.text)
		f.keep()
	}
}
