package shell

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/clipboard"
	"github.com/account-settings/pinghome/ui/safe"
)

type copiedMsg struct {
	what string
	way  clipboard.Way
	err  error
}

// CanCopy reports whether there is a way to the person's clipboard.
func (s *Shell) CanCopy() bool { return s.options.Copy != nil }

// CopyCmd puts a value of one line on the person's clipboard. Dangerous characters
// are made visible there, too: where it is pasted, a line end would run a command.
func (s *Shell) CopyCmd(what, value string) tea.Cmd { return s.copyCmd(what, safe.Text(value)) }

// CopyTextCmd is CopyCmd for a text of several lines.
func (s *Shell) CopyTextCmd(what, text string) tea.Cmd {
	return s.copyCmd(what, strings.Join(safe.Lines(text), "\n"))
}

func (s *Shell) copyCmd(what, value string) tea.Cmd {
	if !s.CanCopy() {
		s.Refuse(Warning, "This terminal has no way to copy.")
		return nil
	}
	copyText := s.options.Copy
	return func() tea.Msg {
		way, err := copyText(value)
		return copiedMsg{what, way, err}
	}
}

// copied says which way a text went. Whether a terminal took it, nothing but pasting shows.
func (s *Shell) copied(msg copiedMsg) {
	switch {
	case msg.err != nil:
		s.Tell(Failure, "Could not copy %s: %v", msg.what, msg.err)
	case msg.way.IsSure:
		s.Tell(Good, "Copied %s %s", msg.what, msg.way.Name)
	default:
		s.Tell(Neutral, "Gave %s to the terminal to copy. It does not acknowledge that, and may have dropped it.", msg.what)
	}
}
