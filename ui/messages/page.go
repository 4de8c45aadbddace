package messages

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// open shows a message as a page of its own, which goes on living: attempts
// are added to it, its state changes, and what its row can do, it can, too.
func (b *screen) open(m backend.Message) tea.Cmd {
	now := func() (backend.Message, bool) {
		i := slices.IndexFunc(b.shell.Session.Inbox.Messages, func(x backend.Message) bool { return x.ID == m.ID })
		if i < 0 {
			return m, false
		}
		return b.shell.Session.Inbox.Messages[i], true
	}
	r := shell.NewReader(b.shell, m.Subject, func(w int) []string { m, _ := now(); return b.page(m, w) })
	r.Actions = shell.PageActions{
		Scope:  keymap.Messages,
		IDs:    []keymap.ID{keymap.UseCode, keymap.SendAgain, keymap.MarkUnread, keymap.DeleteMessage, keymap.Copy, keymap.ShowValues},
		Footer: func() []keymap.ID { m, _ := now(); return b.pageFooter(m) },
		Do:     func(id keymap.ID) tea.Cmd { return b.actOn(m.ID, id) },
		IsGone: func(fact tea.Msg) bool {
			_, there := now()
			read, ok := fact.(messagesReadMsg)
			return ok && read.err == nil && !there
		},
	}
	b.shell.Open(r)
	return b.markCmd(m, true)
}

// pageFooter lists the actions worth showing beside a whole message.
func (b *screen) pageFooter(m backend.Message) []keymap.ID {
	var ids []keymap.ID
	if m.Code != "" || m.Word != "" {
		ids = append(ids, keymap.UseCode)
	}
	if b.whyNotAgain(m) == "" {
		ids = append(ids, keymap.SendAgain)
	}
	return append(ids, keymap.Copy, keymap.DeleteMessage)
}

// actOn does an action to one message, whatever else is chosen or under the cursor.
func (b *screen) actOn(id string, do keymap.ID) tea.Cmd {
	find := func() int { return slices.IndexFunc(b.shown, func(m backend.Message) bool { return m.ID == id }) }
	if find() < 0 {
		b.showState("") // it has left the state that is looked for
	}
	if at := find(); at >= 0 {
		b.list.At = at
	}
	if do == keymap.DeleteMessage {
		clear(b.chosen)
	}
	return func() tea.Msg { return shell.ActMsg{ID: do} }
}
