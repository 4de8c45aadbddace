package activity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

const (
	dateWidth  = 10 // "12:00:05" today, and "2006-01-02"
	stampWidth = 19 // "2006-01-02 15:04:05"
	tableHead  = 1  // how many lines of the table are above its rows
)

// newTable makes the table.
func (s *screen) newTable() shell.Table[backend.JournalEntry] {
	return shell.NewTable([]shell.Column[backend.JournalEntry]{
		{Title: "When", Min: dateWidth, Cell: s.whenCell},
		{Title: "Who", Min: 11, Cell: s.whoCell},
		{Title: "From", Min: 9, Cell: s.fromCell, IsOff: func() bool { return !s.hasAddresses() }},
		{Title: "What", Min: 16, Cell: s.whatCell},
		{Title: "Change", Min: 14, Cell: s.changeCell},
	}, []int{0, 3, 4, 1, 2}, []shell.Growth{{4, 33}, {3, 22}, {1, 20}, {0, stampWidth}, {2, 15}, {4, 200}})
}

// hasAddresses reports whether a request over a network made any of the entries.
func (s *screen) hasAddresses() bool {
	for _, e := range s.read.entries {
		if e.Address != "" {
			return true
		}
	}
	return false
}

func (s *screen) whenCell(look *theme.Palette, e backend.JournalEntry, w int) string {
	stamp := shell.Stamp(s.shell.Now, e.At)
	if draw.Width(stamp) > w {
		stamp = s.shell.Day(e.At)
	}
	return look.Muted.Render(draw.Pad(stamp, w))
}

func (s *screen) whoCell(look *theme.Palette, e backend.JournalEntry, w int) string {
	return look.Muted.Render(draw.Pad(shell.ActorText(e), w))
}

func (s *screen) fromCell(look *theme.Palette, e backend.JournalEntry, w int) string {
	return look.Muted.Render(draw.Pad(safe.Text(e.Address), w))
}

// whatCell is what an entry did. One that was taken back stands back.
func (s *screen) whatCell(look *theme.Palette, e backend.JournalEntry, w int) string {
	return s.style(look, e).Render(draw.Pad(shell.ActionText(e), w))
}

func (s *screen) changeCell(look *theme.Palette, e backend.JournalEntry, w int) string {
	text := s.text(e)
	if s.undone[e.ID] {
		text = "taken back: " + text
	}
	return s.style(look, e).Render(draw.Pad(text, w))
}

func (s *screen) style(look *theme.Palette, e backend.JournalEntry) theme.Style {
	switch {
	case strings.HasSuffix(e.Action, ".refused"):
		return look.Warn
	case s.undone[e.ID]:
		return look.Muted
	}
	return look.Text
}

func (s *screen) row(e backend.JournalEntry, atCursor bool, w int) string {
	look, mark := &s.shell.Look.Palette, " "
	if atCursor {
		look, mark = &s.shell.Look.Cursor, s.shell.Look.Glyphs.Mark
	}
	line := ""
	if s.shell.Room == shell.Compact {
		line = s.whenCell(look, e, dateWidth) + look.Text.Render(" ") + s.style(look, e).Render(draw.Pad(compactText(s.shell, e), max(0, w-dateWidth-2)))
	} else {
		line = s.columns.Cells(look, e, s.columns.Layout(w-2))
		line = look.Text.Render(" ") + line + look.Text.Render(draw.Space(w-2-draw.Width(line)))
	}
	return look.Mark.Render(mark) + line
}

// text is what an entry changed: the channels that came or went, or else how the settings are
// since.
func (s *screen) text(e backend.JournalEntry) string {
	came, went := e.After.Channels, e.Before.Channels
	if e.Undoes != "" || len(came) > 0 && len(went) > 0 || len(came)+len(went) == 0 {
		return s.shell.ChangeText(e)
	}
	var parts []string
	for _, c := range slices.Concat(came, went) {
		parts = append(parts, fmt.Sprintf("channel %d %s", c.Priority, s.shell.Masked(c.Type, cmp.Or(c.ActiveValue, c.Value))))
	}
	return strings.Join(parts, ", ")
}

// compactText is an entry where there is no room for columns: what is since then, or else what
// it did.
func compactText(sh *shell.Shell, e backend.JournalEntry) string {
	if text := sh.ChangeText(e); text != "" && text != safe.Text(e.Detail) {
		return text
	}
	return strings.TrimSpace(shell.ActionText(e) + " " + safe.Text(e.Detail))
}
