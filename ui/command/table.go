package command

import (
	"bufio"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// columns are the titles of a table, of which the last ones are left out where there is no room for them. No cell is
// cut in one that is whole.
type columns struct {
	names   []string
	spare   int
	isWhole bool
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
			for range titles.spare {
				if naturalWidth(rows) <= v.width() {
					break
				}
				for i, row := range rows {
					rows[i] = row[:len(row)-1]
				}
			}
			width := v.width()
			if titles.isWhole {
				width = naturalWidth(rows)
			}
			writeColumns(out, rows, width)
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

// writeColumns writes rows in columns. Where they are too wide, the widest are cut.
func writeColumns(out *bufio.Writer, rows [][]string, width int) {
	widths := widthsOf(rows)
	shrink(widths, width-gap*(len(widths)-1))
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(draw.Pad(draw.Cut(cell, widths[i]), widths[i]+gap))
		}
		_, _ = out.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

// shrink makes the widest columns narrower until all have room, or none is wide.
func shrink(widths []int, room int) {
	const narrow = 4
	for {
		total, widest := 0, 0
		for i, width := range widths {
			total += width
			if width > widths[widest] {
				widest = i
			}
		}
		if total <= room || widths[widest] <= narrow {
			return
		}
		widths[widest]--
	}
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
