package ui

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
)

// listActions are those of the list. What is done to a message is done to the
// one under the cursor; where there is none it is off.
func (b *messages) listActions() []action {
	list := []action{
		{id: keymap.Open, do: b.with(b.open), off: b.whyNoMessage, place: b.inList(1)},
		{id: keymap.UseCode, do: b.with(func(m backend.Message) tea.Cmd { return tea.Batch(b.useCode(m), b.markCmd(m, true)) }),
			off: b.whyNoCode, place: b.usual(2, 3)},
		{id: keymap.SendAgain, do: b.with(b.sendAgainCmd), off: b.whyNoResend, place: b.usual(3, 2)},
		{id: keymap.FilterStates, do: func() tea.Cmd {
			b.showState(stateOrder[(slices.Index(stateOrder, b.state)+1)%len(stateOrder)])
			return nil
		},
			place: b.inListOr(4, 2)},
		{id: keymap.DeleteMessage, do: b.with(func(m backend.Message) tea.Cmd { b.askDelete(m); return nil }), off: b.whyNoMessage, place: b.inList(5)},
		{id: keymap.Copy, do: b.with(b.copyCmd), off: b.whyNoMessage, place: b.inList(6)},
		{id: keymap.MarkUnread, do: b.with(func(m backend.Message) tea.Cmd { return b.markCmd(m, !m.Read) }), off: b.whyNoMessage, place: b.inList(7)},
		{id: keymap.ChooseMessage, do: b.with(b.chooseNext), off: b.whyNoMessage, place: b.inList(8)},
		{id: keymap.ChooseEvery, do: func() tea.Cmd { b.chooseAll(); return nil }, off: b.whyNoMessage},
		{id: keymap.Unmask, place: b.inList(9)},
		{id: keymap.ClearStates, do: func() tea.Cmd { b.showState(""); return nil }, place: b.inListOr(0, 1)},
		{id: keymap.Refresh, place: b.whenEmpty},
		{id: keymap.Back, do: func() tea.Cmd { b.back(); return nil }},
		{id: keymap.FindText, off: offHere("There is nothing to find on this screen.")},
	}
	list = append(list, moves(func(id keymap.ID) tea.Cmd { b.list.move(id); return nil })...)
	return andThen(list, b.follow)
}

// with does something with the message under the cursor.
func (b *messages) with(do func(backend.Message) tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		m, _ := b.current()
		return do(m)
	}
}

// The footers: of a list; of a list in which the state that is looked for hides
// everything; of one that is empty or could not be read.

func (b *messages) isEmpty() bool {
	return b.shell.Session.Inbox == nil && b.err != nil || b.shell.Session.Inbox != nil && len(b.shown) == 0 && b.state == ""
}

func (b *messages) isHidden() bool {
	return b.shell.Session.Inbox != nil && len(b.shown) == 0 && b.state != ""
}

// inList is a place in the footer of a list.
func (b *messages) inList(place int) func() int { return b.inListOr(place, 0) }

// inListOr is a place in the footer of a list, and one where all is hidden.
func (b *messages) inListOr(place, hidden int) func() int {
	return func() int {
		switch {
		case b.isEmpty():
			return 0
		case b.isHidden():
			return hidden
		}
		return place
	}
}

// usual is a place in the footer of a list, and another where the message has
// failed or waits: what can be done about that comes first.
func (b *messages) usual(place, urgent int) func() int {
	return func() int {
		if m, ok := b.current(); ok && (m.State == backend.StateFailed || m.State == backend.StateQueued) {
			return b.inList(urgent)()
		}
		return b.inList(place)()
	}
}

// whenEmpty is the place of what is worth trying where there is no list.
func (b *messages) whenEmpty() int {
	switch {
	case b.isEmpty():
		return 1
	case b.isHidden():
		return 3
	}
	return 0
}

// whyNoMessage says why no message is under the cursor, "" when one is.
func (b *messages) whyNoMessage() string {
	switch _, ok := b.current(); {
	case ok:
		return ""
	case b.shell.Session.Inbox == nil && b.err != nil:
		return fmt.Sprintf("The messages could not be read. %s tries again.", b.shell.Keys.Key(keymap.Refresh))
	case b.shell.Session.Inbox == nil:
		return b.shell.unread("The messages have")
	case b.state != "":
		return fmt.Sprintf("No message is %s. %s shows all of them.", stateName(b.state), b.shell.Keys.Key(keymap.ClearStates))
	}
	return "There is no message yet."
}

func (b *messages) whyNoCode() string {
	if why := b.whyNoMessage(); why != "" {
		return why
	}
	if m, _ := b.current(); m.Code == "" && m.Word == "" {
		return "There is no code in this message."
	}
	return ""
}

func (b *messages) whyNoResend() string {
	if why := b.whyNoMessage(); why != "" {
		return why
	}
	m, _ := b.current()
	return b.whyNotAgain(m)
}

// chooseNext chooses a message, or no longer, and goes on to the next one.
func (b *messages) chooseNext(m backend.Message) tea.Cmd {
	b.choose(m.ID)
	b.list.move(keymap.Down)
	return nil
}
