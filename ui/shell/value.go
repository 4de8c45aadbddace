package shell

import (
	"fmt"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/phone"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// revealTime is how long values stay in full after they were asked for.
const revealTime = 10 * time.Second

// ShowsValues reports whether values are shown in full now.
func (s *Shell) ShowsValues() bool { return s.hasNoMasks || s.Now.Before(s.revealed) }

// ValuesText says that values are shown, and for how much longer; "" while they are not.
func (s *Shell) ValuesText() string {
	switch {
	case !s.ShowsValues():
		return ""
	case s.hasNoMasks:
		return "values shown"
	}
	return fmt.Sprintf("values shown %ds", int((s.revealed.Sub(s.Now)+time.Second-1)/time.Second))
}

// ToggleValues shows values in full for a while, or hides them, also where they are shown from
// the beginning.
func (s *Shell) ToggleValues() {
	if s.ShowsValues() {
		s.revealed, s.hasNoMasks = time.Time{}, false
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

// HasNumber reports whether a phone number in E.164 has the digits of a text, which may be
// written as numbers are: "(0)55 123-45", or as tel: with the whole number. It has none of
// other texts.
func HasNumber(number, text string) bool {
	if start, hasCode := phone.Beginning(text); hasCode && strings.HasPrefix(number, start) {
		return true // it may be typed still
	}
	digits, isNumber := phone.Digits(text)
	digits = strings.TrimLeft(digits, "0") // of a country code, or of calls inside the country
	return isNumber && digits != "" && strings.Contains(number, digits)
}
