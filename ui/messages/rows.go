package messages

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// narrow sets the messages that are shown: those that pass the filter and have the text to
// find. The cursor stays on its message, but at the top it stays at the top, so that new
// ones are seen. A message that is not shown is not chosen either.
func (s *screen) narrow() {
	at, ok := s.current()
	s.shown = nil
	if s.shell.Session.Inbox == nil {
		return
	}
	for _, m := range s.shell.Session.Inbox.Messages {
		if s.filter.Keeps(state.OfMessage(m.State).Word()) && s.finds(m) {
			s.shown = append(s.shown, m)
		}
	}
	s.shown = s.columns.Sorted(s.shown)
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

// finds reports whether a message has the text to find, or its digits in the number that it
// went to.
func (s *screen) finds(m backend.Message) bool {
	return s.find.Has(searched(s.shell, m)) || m.Type == backend.TypeSMS && shell.HasNumber(m.To, s.find.Text())
}

// searched is the line in which a text is found.
func searched(sh *shell.Shell, m backend.Message) string {
	to := m.To
	if readable := backend.ReadableHost(m.Type, to); readable != to {
		to += " " + readable
	}
	return strings.Join([]string{channelName(sh, m, wholeName), to, shell.KindName(m.Kind), state.OfMessage(m.State).Word(), m.Subject, m.Provider, m.Detail}, " ")
}

// wholeName is room for any name of a channel.
const wholeName = 80

// channelName names the channel that a message went to in w cells: "#2 sms pager", or its
// type alone where no channel has the address any more.
func channelName(sh *shell.Shell, m backend.Message, w int) string {
	if ch, isThere := sh.Session.ChannelOf(m); isThere {
		return shell.ChannelName(ch, w)
	}
	return shell.TypeName(m.Type)
}

// indexOf is where a message stands in shown, -1 when it is not there.
func (s *screen) indexOf(id string) int {
	return slices.IndexFunc(s.shown, func(m backend.Message) bool { return m.ID == id })
}

// show puts the cursor on a message, and shows all of them where it is hidden.
func (s *screen) show(id string) {
	s.wanted = id
	if s.indexOf(id) < 0 {
		s.find.Clear()
		s.filter = shell.Filter{}
	}
	s.narrow()
}

// showAll shows all messages again.
func (s *screen) showAll() {
	s.find.Clear()
	s.filter = shell.Filter{}
	s.narrow()
}

// isNarrowed reports whether messages may be hidden.
func (s *screen) isNarrowed() bool { return !s.filter.IsAll() || s.find.Text() != "" }

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
	case s.isNarrowed():
		return fmt.Sprintf("No message is shown. %s shows all of them.", sh.Keys.Key(keymap.ClearStates))
	}
	return "There is no message yet."
}

// back undoes one thing at a time: it chooses nothing, empties the text to find, shows all
// states.
func (s *screen) back() {
	switch {
	case len(s.chosen) > 0:
		clear(s.chosen)
	case s.find.Text() != "":
		s.find.Clear()
		s.narrow()
	default:
		s.showAll()
	}
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
