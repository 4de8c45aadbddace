package channels

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// columns are the widths of the table in cells. The value gets what the others leave.
// As the window gets narrower, the name of the type goes.
type columns struct {
	number, kind, value, seen, on, last int
	gap                                 string // between two columns
}

// tableHead is how many lines of the table are above its rows.
const tableHead = 2

// minValueWidth is the width of the value below which other columns give way.
const minValueWidth = 18

func (s *screen) columnsFor(w int) columns {
	k := columns{number: 1, kind: len("webhook"), seen: seenWidth, on: len("off"), last: lastWidth, gap: "  "}
	if n := len(s.shown); n > 0 {
		k.number = len(strconv.Itoa(s.shown[n-1].Priority))
	}
	if s.shell.Room == shell.Compact {
		return s.compactColumns(k, w)
	}
	rest := func() int { return w - 16 - k.number - k.kind - k.seen - k.on - k.last }
	if s.shell.ShowsValues() {
		k.last = 1
	}
	if rest() < minValueWidth {
		k.kind = 0
	}
	k.value = max(4, rest())
	return k
}

// compactColumns have signs for the type, for seen and for the last message; rowWords
// stand below the rows.
func (s *screen) compactColumns(k columns, w int) columns {
	k.kind, k.seen, k.last, k.gap = 0, 1, 1, " "
	if s.shell.Look.ASCII {
		k.seen, k.last = 2, 2
	}
	k.value = max(4, w-8-k.number-k.seen-k.on-k.last)
	return k
}

func (s *screen) table(w, h int) []string {
	sh := s.shell
	if !s.isRead() && !sh.Work.Waits(readingChannels, sh.Now) {
		return nil
	}
	if s.isRead() && len(s.shown) == 0 {
		return s.emptyTable(w, h)
	}
	k := s.columnsFor(w)
	kind := " "
	if k.kind > 0 {
		kind = draw.Pad("Type", k.kind+2)
	}
	head := "   " + draw.Right("#", k.number) + "  " + kind + "  " + draw.Pad("Value", k.value) + "  " + draw.Pad("Seen", k.seen) + "  " + draw.Pad("On", k.on) + "  " + draw.Pad("Last test", k.last)
	lines := []string{sh.Look.Muted.Render(draw.Pad(head, w)), sh.Look.Border.Render(strings.Repeat(sh.Look.Across, w))}
	if !s.isRead() {
		return append(lines, sh.Placeholders(w)...)
	}
	return append(lines, s.rows(k, h-tableHead)...)
}

// compactTable is the table without a head.
func (s *screen) compactTable(w, h int) []string {
	if len(s.shown) == 0 {
		return s.emptyTable(w, h)
	}
	below := s.belowRows(w)
	if room := h - len(s.shown); len(below) > room {
		below = below[:max(0, room)]
	}
	return append(draw.Fit(s.rows(s.columnsFor(w), h-len(below)), w, h-len(below)), below...)
}

// belowRows say in words what the row under the cursor says with signs, and what there is to
// know of its channel.
func (s *screen) belowRows(w int) []string {
	sh := s.shell
	ch, ok := s.current()
	if !ok {
		return nil
	}
	words := rowWords(sh, ch)
	texts := make([]string, len(words))
	for i, part := range words {
		texts[i] = part.Style.Render(part.Text)
	}
	line := sh.Look.Muted.Render(fmt.Sprintf(" %d ", ch.Priority)) + strings.Join(texts, sh.Look.Muted.Render(" "+sh.Look.Dot+" "))
	lines := []string{"", draw.Cut(line, w)}
	if p := s.problem(); p.Text != "" {
		for _, l := range sh.Lines(p.Style, p.Text, w-2) {
			lines = append(lines, " "+l)
		}
	}
	return lines
}

// rows are the h rows around the cursor.
func (s *screen) rows(k columns, h int) []string {
	return s.list.Rows(len(s.shown), h, func(i int, atCursor bool) string { return s.row(s.shown[i], atCursor, k) })
}

func (s *screen) row(ch backend.Channel, atCursor bool, k columns) string {
	sh := s.shell
	look, mark := &sh.Look.Palette, " "
	if atCursor {
		look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
	}
	chosen := " "
	if s.chosen[ch.Priority] {
		chosen = sh.Look.Chosen
	}
	kind, lead := sh.Sign(ch.Type), ""
	if k.kind > 0 {
		kind += " " + draw.Pad(shell.TypeName(ch.Type), k.kind)
	}
	if sh.Room != shell.Compact {
		lead = " "
	}
	seenStyle, seen := seenCell(sh, look, ch, k.seen)
	lastStyle, last := deliveryCell(sh, look, ch, k.last)
	return look.Mark.Render(mark) + look.Brand.Render(chosen) +
		look.Text.Render(lead+draw.Right(strconv.Itoa(ch.Priority), k.number)+k.gap+kind+k.gap+draw.Pad(valueCell(sh, ch, k.value), k.value)+k.gap) +
		seenStyle.Render(draw.Pad(seen, k.seen)+k.gap) + onOffState(ch).Style(look).Render(draw.Pad(onOff(ch.Enabled), k.on)+k.gap) + lastStyle.Render(draw.Pad(last, k.last))
}

// emptyTable says why no channel is shown, and which key helps.
func (s *screen) emptyTable(w, h int) []string {
	sh := s.shell
	key := func(id keymap.ID, what string) string {
		return sh.Look.Focus.Render(sh.Keys.Key(id)) + sh.Look.Muted.Render("  "+what)
	}
	if len(sh.Session.Channels) == 0 {
		return shell.Center([]string{sh.Look.Strong.Render("No notification channels yet"), "", "PingHome cannot reach you until you", "add one and enter its code.", "", key(keymap.AddChannel, "adds a channel")}, w, h)
	}
	reason := "No channel is of these types."
	if text := s.find.Text(); text != "" {
		reason = "No channel matches '" + safe.Text(text) + "'."
	}
	return shell.Center([]string{sh.Look.Strong.Render(reason), "", key(keymap.Back, "shows them all again")}, w, h)
}
