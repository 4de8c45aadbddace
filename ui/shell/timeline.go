package shell

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/state"
)

// Timeline is a pane with the newest messages, a line each, in w by h cells.
func (s *Shell) Timeline(w, h int) []string {
	pane := Pane{Title: "Last messages"}
	inbox := s.Session.Inbox
	switch {
	case inbox == nil:
		return pane.Draw(&s.Look, nil, w, h)
	case len(inbox.Messages) == 0:
		return pane.Draw(&s.Look, []string{" " + s.Look.Muted.Render("Nothing was sent yet.")}, w, h)
	}
	var lines []string
	for _, m := range inbox.Messages[:min(len(inbox.Messages), max(0, h-2))] {
		lines = append(lines, s.timelineRow(m, w-2))
	}
	if len(inbox.Messages) > len(lines) {
		pane.Right = fmt.Sprintf("%d of %d", len(lines), max(inbox.Total, len(inbox.Messages)))
	}
	return pane.Draw(&s.Look, lines, w, h)
}

// timelineRow is a message: when, what became of it, to which channel, of which kind, and
// what the provider said.
func (s *Shell) timelineRow(m backend.Message, w int) string {
	const when, word, kind = 19, 9, 6
	now := state.OfMessage(m.State)
	channel := TypeName(m.Type)
	if ch, isThere := s.Session.ChannelOf(m); isThere {
		channel = fmt.Sprintf("#%d %s", ch.Priority, channel)
	}
	left := " " + draw.Pad(Stamp(s.Now, m.At), when) + "  "
	middle := "  " + draw.Pad(draw.Cut(channel, 14), 14) + "  " + draw.Pad(KindName(m.Kind), kind) + "  "
	room := w - draw.Width(left) - word - draw.Width(middle) - 1
	return s.Look.Muted.Render(left) + now.Style(&s.Look.Palette).Render(draw.Pad(now.Said(&s.Look), word)) + s.Look.Text.Render(middle) +
		s.Look.Muted.Render(draw.Cut(s.ResultText(m), max(0, room)))
}
