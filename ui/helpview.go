package ui

import (
	"strings"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

const (
	helpWide  = 110 // cells of a window from which on the help has two columns
	helpWidth = 118 // of the dialog with two of them
	helpGap   = 4   // between the two
	helpHead  = 2   // lines above the rows
)

// helpLine is a line of a column: a row by its number among those that are found, or a
// heading, or nothing.
type helpLine struct {
	row   int // from 0 on; below 0 for none
	title string
}

// isWide reports whether the help has two columns.
func (d *helpDialog) isWide() bool { return d.model.w >= helpWide && d.runs }

// columns lay groups out, in one column or two.
func (d *helpDialog) columns(groups []helpGroup) [][]helpLine {
	isWide := d.isWide()
	columns := make([][]helpLine, 1)
	if isWide {
		columns = make([][]helpLine, 2)
	}
	n := 0
	for _, g := range groups {
		c := &columns[0]
		if isWide && g.isRight {
			c = &columns[1]
		}
		if len(*c) > 0 {
			*c = append(*c, helpLine{row: -1})
		}
		*c = append(*c, helpLine{row: -1, title: g.title})
		for range g.rows {
			*c = append(*c, helpLine{row: n})
			n++
		}
	}
	return columns
}

// Card draws the find field, and the rows in sight.
func (d *helpDialog) Card(w, h int) shell.Card {
	sh, columns := d.model.shell, d.columns(d.shown())
	rows := d.found()
	d.at = max(0, min(d.at, len(rows)-1))
	d.scroll(columns, h-helpHead)
	lines := []string{sh.Look.Focus.Render("> ") + d.find.View(sh.Look, w-2, d.Typing())[0], sh.Look.Border.Render(strings.Repeat(sh.Look.Across, w))}
	width := (w - helpGap*(len(columns)-1)) / len(columns)
	for y := d.top; y < d.top+d.height; y++ {
		var line strings.Builder
		for i, c := range columns {
			if i > 0 {
				line.WriteString(draw.Space(helpGap))
			}
			if y < len(c) {
				line.WriteString(d.line(c[y], rows, width))
			} else {
				line.WriteString(draw.Space(width))
			}
		}
		lines = append(lines, draw.Pad(line.String(), w))
	}
	if len(rows) == 0 {
		lines[helpHead] = sh.Look.Muted.Render("Nothing matches. Try fewer letters.")
	}
	card := shell.Card{Title: "Keys", Right: shell.Count(len(rows), "key"), Lines: lines, Width: shell.WideCard, Spots: d.spots(columns, width), Keys: d.keys(),
		Wheel: func(lines int) { d.move(lines) }}
	if len(columns) > 1 {
		card.Width = helpWidth
	}
	return card
}

// keys are those in the border.
func (d *helpDialog) keys() (ids []keymap.ID) {
	if d.runs {
		ids = append(ids, keymap.HelpRun)
	}
	if d.Typing() {
		return append(ids, keymap.FindClear)
	}
	return append(ids, keymap.HelpFind, keymap.HelpDown, keymap.HelpClose)
}

// scroll brings the cursor into sight, with the heading above the first row. The height
// is the one that all keys need, so that finding does not change it.
func (d *helpDialog) scroll(columns [][]helpLine, most int) {
	d.height = max(1, min(longest(d.columns(d.groups)), most))
	_, y := d.place(columns)
	if y == 1 {
		y = 0
	}
	d.top = max(min(d.top, y), y-d.height+1)
	d.top = max(0, min(d.top, longest(columns)-d.height))
}

// longest is the length of the longest column.
func longest(columns [][]helpLine) (n int) {
	for _, c := range columns {
		n = max(n, len(c))
	}
	return n
}

// place is the column and the line of the cursor.
func (d *helpDialog) place(columns [][]helpLine) (column, y int) {
	for i, c := range columns {
		for y, line := range c {
			if line.row == d.at {
				return i, y
			}
		}
	}
	return 0, 0
}

// changeColumn moves the cursor to the row beside it.
func (d *helpDialog) changeColumn() {
	columns := d.columns(d.shown())
	if len(columns) == 1 {
		return
	}
	from, y := d.place(columns)
	to := columns[1-from]
	for y = min(y, len(to)-1); y >= 0; y-- {
		if to[y].row >= 0 {
			d.at = to[y].row
			return
		}
	}
	if len(to) > 1 { // the heading is beside it
		d.at = to[1].row
	}
}

// line draws a line of a column.
func (d *helpDialog) line(l helpLine, rows []helpRow, w int) string {
	sh := d.model.shell
	if l.row < 0 {
		return sh.Look.Strong.Render(draw.Pad(l.title, w))
	}
	r := rows[l.row]
	look, mark := &sh.Look.Palette, " "
	if l.row == d.at {
		look, mark = &sh.Look.Cursor, sh.Look.Glyphs.Mark
	}
	style, text := look.Text, safe.Text(r.text)
	if r.off != "" {
		style, text = look.Faint, sh.Look.Aside(text)
	}
	room := w - 3 - draw.Width(r.keys)
	return look.Mark.Render(mark) + style.Render(" "+draw.Pad(text, room)+" ") + look.Muted.Render(r.keys)
}

// spots are the rows: a click moves the cursor, a double click does what is there.
func (d *helpDialog) spots(columns [][]helpLine, width int) []shell.Spot {
	var spots []shell.Spot
	for i, c := range columns {
		spots = append(spots, shell.Spot{X: i * (width + helpGap), Y: helpHead, W: width, H: d.height, Again: keymap.HelpRun, Choose: func(_, y int) bool {
			y += d.top
			if y >= len(c) || c[y].row < 0 {
				return false
			}
			d.at = c[y].row
			return true
		}})
	}
	return spots
}
