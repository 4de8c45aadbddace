package ui

import (
	"context"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
)

// inbox is the screen of the messages that were held on this machine: what a
// customer would have got, so that everything can be tried with no network.
type inbox struct {
	d      *desk
	box    backend.Inbox
	read   bool
	err    error
	list   list
	chosen map[string]bool
}

type inboxReadMsg struct {
	box backend.Inbox
	err error
}

type messageMarkedMsg struct{ err error }

type messagesDeletedMsg struct {
	n   int
	err error
}

// shownMessages is how many messages are read; older ones stay where they are.
const shownMessages = 200

func newInbox(d *desk) *inbox { return &inbox{d: d, chosen: map[string]bool{}} }

func (b *inbox) Init() tea.Cmd          { return b.Load() }
func (b *inbox) Title() string          { return "Inbox" }
func (b *inbox) Scope() keymap.Scope    { return keymap.Inbox }
func (b *inbox) Capturing() bool        { return false }
func (b *inbox) Key(tea.KeyMsg) tea.Cmd { return nil }

func (b *inbox) Badge() string {
	if b.box.Unread == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d)", b.box.Unread)
}

func (b *inbox) Load() tea.Cmd {
	view := b.d.view()
	return b.d.load("inbox", func(ctx context.Context) tea.Msg {
		box, err := view.Messages(ctx, shownMessages)
		return inboxReadMsg{box, err}
	})
}

func (b *inbox) Update(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case inboxReadMsg:
		b.err = fact.err
		if fact.err != nil {
			b.d.failRead("The inbox could not be read", fact.err)
			return nil
		}
		b.keepCursor(fact.box)
	case messageMarkedMsg:
		if fact.err != nil {
			b.d.fail("The message", fact.err)
		}
		return b.Load()
	case messagesDeletedMsg:
		if fact.err != nil {
			b.d.fail("Nothing was deleted", fact.err)
			return b.Load()
		}
		clear(b.chosen)
		b.d.tell(good, "Deleted %s.", count(fact.n, "message"))
		return b.d.reload()
	}
	return nil
}

// keepCursor takes what was read and stays on the same message: new ones
// arrive above it.
func (b *inbox) keepCursor(box backend.Inbox) {
	at, ok := b.current()
	b.box, b.read = box, true
	if ok && b.list.at > 0 {
		if i := slices.IndexFunc(box.Messages, func(m backend.Message) bool { return m.ID == at.ID }); i >= 0 {
			b.list.at = i
		}
	}
	b.list.fit(len(box.Messages), b.list.h)
	for id := range b.chosen {
		if !slices.ContainsFunc(box.Messages, func(m backend.Message) bool { return m.ID == id }) {
			delete(b.chosen, id)
		}
	}
}

func (b *inbox) current() (backend.Message, bool) {
	if b.list.at >= len(b.box.Messages) {
		return backend.Message{}, false
	}
	return b.box.Messages[b.list.at], true
}

func (b *inbox) Off(id keymap.ID) string {
	m, ok := b.current()
	switch id {
	case keymap.Open, keymap.Copy, keymap.MarkUnread, keymap.DeleteMessage, keymap.UseCode, keymap.ChooseMessage, keymap.ChooseEvery:
		if !ok {
			return "The inbox is empty."
		}
	case keymap.FindText:
		return "There is nothing to find on this screen."
	}
	if id == keymap.UseCode && m.Code == "" {
		return "There is no code in this message."
	}
	return ""
}

func (b *inbox) Do(id keymap.ID) tea.Cmd {
	if b.list.move(id) {
		return nil
	}
	m, _ := b.current()
	switch id {
	case keymap.Open:
		b.d.open(newReader(b.d, m.Subject, func(w int) []string { return b.page(m, w) }))
		return b.markCmd(m, true)
	case keymap.MarkUnread:
		return b.markCmd(m, !m.Read)
	case keymap.UseCode:
		return tea.Batch(b.useCode(m), b.markCmd(m, true))
	case keymap.Copy:
		if m.Code != "" {
			return b.d.copyCmd("the code", m.Code)
		}
		return b.d.copyCmd("the message", m.Body)
	case keymap.ChooseMessage:
		b.choose(m.ID)
		b.list.move(keymap.Down)
	case keymap.ChooseEvery:
		b.chooseAll()
	case keymap.DeleteMessage:
		b.askDelete(m)
	case keymap.Back:
		clear(b.chosen)
	}
	return nil
}

func (b *inbox) choose(id string) {
	if b.chosen[id] {
		delete(b.chosen, id)
	} else {
		b.chosen[id] = true
	}
}

func (b *inbox) chooseAll() {
	if len(b.chosen) == len(b.box.Messages) {
		clear(b.chosen)
		return
	}
	for _, m := range b.box.Messages {
		b.chosen[m.ID] = true
	}
}

// markCmd sets whether a message has been read. Reading changes nothing where
// nothing may be changed.
func (b *inbox) markCmd(m backend.Message, read bool) tea.Cmd {
	if m.Read == read || b.d.readOnly {
		return nil
	}
	view := b.d.view()
	return b.d.change("mark "+m.ID, func(ctx context.Context) tea.Msg { return messageMarkedMsg{view.MarkMessage(ctx, m.ID, read)} })
}

// useCode opens the boxes of whatever this code is for, filled in. The digits
// are not sent before the person says so.
func (b *inbox) useCode(m backend.Message) tea.Cmd {
	d := b.d
	if m.Kind == backend.KindUsername && d.profile != nil && d.profile.Pending != nil && d.profile.Pending.Email == m.To {
		d.openCode(usernameProof(d, d.profile.Pending), m.Code)
		return goTo(atProfile)
	}
	for _, ch := range d.channels {
		if m.Kind == backend.KindVerification && ch.Type == m.Type && ch.Value == m.To && !ch.Verified {
			d.openCode(channelProof(d, ch), m.Code)
			return goTo(atChannels)
		}
	}
	d.tell(warning, "Nothing waits for this code any more.")
	return nil
}

func (b *inbox) askDelete(m backend.Message) {
	d := b.d
	ids := []string{m.ID}
	if len(b.chosen) > 0 {
		ids = ids[:0]
		for _, x := range b.box.Messages {
			if b.chosen[x.ID] {
				ids = append(ids, x.ID)
			}
		}
	}
	lines := []string{safe.Text(m.Subject)}
	if len(ids) > 1 {
		lines = []string{"They are gone from this machine for good."}
	}
	view := d.view()
	d.open(&confirm{d: d, title: "Delete " + count(len(ids), "message") + "?", lines: lines, keep: "Keep", doIt: "Delete",
		action: func() tea.Cmd {
			return d.change("delete messages", func(ctx context.Context) tea.Msg {
				return messagesDeletedMsg{len(ids), view.DeleteMessages(ctx, ids)}
			})
		}})
}

func (b *inbox) Footer() []keymap.ID {
	return []keymap.ID{keymap.Open, keymap.UseCode, keymap.Copy, keymap.MarkUnread, keymap.DeleteMessage, keymap.ChooseMessage, keymap.Unmask}
}

func (b *inbox) Status() (left, right string) {
	if n := len(b.box.Messages); n > 0 {
		right = fmt.Sprintf("%d/%d", b.list.at+1, b.box.Total)
	}
	if n := len(b.chosen); n > 0 {
		return fmt.Sprintf("%d chosen", n), right
	}
	if b.d.place == "local" || b.d.place == "demo" {
		return "These messages never left this machine", right
	}
	return "", right
}
