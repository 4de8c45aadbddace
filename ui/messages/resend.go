package messages

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// resentMsg: a message is sent again, or err says why not. was is the message that was
// chosen, and now the one that is sent: for a code, another message with a fresh one.
type resentMsg struct {
	was, now backend.Message
	err      error
}

// resent is a message that was sent again, until the result of that is known.
type resent struct {
	id       string
	name     string // in a sentence: "It" or "A fresh code"
	attempts int    // how many the message had before
	isTold   bool   // a notice said that it is being sent
}

// whyNoResend says why a message is not sent again, "" when it can be.
func (s *screen) whyNoResend(m backend.Message) string {
	session := &s.shell.Session
	if why := session.Lacks(backend.FeatureDeliveries); why != "" {
		return why
	}
	switch {
	case m.State == backend.StateHeld:
		return "It is " + session.HeldText() + ", and was never sent."
	case m.Kind == backend.KindTest && m.State != backend.StateQueued:
		return fmt.Sprintf("A test is not sent twice. %s on its channel sends another one.", s.shell.Keys.Key(keymap.TestChannel))
	case m.Kind == backend.KindNotice && m.State == backend.StateSent:
		return fmt.Sprintf("It was %s by %s, and is not sent again.", state.Sent.Word(), m.Provider)
	}
	return ""
}

// resendCmd sends a message again, or now when it waits.
func (s *screen) resendCmd(m backend.Message) tea.Cmd {
	view := s.shell.Session.View
	return s.shell.Change("send "+m.ID, func(ctx context.Context) tea.Msg {
		now, err := view.ResendMessage(ctx, m.ID)
		return resentMsg{m, now, err}
	})
}

// applyTo puts the cursor on the message that is being sent. The result of the attempt
// is in the answer, or in what is read next where the attempt has not been made yet.
func (m resentMsg) applyTo(s *screen) tea.Cmd {
	if m.err != nil {
		s.shell.Fail("Sending it again", m.err)
		return s.shell.Reload()
	}
	s.shell.NotUndoable(shell.SentStays)
	s.wanted = m.now.ID
	s.resent = &resent{id: m.now.ID, name: "It", attempts: m.was.Attempts}
	if m.now.ID != m.was.ID {
		s.resent.attempts = 0
		if m.now.CodeExpiresAt.After(m.was.CodeExpiresAt) {
			s.resent.name = "A fresh code"
		}
	}
	if s.resent.hasResult(m.now) {
		s.tellResult(m.now)
	}
	return s.shell.Reload()
}

// hasResult reports whether an attempt was made since the message was sent again.
func (r *resent) hasResult(m backend.Message) bool {
	return m.State != backend.StateQueued || m.Attempts > r.attempts
}

// tellResent tells what became of the message that was sent again, as far as that has
// been read.
func (s *screen) tellResent() {
	if s.resent == nil {
		return
	}
	for _, m := range s.shell.Session.Inbox.Messages {
		if m.ID != s.resent.id {
			continue
		}
		if s.resent.hasResult(m) {
			s.tellResult(m)
			return
		}
		if !s.resent.isTold {
			s.resent.isTold = true
			s.shell.Tell(shell.Neutral, "%s is %s.", s.resent.name, state.Sending.Word())
		}
	}
}

func (s *screen) tellResult(m backend.Message) {
	sh, name := s.shell, s.resent.name
	s.resent = nil
	switch m.State {
	case backend.StateFailed:
		sh.Tell(shell.Failure, "%s has %s. %s: %s", name, state.Failed.Word(), m.Provider, m.Detail)
	case backend.StateUnknown:
		sh.Tell(shell.Unknown, "It is %s whether it was sent. %s: %s", state.Unknown.Word(), m.Provider, m.Detail)
	case backend.StateQueued:
		sh.Tell(shell.Warning, "%s is %s, %s: %s.", name, state.Waiting.Word(), shell.Again(sh.Now, m.NextAt), strings.TrimRight(m.Detail, "."))
	case backend.StateHeld:
		sh.Tell(shell.Held, "%s is %s.", name, sh.Session.HeldText())
	default:
		sh.Tell(shell.Neutral, "%s is %s by %s.", name, state.Sent.Word(), m.Provider)
	}
}
