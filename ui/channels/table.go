package channels

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// tableHead is how many lines of the table are above its rows.
const tableHead = 1

// table is at most h lines: titles, and the rows around the cursor.
func (s *screen) table(w, h int) []string {
	sh := s.shell
	if !s.isRead() && !sh.Work.Waits(readingChannels, sh.Now) {
		return nil
	}
	if s.isRead() && len(s.shown) == 0 {
		return s.emptyTable(w, h)
	}
	k := s.layoutFor(w)
	lines := []string{s.head(k, w)}
	if !s.isRead() {
		return append(lines, sh.Placeholders(readingChannels, w)...)
	}
	return append(lines, s.rows(k, w, h-tableHead)...)
}

// rows are the rows around the cursor, in at most h lines. What there is to say of a
// channel stands under its row: of all channels where there is room for that, else of the
// one under the cursor.
func (s *screen) rows(k layout, w, h int) []string {
	hasAll := s.linesOfRows(h) <= h
	height := func(i int) int {
		if hasAll || i == s.list.At {
			return 1 + remarkCount(s.shell, s.shown[i])
		}
		return 1
	}
	return s.list.Blocks(len(s.shown), h, height, func(i int, atCursor bool) []string {
		row := []string{s.row(s.shown[i], atCursor, k)}
		if hasAll || atCursor {
			row = append(row, s.remarks(s.shown[i], k, w)...)
		}
		return row
	})
}

// linesOfRows is how many lines all rows have, with what there is to say of each. It
// counts no further than to one more than most.
func (s *screen) linesOfRows(most int) (n int) {
	for i := 0; i < len(s.shown) && n <= most; i++ {
		n += 1 + remarkCount(s.shell, s.shown[i])
	}
	return n
}

func (s *screen) row(ch backend.Channel, atCursor bool, k layout) string {
	look := s.rowLook(ch, atCursor)
	return k.line.Draw(s.shell, look, ch, s.columns.Cells(look.Palette, ch, k.widths), look.Text.Render(" "))
}

// rowLook is how a row is drawn. The row under the cursor looks unlike the others, and for a
// moment so does one that was changed elsewhere.
func (s *screen) rowLook(ch backend.Channel, atCursor bool) shell.RowLook {
	sh := s.shell
	look := shell.RowLook{Palette: &sh.Look.Palette, Mark: " ", Chosen: " "}
	switch {
	case sh.Flashes(ch.Priority):
		look.Palette = &sh.Look.Flash
	case atCursor:
		look.Palette = &sh.Look.Cursor
	}
	if atCursor {
		look.Mark = sh.Look.Glyphs.Mark
	}
	if s.chosen[ch.Priority] {
		look.Chosen = sh.Look.Chosen
	}
	return look
}

// compactTable is the table without a head and columns.
func (s *screen) compactTable(w, h int) []string {
	if len(s.shown) == 0 {
		return s.emptyTable(w, h)
	}
	below := s.belowRows(w)
	if room := h - len(s.shown); len(below) > room {
		below = below[:max(0, room)]
	}
	rows := s.list.Rows(len(s.shown), h-len(below), func(i int, atCursor bool) string { return s.compactRow(s.shown[i], atCursor, w) })
	return append(draw.Fit(rows, w, h-len(below)), below...)
}

// mostCompactLabel is how many cells a label has at most in a compact window. Labels are
// shown there if all channels have one: else it takes the whole values to tell them apart.
const mostCompactLabel = 10

// compactRow has signs for the type, for seen and for the last message; belowRows has the
// words.
func (s *screen) compactRow(ch backend.Channel, atCursor bool, w int) string {
	sh := s.shell
	look := s.rowLook(ch, atCursor)
	sign := 1
	if sh.Look.ASCII {
		sign = 2
	}
	line := shell.ChannelLine{Number: len(strconv.Itoa(s.maxPriority())), Gap: " ", IsChosen: true}
	value, label := w-line.Lead()-onWidth-2*sign-3, 0
	if !slices.ContainsFunc(s.shown, func(ch backend.Channel) bool { return ch.Label == "" }) {
		label = shell.LabelWidth(s.shown, mostCompactLabel)
		value -= label + 1
	}
	p := look.Palette
	cells := line.Cells(p, shell.LabelCell(p, ch, label), sh.ValueCell(p, ch, max(4, value)), s.seenCell(p, ch, sign), shell.OnCell(p, ch, onWidth))
	return line.Draw(sh, look, ch, cells, p.Text.Render(" ")+s.testCell(p, ch, sign))
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
	for _, remark := range remarksOf(sh, ch) {
		for _, l := range sh.Lines(remark.Style, remark.Text, w-2) {
			lines = append(lines, " "+l)
		}
	}
	return lines
}

// emptyTable says why no channel is shown, and which key helps.
func (s *screen) emptyTable(w, h int) []string {
	sh := s.shell
	key := func(id keymap.ID, what string) string {
		return sh.Look.Focus.Render(sh.Keys.Key(id)) + sh.Look.Muted.Render("  "+what)
	}
	if len(sh.Session.Channels) == 0 {
		return shell.Center([]string{sh.Look.Strong.Render("No notification channels yet"), "", "Nothing reaches this account until one", "is added and its code entered.", "", key(keymap.AddChannel, "adds a channel")}, w, h)
	}
	reason := "No channel is of these types."
	if text := s.find.Text(); text != "" {
		reason = "No channel matches '" + safe.Text(text) + "'."
	}
	return shell.Center([]string{sh.Look.Strong.Render(reason), "", key(keymap.Back, "shows them all again")}, w, h)
}
