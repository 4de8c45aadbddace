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

// Problems lists where the rows are that need a look, in the order in which the verdict
// tells of them: channels whose messages are refused for a reason on the operator's side,
// channels that fail, messages that wait for their next try, an account that is not reached,
// channels whose proof is stale, and what waits for a code.
func (s *Shell) Problems() iter.Seq[GoToMsg] {
	return func(yield func(GoToMsg) bool) {
		each := func(is func(backend.Channel) bool) bool {
			for _, ch := range s.Session.Channels {
				if is(ch) && !yield(rowOf(ch)) {
					return false
				}
			}
			return true
		}
		if !each(s.isBlocked) || !each(state.IsFailing) {
			return
		}
		for _, id := range s.Session.Waiting() {
			if !yield(GoToMsg{Screen: keymap.Messages, Row: id}) {
				return
			}
		}
		if s.isUnreached() && !yield(GoToMsg{Screen: keymap.Channels, Row: s.firstToSwitchOn()}) {
			return
		}
		if !each(func(ch backend.Channel) bool { return ch.Reachable() && state.OfReach(ch, s.Now) == state.Stale }) {
			return
		}
		if p := s.Session.Profile; p != nil && p.Pending != nil && !yield(GoToMsg{Screen: keymap.Profile}) {
			return
		}
		each(func(ch backend.Channel) bool { return !ch.Verified && !state.IsFailing(ch) })
	}
}

// isUnreached reports that no channel is on which has a value in force.
func (s *Shell) isUnreached() bool {
	return s.Session.Channels != nil && !slices.ContainsFunc(s.Session.Channels, backend.Channel.Reachable)
}

// firstToSwitchOn is the row of the first channel that could reach the account; "" where
// there is none.
func (s *Shell) firstToSwitchOn() string {
	i := slices.IndexFunc(s.Session.Channels, func(ch backend.Channel) bool { return ch.ActiveValue != "" })
	if i < 0 {
		return ""
	}
	return strconv.Itoa(s.Session.Channels[i].Priority)
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
	var rows []GoToMsg
	for row := range s.Problems() {
		if !slices.Contains(rows, row) { // one may need a look for two reasons
			rows = append(rows, row)
		}
	}
	s.problem = rows[(slices.Index(rows, s.problem)+1)%len(rows)]
	next := s.problem
	return func() tea.Msg { return next }
}

// CountFailing counts the channels of a list that fail.
func CountFailing(list []backend.Channel) int {
	n := 0
	for _, ch := range list {
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
		return m.IsDelayed() && m.Type == ch.Type && (m.To == ch.Value || m.To == ch.ActiveValue)
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
