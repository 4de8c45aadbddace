package ui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
)

// What has been done to messages.
type (
	messageMarkedMsg struct{ err error }
	messageSentMsg   struct {
		was, now backend.Message
		err      error
	}
	messagesDeletedMsg struct {
		n   int
		err error
	}
)

// done takes what became of it.
func (b *messages) done(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case messageMarkedMsg:
		if fact.err != nil {
			b.d.fail("The message", fact.err)
		}
		return b.Load()
	case messageSentMsg:
		b.sent(fact)
		return b.d.reload()
	case messagesDeletedMsg:
		if fact.err != nil {
			b.d.fail("Nothing was deleted", fact.err)
			return b.Load()
		}
		clear(b.chosen)
		b.d.undo = nil
		b.d.tell(good, "Deleted %s.", count(fact.n, "message"))
		return b.d.reload()
	}
	return nil
}

// newest is the last message of a kind that went to an address.
func (d *desk) newest(kind backend.MessageKind, by backend.ChannelType, to string) (backend.Message, bool) {
	if d.inbox == nil {
		return backend.Message{}, false
	}
	for _, m := range d.inbox.Messages {
		if m.Kind == kind && m.Type == by && m.To == to {
			return m, true
		}
	}
	return backend.Message{}, false
}

// whyNotAgain says why a message is not sent once more, "" when it can be.
func (b *messages) whyNotAgain(m backend.Message) string {
	if why := b.d.lacks(backend.FeatureDeliveries); why != "" {
		return why
	}
	switch {
	case m.State == backend.StateHeld:
		return "It is " + b.d.heldWords() + ": there is nothing to send."
	case m.Kind == backend.KindTest && m.State != backend.StateQueued:
		return fmt.Sprintf("A test is not sent twice: %s on its channel sends another one.", b.d.keys.Key(keymap.TestChannel))
	case m.Kind == backend.KindNotice && m.State == backend.StateSent:
		return fmt.Sprintf("%s has taken it: it is not sent again.", m.Provider)
	}
	return ""
}

func (b *messages) sendAgainCmd(m backend.Message) tea.Cmd {
	view := b.d.opened.View
	return b.d.change("send "+m.ID, func(ctx context.Context) tea.Msg {
		now, err := view.ResendMessage(ctx, m.ID)
		return messageSentMsg{m, now, err}
	})
}

// retry is a message that was sent again and has not been seen to go yet.
type retry struct {
	id       string
	what     string // "It", "A fresh code"
	attempts int    // before this try
	told     bool   // that it is under way
}

// sent goes to the message that goes now. What became of it stands in the
// answer or, where that came before the try, in what is read next.
func (b *messages) sent(m messageSentMsg) {
	if m.err != nil {
		b.d.fail("Sending it again", m.err)
		return
	}
	b.wanted = m.now.ID
	b.tried = &retry{id: m.now.ID, what: "It", attempts: m.was.Attempts}
	if m.now.ID != m.was.ID {
		b.tried.attempts = 0
		if m.now.CodeExpiresAt.After(m.was.CodeExpiresAt) {
			b.tried.what = "A fresh code"
		}
	}
	if m.now.State != backend.StateQueued || m.now.Attempts > b.tried.attempts {
		b.tellTry(m.now)
	}
}

// tellTried tells what became of a message that was sent again, once that has
// been read.
func (b *messages) tellTried() {
	if b.tried == nil {
		return
	}
	for _, m := range b.d.inbox.Messages {
		switch t := b.tried; {
		case m.ID != t.id:
		case m.State != backend.StateQueued || m.Attempts > t.attempts:
			b.tellTry(m)
			return
		case !t.told:
			t.told = true
			b.d.tell(neutral, "%s is being handed over.", t.what)
		}
	}
}

func (b *messages) tellTry(m backend.Message) {
	d, what := b.d, b.tried.what
	b.tried = nil
	switch m.State {
	case backend.StateFailed:
		d.tell(failure, "%s was not taken. %s: %s", what, m.Provider, m.Detail)
	case backend.StateQueued:
		d.tell(warning, "%s was tried, and not taken yet: %s, %s.", what, strings.TrimRight(m.Detail, "."), again(d.now, m.NextAt))
	case backend.StateHeld:
		d.tell(held, "%s is %s.", what, d.heldWords())
	default:
		d.tell(good, "%s was taken by %s.", what, m.Provider)
	}
}

// markCmd sets whether a message has been read. Reading changes nothing where
// nothing may be changed.
func (b *messages) markCmd(m backend.Message, read bool) tea.Cmd {
	if m.Read == read || b.d.readOnly {
		return nil
	}
	view := b.d.opened.View
	return b.d.change("mark "+m.ID, func(ctx context.Context) tea.Msg { return messageMarkedMsg{view.MarkMessage(ctx, m.ID, read)} })
}

func (b *messages) copyCmd(m backend.Message) tea.Cmd {
	switch {
	case m.Code != "":
		return b.d.copyCmd("the code", m.Code)
	case m.Word != "":
		return b.d.copyCmd("the word", m.Word)
	case m.State == backend.StateFailed:
		return b.d.copyCmd("what the provider said", safe.Text(m.Detail))
	}
	return b.d.copyCmd("the message", m.Body)
}

// useCode opens whatever this code or word is for, filled in. It is not sent
// before the person says so.
func (b *messages) useCode(m backend.Message) tea.Cmd {
	d := b.d
	if m.Kind == backend.KindUsername && d.profile != nil && d.profile.Pending != nil && d.profile.Pending.Email == m.To {
		d.openCode(usernameProof(d, d.profile.Pending), m.Code)
		return goTo(keymap.Profile)
	}
	for _, ch := range d.channels {
		switch {
		case m.Kind == backend.KindVerification && ch.Type == m.Type && ch.Value == m.To && !ch.Verified:
			d.openCode(channelProof(d, ch), m.Code)
			return goTo(keymap.Channels)
		case m.Kind == backend.KindTest && ch.Type == m.Type && ch.ActiveValue == m.To && whyNoWord(d, ch) == "":
			d.openReceipt(ch, m.Word)
			return goTo(keymap.Channels)
		}
	}
	d.tell(warning, "Nothing waits for this %s any more.", codeOrWord(m))
	return nil
}

func codeOrWord(m backend.Message) string {
	if m.Code == "" && m.Word != "" {
		return "word"
	}
	return "code"
}

func (b *messages) askDelete(m backend.Message) {
	d := b.d
	ids, waiting := []string{m.ID}, m.State == backend.StateQueued
	lines := []string{safe.Text(m.Subject)}
	if len(b.chosen) > 0 {
		ids, waiting = ids[:0], false
		for _, x := range b.shown {
			if b.chosen[x.ID] {
				ids = append(ids, x.ID)
				waiting = waiting || x.State == backend.StateQueued
			}
		}
	}
	if len(ids) > 1 {
		lines = []string{"They are gone from here for good."}
		if d.opened.Local {
			lines = []string{"They are gone from this machine for good."}
		}
	}
	if waiting {
		lines = append(lines, d.Warn.Render(d.Attention+" What still waits is then not sent any more."))
	}
	view := d.opened.View
	d.open(&confirm{d: d, title: "Delete " + count(len(ids), "message") + "?", lines: lines, keep: "Keep", doIt: "Delete",
		action: func() tea.Cmd {
			return d.change("delete messages", func(ctx context.Context) tea.Msg {
				return messagesDeletedMsg{len(ids), view.DeleteMessages(ctx, ids)}
			})
		}})
}
