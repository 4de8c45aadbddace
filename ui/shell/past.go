package shell

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

// pastReadMsg: the account was read as it was, or err says why not.
type pastReadMsg struct {
	past backend.PastSettings
	err  error
}

// OpenPast shows the account as it was at a time, as a page on which nothing can be changed.
func (s *Shell) OpenPast(at time.Time) tea.Cmd {
	view := s.Session.View
	return s.Load("the past", func(ctx context.Context) tea.Msg {
		past, err := view.SettingsAt(ctx, at)
		return pastReadMsg{past, err}
	})
}

func (s *Shell) pastRead(msg pastReadMsg) {
	if msg.err != nil {
		s.FailRead("The account could not be shown as it was", fieldless(msg.err))
		return
	}
	s.Open(NewReader(s, "As it was at "+msg.past.At.In(s.Now.Location()).Format(time.DateTime), func(w int) []string { return s.pastLines(msg.past, w) }))
}

// fieldless is an error with the sentence of its field as its message: there is no field on the
// screen beside which it could stand.
func fieldless(err error) error {
	e, ok := err.(*backend.Error) //nolint:errorlint // what is wrapped has no fields
	if !ok {
		return err
	}
	for _, sentences := range e.Fields {
		return &backend.Error{Code: e.Code, Message: strings.Join(sentences, " ")}
	}
	return err
}

// pastLines are a whole account as it was.
func (s *Shell) pastLines(p backend.PastSettings, w int) []string {
	const label = 12
	row := func(name, text string) string {
		return s.Look.Muted.Render(draw.Pad(name, label)) + s.Look.Text.Render(draw.Cut(text, max(0, w-label)))
	}
	text := func(value *string) string {
		if value == nil || *value == "" {
			return "none"
		}
		return safe.Text(*value)
	}
	lines := append(s.Lines(s.Look.Warn, s.Look.Attention+" The past, "+s.Ago(p.At)+": nothing here can be changed.", w), "",
		row("Name", text(p.Name)), row("Surname", text(p.Surname)))
	if p.Username != nil {
		lines = append(lines, row("Username", safe.Text(backend.ReadableEmail(*p.Username))))
	}
	if p.PendingUsername != nil && *p.PendingUsername != "" {
		lines = append(lines, row("", s.Look.Arrow+" "+safe.Text(backend.ReadableEmail(*p.PendingUsername))+", waiting for its code"))
	}
	lines = append(lines, "", s.Look.Strong.Render(Count(len(p.Channels), "channel")))
	for _, c := range p.Channels {
		lines = append(lines, s.pastChannel(c, w)...)
	}
	return lines
}

func (s *Shell) pastChannel(c backend.ChannelSettings, w int) []string {
	onOff := "off"
	if c.Enabled {
		onOff = "on"
	}
	value := c.ActiveValue
	if value == "" {
		value, onOff = c.Value, "waiting for its code"
	}
	name := fmt.Sprintf("%2d  %s %s  ", c.Priority, s.Sign(c.Type), draw.Pad(safe.Text(c.Label), 10))
	lines := []string{s.Look.Text.Render(name + draw.Pad(s.MaskedIn(c.Type, value, max(8, w-draw.Width(name)-23)), max(8, w-draw.Width(name)-23)) + "  " + onOff)}
	if c.ActiveValue != "" && c.Value != c.ActiveValue {
		lines = append(lines, s.Look.Muted.Render(draw.Space(draw.Width(name))+s.Look.Arrow+" "+s.Masked(c.Type, c.Value)+", waiting for its code"))
	}
	return lines
}
