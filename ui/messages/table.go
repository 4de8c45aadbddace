package messages

import (
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// columns are the widths of the table in cells. The last column, which says what the
// message is and what became of it, gets what the others leave.
type columns struct{ state, when, to int }

const (
	stateWidth = 8   // "… queued", "✗ failed"
	agoWidth   = 10  // "99d ago"
	stampWidth = 16  // "2006-01-02 15:04"
	tableHead  = 2   // how many lines of the table are above its rows
	wideTable  = 100 // the width of the table from which on it has room for wider columns
)

func columnsFor(w int) columns {
	if w < wideTable {
		return columns{state: stateWidth, when: agoWidth, to: 18}
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
	head := draw.Pad("   "+draw.Pad("State", k.state)+"  "+draw.Pad("When", k.when)+"  "+draw.Pad("Channel", 9)+"  "+draw.Pad("To", k.to)+"  What", w)
	lines := []string{sh.Look.Muted.Render(head), sh.Look.Border.Render(strings.Repeat(sh.Look.Across, w))}
	if sh.Session.Inbox == nil {
		return append(lines, sh.Placeholders(w)...)
	}
	return append(lines, s.rows(w, h-tableHead)...)
}

// emptyTable says why no message is shown.
func (s *screen) emptyTable(w, h int) []string {
	sh := s.shell
	if s.state == "" {
		return shell.Center([]string{sh.Look.Strong.Render("Nothing here yet"), "", "Codes, notices and tests show here,", "and what became of each of them."}, w, h)
	}
	return shell.Center([]string{sh.Look.Strong.Render("No message is " + stateName(s.state)), "",
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
	lead, cells, room := "", wideCells, 2
	if s.chosen[m.ID] {
		lead = sh.Look.Chosen
	}
	if !m.Read {
		lead += sh.Look.Unread
	}
	if sh.Room == shell.Compact {
		cells, room = compactCells, max(1, draw.Width(lead))
	}
	return look.Mark.Render(mark) + look.Brand.Render(draw.Pad(lead, room)) + cells(sh, look, m, w-1-room)
}

// compactCells are a row of a table without columns, in w cells.
func compactCells(sh *shell.Shell, look *theme.Palette, m backend.Message, w int) string {
	stateStyle, sign := stateSign(sh, look, m.State)
	state := draw.Pad(sign, max(2, draw.Width(sh.Look.Yes)+1))
	text := draw.Pad(shell.Ago(sh.Now, m.At), 7) + " " + sh.Sign(m.Type) + " " + shell.KindName(m.Kind) + " "
	result := resultText(sh, m)
	if result == "" {
		result = safe.Text(string(m.State))
	}
	return stateStyle.Render(state) + textStyle(look, m).Render(text) + stateStyle.Render(draw.Pad(result, w-draw.Width(state+text)))
}

// wideCells are a row of the table in w cells.
func wideCells(sh *shell.Shell, look *theme.Palette, m backend.Message, w int) string {
	k := columnsFor(w + 3)
	stateStyle, sign := stateSign(sh, look, m.State)
	when := shell.Ago(sh.Now, m.At)
	if k.when >= stampWidth {
		when = shell.Stamp(sh.Now, m.At)
	}
	kind, result := shell.KindName(m.Kind), resultText(sh, m)
	if result != "" {
		kind += " " + sh.Look.Dot + " "
	}
	text := "  " + draw.Pad(when, k.when) + "  " + sh.Sign(m.Type) + " " + draw.Pad(shell.TypeName(m.Type), 7) + "  " +
		draw.Pad(draw.Middle(sh.Masked(m.Type, m.To), k.to), k.to) + "  " + kind
	return stateStyle.Render(draw.Pad(sign+" "+safe.Text(string(m.State)), k.state)) + textStyle(look, m).Render(text) +
		stateStyle.Render(draw.Pad(result, w-k.state-draw.Width(text)))
}

// textStyle lets messages that have not been read stand out.
func textStyle(look *theme.Palette, m backend.Message) theme.Style {
	if m.Read {
		return look.Muted
	}
	return look.Text
}

// resultText is what became of a message: when it is tried next and why, or what the
// provider answered. "" where the state says it all.
func resultText(sh *shell.Shell, m backend.Message) string {
	why := safe.Text(m.Detail)
	switch m.State {
	case backend.StateQueued:
		return strings.TrimSuffix(nextAttempt(sh, m)+": "+why, ": ")
	case backend.StateFailed:
		return why
	case backend.StateSent:
		return "by " + safe.Text(m.Provider)
	default:
		return ""
	}
}
