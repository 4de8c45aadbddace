package messages

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// listActions are those of the list. What is done to a message is done to the
// one under the cursor; where there is none it is off.
func (b *screen) listActions() []shell.Action {
	list := []shell.Action{
		{ID: keymap.Open, Do: b.with(b.open), Off: b.whyNoMessage, Place: b.inList(1)},
		{ID: keymap.UseCode, Do: b.with(func(m backend.Message) tea.Cmd { return tea.Batch(b.useCode(m), b.markCmd(m, true)) }),
			Off: b.whyNoCode, Place: b.usual(2, 3)},
		{ID: keymap.SendAgain, Do: b.with(b.sendAgainCmd), Off: b.whyNoResend, Place: b.usual(3, 2)},
		{ID: keymap.FilterStates, Do: func() tea.Cmd {
			b.showState(stateOrder[(slices.Index(stateOrder, b.state)+1)%len(stateOrder)])
			return nil
		},
			Place: b.inListOr(4, 2)},
		{ID: keymap.DeleteMessage, Do: b.with(func(m backend.Message) tea.Cmd { b.askDelete(m); return nil }), Off: b.whyNoMessage, Place: b.inList(5)},
		{ID: keymap.Copy, Do: b.with(b.copyCmd), Off: b.whyNoMessage, Place: b.inList(6)},
		{ID: keymap.MarkUnread, Do: b.with(func(m backend.Message) tea.Cmd { return b.markCmd(m, !m.Read) }), Off: b.whyNoMessage, Place: b.inList(7)},
		{ID: keymap.ChooseMessage, Do: b.with(b.chooseNext), Off: b.whyNoMessage, Place: b.inList(8)},
		{ID: keymap.ChooseAllMessages, Do: func() tea.Cmd { b.chooseAll(); return nil }, Off: b.whyNoMessage},
		{ID: keymap.ShowValues, Place: b.inList(9)},
		{ID: keymap.ClearStates, Do: func() tea.Cmd { b.showState(""); return nil }, Place: b.inListOr(0, 1)},
		{ID: keymap.Refresh, Place: b.whenEmpty},
		{ID: keymap.Back, Do: func() tea.Cmd { b.back(); return nil }},
		{ID: keymap.FindText, Off: shell.AlwaysOff("There is nothing to find on this screen.")},
	}
	list = append(list, shell.MoveActions(func(id keymap.ID) tea.Cmd { b.list.Move(id); return nil })...)
	return shell.AndThen(list, b.follow)
}

// with does something with the message under the cursor.
func (b *screen) with(do func(backend.Message) tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		m, _ := b.current()
		return do(m)
	}
}

// The footers: of a list; of a list in which the state that is looked for hides
// everything; of one that is empty or could not be read.

func (b *screen) isEmpty() bool {
	return b.shell.Session.Inbox == nil && b.err != nil || b.shell.Session.Inbox != nil && len(b.shown) == 0 && b.state == ""
}

func (b *screen) isHidden() bool {
	return b.shell.Session.Inbox != nil && len(b.shown) == 0 && b.state != ""
}

// inList is a place in the footer of a list.
func (b *screen) inList(place int) func() int { return b.inListOr(place, 0) }

// inListOr is a place in the footer of a list, and one where all is hidden.
func (b *screen) inListOr(place, hidden int) func() int {
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
func (b *screen) usual(place, urgent int) func() int {
	return func() int {
		if m, ok := b.current(); ok && (m.State == backend.StateFailed || m.State == backend.StateQueued) {
			return b.inList(urgent)()
		}
		return b.inList(place)()
	}
}

// whenEmpty is the place of what is worth trying where there is no list.
func (b *screen) whenEmpty() int {
	switch {
	case b.isEmpty():
		return 1
	case b.isHidden():
		return 3
	}
	return 0
}

// whyNoMessage says why no message is under the cursor, "" when one is.
func (b *screen) whyNoMessage() string {
	switch _, ok := b.current(); {
	case ok:
		return ""
	case b.shell.Session.Inbox == nil && b.err != nil:
		return fmt.Sprintf("The messages could not be read. %s tries again.", b.shell.Keys.Key(keymap.Refresh))
	case b.shell.Session.Inbox == nil:
		return b.shell.Unread("The messages have")
	case b.state != "":
		return fmt.Sprintf("No message is %s. %s shows all of them.", stateName(b.state), b.shell.Keys.Key(keymap.ClearStates))
	}
	return "There is no message yet."
}

func (b *screen) whyNoCode() string {
	if why := b.whyNoMessage(); why != "" {
		return why
	}
	if m, _ := b.current(); m.Code == "" && m.Word == "" {
		return "There is no code in this message."
	}
	return ""
}

func (b *screen) whyNoResend() string {
	if why := b.whyNoMessage(); why != "" {
		return why
	}
	m, _ := b.current()
	return b.whyNotAgain(m)
}

// chooseNext chooses a message, or no longer, and goes on to the next one.
func (b *screen) chooseNext(m backend.Message) tea.Cmd {
	b.choose(m.ID)
	b.list.Move(keymap.Down)
	return nil
}
