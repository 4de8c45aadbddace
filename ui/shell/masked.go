package shell

import (
	"slices"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/mask"
	"github.com/account-settings/pinghome/ui/safe"
)

// Masked is a channel's value as people read it (backend.ReadableValue), with its private
// part hidden, or in full while values are shown. The values that the session knows, of channels and messages, have different masks, and
// each has the same mask everywhere.
func (s *Shell) Masked(t backend.ChannelType, value string) string {
	return s.masked(t, value, 0)
}

// MaskedIn is Masked in w cells at most. Different values stay different where they are cut.
func (s *Shell) MaskedIn(t backend.ChannelType, value string, w int) string {
	if whole := s.masked(t, value, 0); draw.Width(whole) <= w {
		return whole
	}
	if s.ShowsValues() { // a number without its groups, where it has room then
		return draw.Middle(safe.Text(value), w)
	}
	return draw.Middle(s.masked(t, value, max(1, w)), w)
}

// MaskedAccount is the mask of an account's email, also while values are shown. Each has the
// same mask in every list of accounts, and no two have the same.
func (s *Shell) MaskedAccount(email string) string {
	v, signs := readable(backend.TypeEmail, email), s.maskSigns()
	s.masks.update(&s.Session, signs)
	if masked, isKnown := s.masks.widths[0][v]; isKnown {
		return masked
	}
	return s.accountMasks.Mask(v, s.masks.values, signs)
}

func (s *Shell) maskSigns() mask.Signs {
	return mask.Signs{Hidden: s.Look.Mask, Number: s.Look.Dot}
}

// masked is a mask in w cells, or with 0 in as many as it needs.
func (s *Shell) masked(t backend.ChannelType, value string, w int) string {
	v, signs := readable(t, value), s.maskSigns()
	if s.ShowsValues() || value == "" {
		return safe.Text(backend.ReadableValue(t, value))
	}
	s.masks.update(&s.Session, signs)
	if masked, isKnown := s.masks.in(w)[v]; isKnown {
		return masked
	}
	return mask.One(v, signs)
}

// readable is a value as people read it. A number has no groups, which would tell its length.
func readable(t backend.ChannelType, value string) mask.Value {
	return mask.Value{Type: t, Text: backend.ReadableHost(t, value)}
}

// masks are the masks of the values that a session knows, kept while these are the same.
type masks struct {
	channels []backend.Channel
	inbox    *backend.MessageList
	signs    mask.Signs
	list     []mask.Value
	widths   map[int]map[mask.Value]string // by the cells that they fit into; 0: as many as they need
	values   map[string]mask.Value         // by their masks in as many cells as these need
}

// update makes the masks, if they are not made yet. Those of channels are made first, by
// priority: what was written to other addresses changes little of them.
func (m *masks) update(s *Session, signs mask.Signs) {
	isSame := m.inbox == s.Inbox && m.signs == signs && IsSameList(m.channels, s.Channels)
	if isSame && m.widths != nil {
		return
	}
	*m = masks{channels: s.Channels, inbox: s.Inbox, signs: signs}
	add := func(t backend.ChannelType, value string) {
		if v := readable(t, value); value != "" && !slices.Contains(m.list, v) {
			m.list = append(m.list, v)
		}
	}
	for _, ch := range s.Channels {
		add(ch.Type, ch.ActiveValue)
		add(ch.Type, ch.Value)
	}
	if s.Inbox != nil {
		for _, message := range slices.Backward(s.Inbox.Messages) { // so that a new one changes no number
			add(message.Type, message.To)
		}
	}
	m.widths = map[int]map[mask.Value]string{0: mask.All(m.list, signs)}
	m.values = map[string]mask.Value{}
	for v, masked := range m.widths[0] {
		m.values[masked] = v
	}
}

// in are the masks in w cells.
func (m *masks) in(w int) map[mask.Value]string {
	if made := m.widths[w]; made != nil {
		return made
	}
	whole := make([]string, len(m.list))
	for i, v := range m.list {
		whole[i] = m.widths[0][v]
	}
	m.widths[w] = map[mask.Value]string{}
	for i, text := range mask.Short(whole, w, m.signs) {
		m.widths[w][m.list[i]] = text
	}
	return m.widths[w]
}
