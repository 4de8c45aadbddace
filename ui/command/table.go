package command

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// columns are the titles of a table. Where a terminal has no room for all, those in spare are left out, in that order, and
// then cells are cut, but none in the columns in whole: what is in them is needed as it stands.
type columns struct {
	names, spare, whole []string
}

// keep are the indices of the columns that fit into so many cells, without regard to cells that can be cut.
func (c columns) keep(rows [][]string, width int) []int {
	kept := make([]int, len(c.names))
	for i := range kept {
		kept[i] = i
	}
	for _, name := range c.spare {
		if naturalWidth(picked(rows, kept)) <= width {
			break
		}
		kept = slices.DeleteFunc(kept, func(i int) bool { return c.names[i] == name })
	}
	return kept
}

// picked are the rows with these columns alone.
func picked(rows [][]string, columns []int) [][]string {
	list := make([][]string, len(rows))
	for i, row := range rows {
		for _, j := range columns {
			list[i] = append(list[i], row[j])
		}
	}
	return list
}

// gap is how many cells are between two columns.
const gap = 2

// table prints rows: on a terminal under their titles, in columns that are as wide as the terminal
// allows, of which the last ones may be left out; in a pipe whole, with tabs between the cells and without
// titles. Every cell is made safe.
func (v *visit) table(titles columns, rows [][]string) error {
	for _, row := range rows {
		for i, cell := range row {
			row[i] = safe.Text(cell)
		}
	}
	out := bufio.NewWriter(v.Out)
	if v.isTerminal() {
		if len(rows) > 0 {
			rows = append([][]string{titles.names}, rows...)
			kept := titles.keep(rows, v.width())
			rows = picked(rows, kept)
			var whole []int
			for i, column := range kept {
				if slices.Contains(titles.whole, titles.names[column]) {
					whole = append(whole, i)
				}
			}
			writeColumns(out, rows, v.width(), whole...)
		}
	} else {
		for _, row := range rows {
			_, _ = out.WriteString(strings.Join(row, "\t") + "\n") // Flush returns the error
		}
	}
	return outputError(out.Flush())
}

// width is that of the terminal in cells.
func (v *visit) width() int {
	const usual = 80
	file, isFile := v.Out.(*os.File)
	if !isFile {
		return usual
	}
	width, _, err := term.GetSize(file.Fd())
	if err != nil || width < 1 {
		return usual
	}
	return width
}

// widthsOf are the widths of the columns in cells.
func widthsOf(rows [][]string) []int {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], draw.Width(cell))
		}
	}
	return widths
}

// naturalWidth is how wide a table is of which nothing is cut.
func naturalWidth(rows [][]string) int {
	total := -gap
	for _, width := range widthsOf(rows) {
		total += width + gap
	}
	return total
}

// writeColumns writes rows in columns. Where they are too wide, the widest are cut, but for those that stay whole.
func writeColumns(out *bufio.Writer, rows [][]string, width int, whole ...int) {
	widths := widthsOf(rows)
	shrink(widths, width-gap*(len(widths)-1), whole)
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(draw.Pad(draw.Cut(cell, widths[i]), widths[i]+gap))
		}
		_, _ = out.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

// shrink makes the widest columns narrower until all have room, or none is wide. Those that stay whole are not.
func shrink(widths []int, room int, whole []int) {
	const narrow = 4
	for {
		total, widest := 0, -1
		for i, width := range widths {
			total += width
			if !slices.Contains(whole, i) && (widest < 0 || width > widths[widest]) {
				widest = i
			}
		}
		if total <= room || widest < 0 || widths[widest] <= narrow {
			return
		}
		widths[widest]--
	}
}

// cell is a value of a channel in a cell: as people read it, or in a pipe as the API has it.
func (v *visit) cell(by backend.ChannelType, value string) string {
	if v.isTerminal() {
		return backend.ReadableValue(by, value)
	}
	return value
}

// at is a point in time: the local one for a person, else RFC 3339 in UTC; "" for none.
func (v *visit) at(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case v.isTerminal():
		return t.Local().Format(time.DateTime)
	}
	return t.UTC().Format(time.RFC3339)
}

// atCell is at in a table: for a person the time of today, or the day, with its time where a terminal has room for it.
func (v *visit) atCell(t time.Time) string {
	const roomy = 100
	switch {
	case t.IsZero() || !v.isTerminal():
		return v.at(t)
	case v.width() < roomy:
		return shell.TimeOrDay(v.Now().Local(), t)
	}
	return shell.Stamp(v.Now().Local(), t)
}

// atTitle is the title of a column of points in time.
func (v *visit) atTitle() string { return "AT (" + shell.Zone(v.Now()) + ")" }

// facts are lines of a name and a value, aligned on a terminal; a value of "" is left out there.
func (v *visit) facts(list [][2]string) string {
	first := 0
	for _, fact := range list {
		first = max(first, draw.Width(fact[0]))
	}
	var lines []string
	for _, fact := range list {
		switch value := safe.Text(fact[1]); {
		case !v.isTerminal():
			lines = append(lines, fact[0]+":\t"+value)
		case value != "":
			lines = append(lines, draw.Pad(fact[0], first+gap)+value)
		}
	}
	return strings.Join(lines, "\n")
}
