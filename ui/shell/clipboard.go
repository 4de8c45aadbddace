package shell

import (
	tea "github.com/charmbracelet/bubbletea"
)

type copiedMsg struct {
	what string
	err  error
}

// CanCopy reports whether there is a way to the terminal's clipboard.
func (s *Shell) CanCopy() bool { return s.options.Copy != nil }

// CopyCmd puts a value on the terminal's clipboard.
func (s *Shell) CopyCmd(what, value string) tea.Cmd {
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
