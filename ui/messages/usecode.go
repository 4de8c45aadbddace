package messages

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
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
	sh := s.shell
	if m.Kind == backend.KindUsername && sh.Session.Profile != nil && sh.Session.Profile.Pending != nil && sh.Session.Profile.Pending.Email == m.To {
		verify.OpenCode(sh, verify.Username(sh, sh.Session.Profile.Pending), m.Code)
		return
	}
	for _, ch := range sh.Session.Channels {
		switch {
		case m.Kind == backend.KindVerification && ch.Type == m.Type && ch.Value == m.To && !ch.Verified:
			verify.OpenCode(sh, verify.Channel(sh, ch), m.Code)
			return
		case m.Kind == backend.KindTest && ch.Type == m.Type && ch.ActiveValue == m.To && verify.WhyNoWord(sh, ch) == "":
			verify.OpenWord(sh, ch, m.Word)
			return
		}
	}
	noun := "code"
	if m.Code == "" && m.Word != "" {
		noun = "word"
	}
	sh.Refuse(shell.Warning, "Nothing waits for this %s.", noun)
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
