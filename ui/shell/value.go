package shell

import (
	"net/url"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
)

// masked is a channel's value with its private part hidden: enough to tell
// channels apart, too little to read over a shoulder or off a picture.
func (s *Shell) Masked(t backend.ChannelType, value string) string {
	if s.ShowsValues() || value == "" {
		return safe.Text(value)
	}
	dots := strings.Repeat(s.Look.Mask, 2)
	runes := []rune(value)
	switch t {
	case backend.TypeEmail:
		at := strings.LastIndexByte(value, '@')
		if at < 0 {
			return dots
		}
		return safe.Text(string([]rune(value[:at])[:min(2, len([]rune(value[:at])))])) + dots + safe.Text(value[at:])
	case backend.TypeSMS:
		if len(runes) < 7 {
			return dots
		}
		return safe.Text(string(runes[:4])) + strings.Repeat(s.Look.Mask, len(runes)-6) + safe.Text(string(runes[len(runes)-2:]))
	case backend.TypePush:
		if u, err := url.Parse(value); err == nil && u.Host != "" {
			return safe.Text(u.Host) + "/" + dots + safe.Text(string(runes[len(runes)-2:]))
		}
		return dots
	default:
		u, err := url.Parse(value)
		if err != nil || u.Host == "" {
			return dots
		}
		return safe.Text(u.Host) + "/" + dots + dots
	}
}

// sign is the glyph of a type.
func (s *Shell) Sign(t backend.ChannelType) string {
	switch t {
	case backend.TypeEmail:
		return s.Look.Email
	case backend.TypeSMS:
		return s.Look.SMS
	case backend.TypePush:
		return s.Look.Push
	}
	return s.Look.Webhook
}

// typeName is the short name of a type.
func TypeName(t backend.ChannelType) string {
	if t == backend.TypePush {
		return "push"
	}
	return string(t)
}

// kindName is a kind in a table.
func KindName(k backend.MessageKind) string {
	if k == backend.KindVerification {
		return "code"
	}
	return safe.Text(string(k))
}
