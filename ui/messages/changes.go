package messages

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/verify"
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
func (b *screen) done(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case messageMarkedMsg:
		if fact.err != nil {
			b.shell.Fail("The message", fact.err)
		}
		return b.Load()
	case messageSentMsg:
		b.sent(fact)
		return b.shell.Reload()
	case messagesDeletedMsg:
		if fact.err != nil {
			b.shell.Fail("Nothing was deleted", fact.err)
			return b.Load()
		}
		clear(b.chosen)
		b.shell.Undo = nil
		b.shell.Tell(shell.Good, "Deleted %s.", shell.Count(fact.n, "message"))
		return b.shell.Reload()
	}
	return nil
}

// whyNotAgain says why a message is not sent once more, "" when it can be.
func (b *screen) whyNotAgain(m backend.Message) string {
	if why := b.shell.Session.Lacks(backend.FeatureDeliveries); why != "" {
		return why
	}
	switch {
	case m.State == backend.StateHeld:
		return "It is " + b.shell.Session.HeldText() + ": there is nothing to send."
	case m.Kind == backend.KindTest && m.State != backend.StateQueued:
		return fmt.Sprintf("A test is not sent twice: %s on its channel sends another one.", b.shell.Keys.Key(keymap.TestChannel))
	case m.Kind == backend.KindNotice && m.State == backend.StateSent:
		return fmt.Sprintf("%s has taken it: it is not sent again.", m.Provider)
	}
	return ""
}

func (b *screen) sendAgainCmd(m backend.Message) tea.Cmd {
	view := b.shell.Session.View
	return b.shell.Change("send "+m.ID, func(ctx context.Context) tea.Msg {
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
func (b *screen) sent(m messageSentMsg) {
	if m.err != nil {
		b.shell.Fail("Sending it again", m.err)
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
func (b *screen) tellTried() {
	if b.tried == nil {
		return
	}
	for _, m := range b.shell.Session.Inbox.Messages {
		switch t := b.tried; {
		case m.ID != t.id:
		case m.State != backend.StateQueued || m.Attempts > t.attempts:
			b.tellTry(m)
			return
		case !t.told:
			t.told = true
			b.shell.Tell(shell.Neutral, "%s is being handed over.", t.what)
		}
	}
}

func (b *screen) tellTry(m backend.Message) {
	sh, what := b.shell, b.tried.what
	b.tried = nil
	switch m.State {
	case backend.StateFailed:
		sh.Tell(shell.Failure, "%s was not taken. %s: %s", what, m.Provider, m.Detail)
	case backend.StateQueued:
		sh.Tell(shell.Warning, "%s was tried, and not taken yet: %s, %s.", what, strings.TrimRight(m.Detail, "."), shell.Again(sh.Now, m.NextAt))
	case backend.StateHeld:
		sh.Tell(shell.Held, "%s is %s.", what, sh.Session.HeldText())
	default:
		sh.Tell(shell.Good, "%s was taken by %s.", what, m.Provider)
	}
}

// markCmd sets whether a message has been read. Reading changes nothing where
// nothing may be changed.
func (b *screen) markCmd(m backend.Message, read bool) tea.Cmd {
	if m.Read == read || b.shell.ReadOnly {
		return nil
	}
	view := b.shell.Session.View
	return b.shell.Change("mark "+m.ID, func(ctx context.Context) tea.Msg { return messageMarkedMsg{view.MarkMessage(ctx, m.ID, read)} })
}

func (b *screen) copyCmd(m backend.Message) tea.Cmd {
	switch {
	case m.Code != "":
		return b.shell.CopyCmd("the code", m.Code)
	case m.Word != "":
		return b.shell.CopyCmd("the word", m.Word)
	case m.State == backend.StateFailed:
		return b.shell.CopyCmd("what the provider said", safe.Text(m.Detail))
	}
	return b.shell.CopyCmd("the message", m.Body)
}

// useCode opens whatever this code or word is for, filled in. It is not sent
// before the person says so.
func (b *screen) useCode(m backend.Message) tea.Cmd {
	sh := b.shell
	if m.Kind == backend.KindUsername && sh.Session.Profile != nil && sh.Session.Profile.Pending != nil && sh.Session.Profile.Pending.Email == m.To {
		verify.OpenCode(sh, verify.Username(sh, sh.Session.Profile.Pending), m.Code)
		return shell.GoTo(keymap.Profile)
	}
	for _, ch := range sh.Session.Channels {
		switch {
		case m.Kind == backend.KindVerification && ch.Type == m.Type && ch.Value == m.To && !ch.Verified:
			verify.OpenCode(sh, verify.Channel(sh, ch), m.Code)
			return shell.GoTo(keymap.Channels)
		case m.Kind == backend.KindTest && ch.Type == m.Type && ch.ActiveValue == m.To && verify.WhyNoWord(sh, ch) == "":
			verify.OpenWord(sh, ch, m.Word)
			return shell.GoTo(keymap.Channels)
		}
	}
	sh.Tell(shell.Warning, "Nothing waits for this %s any more.", codeOrWord(m))
	return nil
}

func codeOrWord(m backend.Message) string {
	if m.Code == "" && m.Word != "" {
		return "word"
	}
	return "code"
}

func (b *screen) askDelete(m backend.Message) {
	sh := b.shell
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
		if sh.Session.Local {
			lines = []string{"They are gone from this machine for good."}
		}
	}
	if waiting {
		lines = append(lines, sh.Look.Warn.Render(sh.Look.Attention+" What still waits is then not sent any more."))
	}
	view := sh.Session.View
	sh.Ask(shell.Question{Title: "Delete " + shell.Count(len(ids), "message") + "?", Lines: lines, Keep: "Keep", DoIt: "Delete",
		Action: func() tea.Cmd {
			return sh.Change("delete messages", func(ctx context.Context) tea.Msg {
				return messagesDeletedMsg{len(ids), view.DeleteMessages(ctx, ids)}
			})
		}})
}
