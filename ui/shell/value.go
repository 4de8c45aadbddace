package shell

import (
	"fmt"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// revealTime is how long values stay in full after they were asked for.
const revealTime = 10 * time.Second

// ShowsValues reports whether values are shown in full now.
func (s *Shell) ShowsValues() bool { return s.Now.Before(s.revealed) }

// ValuesText says for how much longer values are shown, "" while they are not.
func (s *Shell) ValuesText() string {
	if !s.ShowsValues() {
		return ""
	}
	return fmt.Sprintf("values shown %ds", int((s.revealed.Sub(s.Now)+time.Second-1)/time.Second))
}

// ToggleValues shows values in full for a while, or hides them.
func (s *Shell) ToggleValues() {
	if s.ShowsValues() {
		s.revealed = time.Time{}
		return
	}
	s.revealed = s.Now.Add(revealTime)
}

// Hue is the colour of a channel type.
func Hue(look *theme.Palette, t backend.ChannelType) theme.Style {
	switch t {
	case backend.TypeEmail:
		return look.Hues[theme.HueEmail]
	case backend.TypeSMS:
		return look.Hues[theme.HueSMS]
	case backend.TypeWebhook:
		return look.Hues[theme.HueWebhook]
	case backend.TypePush:
		return look.Hues[theme.HuePush]
	default:
		return look.Text
	}
}

// Sign is the glyph of a channel type.
func (s *Shell) Sign(t backend.ChannelType) string {
	switch t {
	case backend.TypeEmail:
		return s.Look.Email
	case backend.TypeSMS:
		return s.Look.SMS
	case backend.TypePush:
		return s.Look.Push
	case backend.TypeWebhook:
		return s.Look.Webhook
	default:
		return "?"
	}
}

// TypeName is the short name of a channel type.
func TypeName(t backend.ChannelType) string {
	if t == backend.TypePush {
		return "push"
	}
	return safe.Text(string(t))
}

// KindName is the short name of a message kind.
func KindName(k backend.MessageKind) string {
	if k == backend.KindVerification {
		return "code"
	}
	return safe.Text(string(k))
}
