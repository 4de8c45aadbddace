package messages

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/export"
	"github.com/account-settings/pinghome/ui/shell"
)

// newActions makes the actions of the list. What is done to a message is done to the
// one under the cursor, and deleting and marking to the chosen ones; it is off while no
// message is shown.
func (s *screen) newActions() []shell.Action {
	list := append(s.newMessageActions(s.current), []shell.Action{
		{ID: keymap.Open, Do: s.withCurrent(s.open), Off: s.whyNoMessage, Place: s.inList(1)},
		{ID: keymap.FilterStates, Do: s.openFilter, Place: s.inListOrHidden(4, 2)},
		{ID: keymap.ChooseMessage, Do: s.withCurrent(s.toggleChosen), Off: s.whyNoMessage, Place: s.inList(8)},
		{ID: keymap.ChooseAllMessages, Do: func() tea.Cmd { s.toggleAllChosen(); return nil }, Off: s.whyNoMessage},
		{ID: keymap.ShowValues, Place: s.inList(9)},
		{ID: keymap.ClearStates, Do: func() tea.Cmd { s.showAll(); return nil }, Place: s.inListOrHidden(0, 1)},
		{ID: keymap.Refresh, Place: s.refreshPlace},
		{ID: keymap.Back, Do: func() tea.Cmd { s.back(); return nil }},
		{ID: keymap.FindText, Do: s.find.Begin, Place: s.inListOrHidden(10, 3)},
	}...)
	list = append(list, s.columns.Actions(s.shell, keymap.Messages, func() tea.Cmd { s.narrow(); return nil })...)
	list = append(list, shell.MoveActions(func(id keymap.ID) tea.Cmd { s.list.Move(id); return nil })...)
	return shell.AndThen(list, s.followCursor)
}

// newMessageActions makes the actions on one message, the one that find returns. They
// are off while it finds none. Do is always about the message under the cursor.
func (s *screen) newMessageActions(find func() (backend.Message, bool)) []shell.Action {
	whyNot := func(whyNot func(backend.Message) string) func() string {
		return func() string {
			m, ok := find()
			if !ok {
				return s.whyNoMessage()
			}
			return whyNot(m)
		}
	}
	whyMissing := whyNot(func(backend.Message) string { return "" })
	return []shell.Action{
		{ID: keymap.UseCode, Do: s.withCurrent(func(m backend.Message) tea.Cmd { s.useCode(m); return s.markCmd(m, true) }),
			Off: whyNot(whyNoCode), Place: possible(whyNot(whyNoCode), s.inListOrUrgent(2, 3))},
		{ID: keymap.SendAgain, Do: s.withCurrent(s.resendCmd), Off: whyNot(s.whyNoResend), Place: possible(whyNot(s.whyNoResend), s.inListOrUrgent(3, 2))},
		{ID: keymap.DeleteMessage, Do: s.withCurrent(func(m backend.Message) tea.Cmd { s.askDelete(m); return nil }), Off: whyMissing, Place: s.inList(5)},
		{ID: keymap.Copy, Do: s.withCurrent(s.copyCmd), Off: whyMissing, Place: s.inList(6)},
		{ID: keymap.CopyRecord, Do: s.withCurrent(func(m backend.Message) tea.Cmd {
			return s.shell.CopyTextCmd("the message as JSON", export.Message(m))
		}), Off: whyMissing},
		{ID: keymap.MarkUnread, Do: s.withCurrent(s.toggleReadCmd), Off: whyMissing, Place: s.inList(7)},
	}
}

// possible is a place for what can be done, and none for what cannot.
func possible(whyNot func() string, place func() int) func() int {
	return func() int {
		if whyNot() != "" {
			return 0
		}
		return place()
	}
}

// withCurrent does something with the message under the cursor.
func (s *screen) withCurrent(do func(backend.Message) tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		m, _ := s.current()
		return do(m)
	}
}

// The places of actions in the footer; 0 for none.

// isEmpty reports whether there is no message, or they could not be read.
func (s *screen) isEmpty() bool {
	if s.shell.Session.Inbox == nil {
		return s.err != nil
	}
	return len(s.shown) == 0 && !s.isNarrowed()
}

// isHidden reports whether no message is in the chosen state.
func (s *screen) isHidden() bool {
	return s.shell.Session.Inbox != nil && len(s.shown) == 0 && s.isNarrowed()
}

// inList is a place while messages are shown.
func (s *screen) inList(place int) func() int { return s.inListOrHidden(place, 0) }

// inListOrHidden is a place while messages are shown, and another while no message is
// in the chosen state.
func (s *screen) inListOrHidden(place, hidden int) func() int {
	return func() int {
		switch {
		case s.isEmpty():
			return 0
		case s.isHidden():
			return hidden
		}
		return place
	}
}

// inListOrUrgent is a place while messages are shown, and another while the one under
// the cursor has failed or waits.
func (s *screen) inListOrUrgent(place, urgent int) func() int {
	return func() int {
		if m, ok := s.current(); ok && (m.State == backend.StateFailed || m.State == backend.StateUnknown || m.State == backend.StateQueued) {
			return s.inList(urgent)()
		}
		return s.inList(place)()
	}
}

func (s *screen) refreshPlace() int {
	switch {
	case s.isEmpty():
		return 1
	case s.isHidden():
		return 3
	}
	return 0
}
