package shell

import (
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/state"
)

// Problems lists where the rows are that need a look: channels that fail, and messages that
// wait for their next try.
func (s *Shell) Problems() (rows []GoToMsg) {
	for _, ch := range s.Session.Channels {
		if state.IsFailing(ch) {
			rows = append(rows, GoToMsg{Screen: keymap.Channels, Row: strconv.Itoa(ch.Priority)})
		}
	}
	for _, id := range s.Session.Waiting() {
		rows = append(rows, GoToMsg{Screen: keymap.Messages, Row: id})
	}
	return rows
}

// WhyNoProblem says why there is no row that needs a look, "" when there is one.
func (s *Shell) WhyNoProblem() string {
	if len(s.Problems()) == 0 {
		return "Nothing fails, and no message waits."
	}
	return ""
}

// NextProblemCmd goes to the row that needs a look after the one that it went to last.
func (s *Shell) NextProblemCmd() tea.Cmd {
	rows := s.Problems()
	s.problem = rows[(slices.Index(rows, s.problem)+1)%len(rows)]
	next := s.problem
	return func() tea.Msg { return next }
}

// Failing counts the channels that fail.
func (s *Session) Failing() int {
	n := 0
	for _, ch := range s.Channels {
		if state.IsFailing(ch) {
			n++
		}
	}
	return n
}

// Waiting lists the messages that wait for their next try, by their ids.
func (s *Session) Waiting() (ids []string) {
	if s.Inbox == nil {
		return nil
	}
	for _, m := range s.Inbox.Messages {
		if m.State == backend.StateQueued {
			ids = append(ids, m.ID)
		}
	}
	return ids
}
