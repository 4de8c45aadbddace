package shell

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/safe"
)

type copiedMsg struct {
	what string
	err  error
}

// CanCopy reports whether there is a way to the terminal's clipboard.
func (s *Shell) CanCopy() bool { return s.options.Copy != nil }

// CopyCmd puts a value of one line on the terminal's clipboard. Dangerous characters
// are made visible there, too: where it is pasted, a line end would run a command.
func (s *Shell) CopyCmd(what, value string) tea.Cmd { return s.copyCmd(what, safe.Text(value)) }

// CopyTextCmd is CopyCmd for a text of several lines.
func (s *Shell) CopyTextCmd(what, text string) tea.Cmd {
	return s.copyCmd(what, strings.Join(safe.Lines(text), "\n"))
}

func (s *Shell) copyCmd(what, value string) tea.Cmd {
	if !s.CanCopy() {
		s.Tell(Warning, "This terminal gives no way to copy.")
		return nil
	}
	copyText := s.options.Copy
	return func() tea.Msg { return copiedMsg{what, copyText(value)} }
}

func (s *Shell) copied(msg copiedMsg) {
	if msg.err != nil {
		s.Tell(Failure, "Could not copy %s: %v", msg.what, msg.err)
		return
	}
	s.Tell(Good, "Gave %s to the terminal to copy", msg.what)
}
