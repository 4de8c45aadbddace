package messages

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
)

// narrow sets the messages that are shown: those in the chosen state. The cursor stays
// on its message, but at the top it stays at the top, so that new ones are seen. A
// message that is not shown is not chosen either.
func (s *screen) narrow() {
	at, ok := s.current()
	s.shown = nil
	for _, m := range s.shell.Session.Inbox.Messages {
		if s.state == "" || m.State == s.state {
			s.shown = append(s.shown, m)
		}
	}
	if i := s.indexOf(s.wanted); i >= 0 {
		s.list.At, s.wanted = i, ""
	} else if i := s.indexOf(at.ID); ok && s.list.At > 0 && i >= 0 {
		s.list.At = i
	}
	s.list.Fit(len(s.shown), s.list.H)
	for id := range s.chosen {
		if s.indexOf(id) < 0 {
			delete(s.chosen, id)
		}
	}
}

// indexOf is where a message stands in shown, -1 when it is not there.
func (s *screen) indexOf(id string) int {
	return slices.IndexFunc(s.shown, func(m backend.Message) bool { return m.ID == id })
}

// showState shows only the messages in a state; "" for all.
func (s *screen) showState(state backend.MessageState) {
	s.state = state
	if s.shell.Session.Inbox != nil {
		s.narrow()
	}
}

// showNextState goes through the states, in their order.
func (s *screen) showNextState() {
	s.showState(stateOrder[(slices.Index(stateOrder, s.state)+1)%len(stateOrder)])
}

// current returns the message under the cursor; false when none is shown.
func (s *screen) current() (backend.Message, bool) {
	if s.list.At >= len(s.shown) {
		return backend.Message{}, false
	}
	return s.shown[s.list.At], true
}

// whyNoMessage says why no message is shown, "" when one is.
func (s *screen) whyNoMessage() string {
	sh := s.shell
	switch _, ok := s.current(); {
	case ok:
		return ""
	case sh.Session.Inbox == nil && s.err != nil:
		return fmt.Sprintf("The messages could not be read. %s tries again.", sh.Keys.Key(keymap.Refresh))
	case sh.Session.Inbox == nil:
		return sh.Unread("The messages have")
	case s.state != "":
		return fmt.Sprintf("No message is %s. %s shows all of them.", stateName(s.state), sh.Keys.Key(keymap.ClearStates))
	}
	return "There is no message yet."
}

// back undoes one thing at a time: it chooses nothing, shows all states.
func (s *screen) back() {
	if len(s.chosen) > 0 {
		clear(s.chosen)
		return
	}
	s.showState("")
}

// targets are the messages that an action is done to: the chosen ones, or m where none
// is chosen.
func (s *screen) targets(m backend.Message) []backend.Message {
	if len(s.chosen) == 0 {
		return []backend.Message{m}
	}
	return slices.DeleteFunc(slices.Clone(s.shown), func(m backend.Message) bool { return !s.chosen[m.ID] })
}

// toggleChosen chooses a message, or no longer, and goes on to the next one.
func (s *screen) toggleChosen(m backend.Message) tea.Cmd {
	if s.chosen[m.ID] {
		delete(s.chosen, m.ID)
	} else {
		s.chosen[m.ID] = true
	}
	s.list.Move(keymap.Down)
	return nil
}

// toggleAllChosen chooses every message that is shown, or none when all are chosen.
func (s *screen) toggleAllChosen() {
	if len(s.chosen) == len(s.shown) {
		clear(s.chosen)
		return
	}
	for _, m := range s.shown {
		s.chosen[m.ID] = true
	}
}
