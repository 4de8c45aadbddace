package messages

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/verify"
)

// whyNoCode says why there is nothing to enter, "" when the message has a code or a
// test word.
func whyNoCode(m backend.Message) string {
	if m.Code == "" && m.Word == "" {
		return "There is no code in this message."
	}
	return ""
}

// useCode opens the dialog that waits for the code or the word of a message, filled in
// with it. The person sends it, and is then here again, at the next message.
func (s *screen) useCode(m backend.Message) {
	if open := s.waitingFor(m); open != nil {
		open()
		return
	}
	noun := "code"
	if m.Code == "" && m.Word != "" {
		noun = "word"
	}
	s.shell.Refuse(shell.Warning, "Nothing waits for this %s.", noun)
}

// waitingFor returns what opens the dialog for the code or the word of a message, nil where
// nothing waits for it any more.
func (s *screen) waitingFor(m backend.Message) (open func()) {
	sh := s.shell
	enter := func(p verify.Pending) func() {
		if p.HasNone(sh) {
			return nil
		}
		return func() { verify.OpenCode(sh, p, m.Code) }
	}
	if p := sh.Session.Profile; m.Kind == backend.KindUsername && p != nil && p.Pending != nil && p.Pending.Email == m.To {
		return enter(verify.Username(sh, p.Pending))
	}
	for _, ch := range sh.Session.Channels {
		switch {
		case m.Kind == backend.KindVerification && ch.Type == m.Type && ch.Value == m.To && !ch.Verified:
			return enter(verify.Channel(sh, ch))
		case m.Kind == backend.KindTest && ch.Type == m.Type && ch.ActiveValue == m.To && verify.WhyNoWord(sh, ch) == "":
			return func() { verify.OpenWord(sh, ch, m.Word) }
		}
	}
	return nil
}

// codeHint says which key enters the code or the word of a message, or why it is of no use any more.
func (s *screen) codeHint(m backend.Message, enters string) string {
	sh := s.shell
	newest, isKnown := sh.Session.Newest(m.Kind, m.Type, m.To)
	isRead := sh.Session.Profile != nil && sh.Session.Channels != nil
	switch {
	case m.Code != "" && !sh.Now.Before(m.CodeExpiresAt):
		return state.Expired.Style(&sh.Look.Palette).Render(state.Expired.Word())
	case isRead && s.waitingFor(m) == nil:
		return sh.Look.Muted.Render("nothing waits for it")
	case isKnown && newest.ID != m.ID:
		return sh.Look.Muted.Render("a newer one was sent")
	}
	return sh.Look.Info.Render(sh.Keys.Key(keymap.UseCode) + " " + enters)
}

// copyCmd copies what is most useful of a message: its code or word, the provider's
// answer where it failed, or else its text.
func (s *screen) copyCmd(m backend.Message) tea.Cmd {
	switch {
	case m.Code != "":
		return s.shell.CopyCmd("the code", m.Code)
	case m.Word != "":
		return s.shell.CopyCmd("the word", m.Word)
	case m.State == backend.StateFailed || m.State == backend.StateUnknown:
		return s.shell.CopyCmd("what the provider said", m.Detail)
	}
	return s.shell.CopyTextCmd("the message", m.Body)
}
