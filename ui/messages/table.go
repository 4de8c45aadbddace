package messages

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/theme"
)

// columns are the widths of the table in cells. The last column, which says what the
// message is and what became of it, gets what the others leave.
type columns struct{ state, when, to int }

const (
	stateWidth   = 9   // "… waiting", "✗ failed"
	dateWidth    = 10  // "12:00:05" today, and "2006-01-02"
	stampWidth   = 19  // "2006-01-02 15:04:05"
	channelWidth = 11  // "#2 webhook"
	tableHead    = 1   // how many lines of the table are above its rows
	wideTable    = 100 // the width of the table from which on it has room for wider columns
)

func columnsFor(w int) columns {
	if w < wideTable {
		return columns{state: stateWidth, when: dateWidth, to: 16}
	}
	return columns{state: stateWidth, when: stampWidth, to: 30}
}

func (s *screen) table(w, h int) []string {
	sh := s.shell
	switch {
	case sh.Session.Inbox == nil && !sh.Work.Waits(readingMessages, sh.Now):
		return nil
	case sh.Session.Inbox != nil && len(s.shown) == 0:
		return s.emptyTable(w, h)
	}
	k := columnsFor(w)
	head := draw.Pad("   "+draw.Pad("State", k.state)+"  "+draw.Pad("When", k.when)+"  "+draw.Pad("Channel", channelWidth)+"  "+draw.Pad("To", k.to)+"  What", w)
	lines := []string{sh.Look.Muted.Render(head)}
	if sh.Session.Inbox == nil {
		return append(lines, sh.Placeholders(w)...)
	}
	return append(lines, s.rows(w, h-tableHead)...)
}

// emptyTable says why no message is shown.
func (s *screen) emptyTable(w, h int) []string {
	sh := s.shell
	if !s.isNarrowed() {
		return shell.Center([]string{sh.Look.Strong.Render("Nothing here yet"), "", "Codes, notices and tests show here,", "and what became of each of them."}, w, h)
	}
	return shell.Center([]string{sh.Look.Strong.Render(s.noneText()), "",
		sh.Look.Focus.Render(sh.Keys.Key(keymap.ClearStates)) + sh.Look.Muted.Render("  shows all of them")}, w, h)
}

// rows are the h rows around the cursor.
func (s *screen) rows(w, h int) []string {
	return s.list.Rows(len(s.shown), h, func(i int, atCursor bool) string { return s.row(s.shown[i], atCursor, w) })
}

func (s *screen) row(m backend.Message, atCursor bool, w int) string {
	sh := s.shell
	look, mark := &sh.Look.Palette, " "
	if atCursor {
		look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
	}
	lead, cells, room := "", s.wideCells, 2
	if s.chosen[m.ID] {
		lead = sh.Look.Chosen
	}
	if !m.Read {
		lead += sh.Look.Unread
	}
	if sh.Room == shell.Compact {
		cells, room = s.compactCells, max(1, draw.Width(lead))
	}
	return look.Mark.Render(mark) + look.Brand.Render(draw.Pad(lead, room)) + cells(look, m, w-1-room)
}

// noneText says that no message passes the filter and has the text to find.
func (s *screen) noneText() string {
	if text := s.find.Text(); text != "" {
		return "No message has '" + safe.Text(text) + "'"
	}
	return "No message is " + strings.TrimPrefix(s.filter.Words(), "only ")
}

// compactCells are a row of a table without columns, in w cells.
func (s *screen) compactCells(look *theme.Palette, m backend.Message, w int) string {
	sh, now := s.shell, state.OfMessage(m.State)
	sign := draw.Pad(now.SignOrMark(&sh.Look), 2)
	text := s.when(m, dateWidth) + " " + sh.Sign(m.Type) + " " + shell.KindName(m.Kind) + " "
	if ch, isThere := sh.Session.ChannelOf(m); isThere {
		text = fmt.Sprintf("%s %s#%d %s ", s.when(m, dateWidth), sh.Sign(m.Type), ch.Priority, shell.KindName(m.Kind))
	}
	result := sh.ResultText(m)
	if result == "" {
		result = now.Word()
	}
	return now.Style(look).Render(sign) + s.textStyle(look, m).Render(text) + now.Style(look).Render(draw.Pad(result, w-draw.Width(sign+text)))
}

// when is the time of a message in w cells: the time of day, or on another day the date
// where there is no room for both. The newest one is marked.
func (s *screen) when(m backend.Message, w int) string {
	stamp := shell.Stamp(s.shell.Now, m.At)
	if draw.Width(stamp) > w {
		stamp = shell.Day(m.At)
	}
	if s.isNewest(m) && draw.Width(stamp)+2 <= w {
		stamp += " " + s.shell.Look.Left
	}
	return draw.Pad(stamp, w)
}

// isNewest reports whether a message is the newest of all.
func (s *screen) isNewest(m backend.Message) bool {
	return s.shell.Session.Inbox.Messages[0].ID == m.ID
}

// wideCells are a row of the table in w cells.
func (s *screen) wideCells(look *theme.Palette, m backend.Message, w int) string {
	sh, now := s.shell, state.OfMessage(m.State)
	k := columnsFor(w + 3)
	kind, result := shell.KindName(m.Kind), sh.ResultText(m)
	if result != "" {
		kind += " " + sh.Look.Dot + " "
	}
	text := "  " + s.when(m, k.when) + "  " + draw.Pad(channelName(sh, m), channelWidth) + "  " +
		draw.Pad(draw.Middle(sh.Masked(m.Type, m.To), k.to), k.to) + "  " + kind
	return now.Style(look).Render(draw.Pad(now.Said(&sh.Look), k.state)) + s.textStyle(look, m).Render(text) +
		now.Style(look).Render(draw.Pad(result, w-k.state-draw.Width(text)))
}

// textStyle lets messages that have not been read stand out, and the newest one.
func (s *screen) textStyle(look *theme.Palette, m backend.Message) theme.Style {
	switch {
	case s.isNewest(m):
		return look.Strong
	case m.Read:
		return look.Muted
	}
	return look.Text
}
