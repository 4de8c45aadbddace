package shell

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/theme"
)

// Timeline is a pane with the newest messages, a line each, in w by h cells.
func (s *Shell) Timeline(w, h int) []string {
	pane := Pane{Title: "Last messages"}
	inbox := s.Session.Inbox
	switch {
	case inbox == nil:
		return pane.Draw(&s.Look, nil, w, h)
	case len(inbox.Messages) == 0:
		return pane.Draw(&s.Look, []string{" " + s.Look.Muted.Render("No messages are kept.")}, w, h)
	}
	var lines []string
	for _, m := range inbox.Messages[:min(len(inbox.Messages), max(0, h-2))] {
		lines = append(lines, s.TimelineRow(&s.Look.Palette, " ", m, w-2))
	}
	if len(inbox.Messages) > len(lines) {
		pane.Right = fmt.Sprintf("%d of %d", len(lines), max(inbox.Total, len(inbox.Messages)))
	}
	return pane.Draw(&s.Look, lines, w, h)
}

// roomForDates is the width of a timeline from which on it has date and time.
const roomForDates = 80

// TimelineRow is a message in w cells: when, what became of it, to which channel, of which
// kind, and what the provider said. mark is before it, in one cell.
func (s *Shell) TimelineRow(look *theme.Palette, mark string, m backend.Message, w int) string {
	const word, kind = 9, 8
	now := state.OfMessage(m.State)
	when := draw.Pad(TimeOrDay(s.Now, m.At), len("2006-01-02"))
	if w >= roomForDates {
		when = draw.Pad(Stamp(s.Now, m.At), len("2006-01-02 15:04:05"))
	}
	channel := TypeName(m.Type)
	if ch, isThere := s.Session.ChannelOf(m); isThere {
		channel = ShortChannelName(ch)
	}
	line := look.Mark.Render(mark) + look.Muted.Render(when+"  ") + now.Style(look).Render(draw.Pad(now.Said(&s.Look), word)) +
		look.Text.Render("  "+draw.Pad(channel, 11)+"  "+draw.Pad(KindName(m.Kind), kind)+"  ")
	return line + look.Muted.Render(draw.Pad(s.ResultText(m), w-draw.Width(line)))
}
