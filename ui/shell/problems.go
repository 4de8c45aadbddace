package shell

import (
	"iter"
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/state"
)

// Problems lists where the rows are that need a look: channels that fail, messages that
// wait for their next try, and then what else the verdict tells of: values that wait for a
// code, and channels whose proof is stale.
func (s *Shell) Problems() iter.Seq[GoToMsg] {
	return func(yield func(GoToMsg) bool) {
		for _, ch := range s.Session.Channels {
			if state.IsFailing(ch) && !yield(rowOf(ch)) {
				return
			}
		}
		for _, id := range s.Session.Waiting() {
			if !yield(GoToMsg{Screen: keymap.Messages, Row: id}) {
				return
			}
		}
		if p := s.Session.Profile; p != nil && p.Pending != nil && !yield(GoToMsg{Screen: keymap.Profile}) {
			return
		}
		for _, ch := range s.Session.Channels {
			isWaiting := !ch.Verified || ch.Reachable() && state.OfReach(ch, s.Now) == state.Stale
			if isWaiting && !state.IsFailing(ch) && !yield(rowOf(ch)) {
				return
			}
		}
	}
}

// rowOf is where a channel is.
func rowOf(ch backend.Channel) GoToMsg {
	return GoToMsg{Screen: keymap.Channels, Row: strconv.Itoa(ch.Priority)}
}

// WhyNoProblem says why there is no row that needs a look, "" when there is one.
func (s *Shell) WhyNoProblem() string {
	for range s.Problems() {
		return ""
	}
	return "Nothing fails, and nothing waits."
}

// NextProblemCmd goes to the row that needs a look after the one that it went to last.
func (s *Shell) NextProblemCmd() tea.Cmd {
	rows := slices.Collect(s.Problems())
	s.problem = rows[(slices.Index(rows, s.problem)+1)%len(rows)]
	next := s.problem
	return func() tea.Msg { return next }
}

// Failing counts the channels that fail.
func (s *Shell) Failing() int { return s.facts.failing.get(s.basis(), s.Session.Failing) }

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

// Delayed is the newest message to a channel that a provider has refused for now; false for
// none.
func (s *Session) Delayed(ch backend.Channel) (backend.Message, bool) {
	if s.Inbox == nil {
		return backend.Message{}, false
	}
	i := slices.IndexFunc(s.Inbox.Messages, func(m backend.Message) bool {
		return m.State == backend.StateQueued && m.Attempts > 0 && m.Type == ch.Type && (m.To == ch.Value || m.To == ch.ActiveValue)
	})
	if i < 0 {
		return backend.Message{}, false
	}
	return s.Inbox.Messages[i], true
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
