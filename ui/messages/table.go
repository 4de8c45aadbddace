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

const (
	dateWidth    = 10 // "12:00:05" today, and "2006-01-02"
	stampWidth   = 21 // "2006-01-02 15:04:05 ‹"
	channelWidth = 11 // "#2 webhook", "#3 ops hook"
	tableHead    = 1  // how many lines of the table are above its rows
)

// newTable makes the table. Its columns are drawn by cells.go.
func (s *screen) newTable() shell.Table[backend.Message] {
	return shell.NewTable([]shell.Column[backend.Message]{
		{Title: "State", Min: 9, Cell: s.stateCell, Compare: compareStates},
		{Title: "When", Min: dateWidth, Cell: s.whenCell, Compare: compareTimes},
		{Title: "Channel", Min: channelWidth, Cell: s.channelCell, Compare: s.compareChannels},
		{Title: "To", Min: 16, Cell: s.toCell, Compare: compareTo},
		{Title: "What", Min: 12, Cell: s.whatCell, Compare: compareKinds},
	}, []int{0, 1, 2, 4, 3}, []shell.Growth{{4, 40}, {1, stampWidth}, {3, 30}, {2, 20}, {4, 200}})
}

func (s *screen) table(w, h int) []string {
	sh := s.shell
	switch {
	case sh.Session.Inbox == nil && !sh.Work.Waits(readingMessages, sh.Now):
		return nil
	case sh.Session.Inbox != nil && len(s.shown) == 0:
		return s.emptyTable(w, h)
	}
	lines := []string{sh.Look.Muted.Render(draw.Pad("   "+s.columns.Head(s.columns.Layout(w-3)), w))}
	if sh.Session.Inbox == nil {
		return append(lines, sh.Placeholders(readingMessages, w)...)
	}
	return append(lines, s.rows(w, h-tableHead)...)
}

// emptyTable says why no message is shown.
func (s *screen) emptyTable(w, h int) []string {
	sh := s.shell
	if !s.isNarrowed() {
		return shell.Center([]string{sh.Look.Strong.Render("No messages are kept"), "", "Codes, notices and tests show here,", "and what became of each of them."}, w, h)
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
	lead, cells, room := "", s.cells, 2
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

// isNewest reports whether a message is the newest of all.
func (s *screen) isNewest(m backend.Message) bool {
	return s.shell.Session.Inbox.Messages[0].ID == m.ID
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
