package shell

import (
	"slices"
	"strings"

	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/theme"
)

// Column is one of a table with rows of a kind.
type Column[T any] struct {
	Title string
	Min   int // its least width in cells
	// Cell draws it in exactly w cells.
	Cell func(look *theme.Palette, row T, w int) string
	// Compare is in which order Sorted puts rows by it; nil where the rows are sorted elsewhere.
	Compare func(a, b T) int
	// IsOff reports that nothing is known of it, so that it is not shown; nil: it always is.
	IsOff func() bool
}

// Table draws and sorts rows by columns.
type Table[T any] struct {
	Columns
	Gap     int      // the cells between two columns
	Grow    []Growth // in which order columns get what is left
	columns []Column[T]
	urgent  []int // the columns in the order in which they get their room, unless one was chosen
}

// Growth is a column and the width that it grows to, where others leave some.
type Growth [2]int

// NewTable returns a table with all columns. They get room in the order of urgent, and what
// is left in the order of grow.
func NewTable[T any](columns []Column[T], urgent []int, grow []Growth) Table[T] {
	t := Table[T]{columns: columns, urgent: urgent, Grow: grow, Gap: 2}
	for _, c := range columns {
		t.Titles = append(t.Titles, c.Title)
	}
	return t
}

// Layout returns the width of each column in w cells, 0 for those that have no room.
func (t *Table[T]) Layout(w int) []int {
	widths := make([]int, len(t.columns))
	shown := t.Shown()
	order := shown
	if t.IsUsual() {
		order = t.urgent
	}
	room := w + t.Gap
	for _, i := range order {
		c := t.columns[i]
		least := max(c.Min, draw.Width(t.Title(i))) // with the arrow of the sort
		if n := least + t.Gap; n <= room && slices.Contains(shown, i) && (c.IsOff == nil || !c.IsOff()) {
			widths[i] = least
			room -= n
		}
	}
	t.drawn = t.inSight(widths)
	for _, g := range t.Grow {
		if widths[g[0]] > 0 {
			more := max(0, min(room, g[1]-widths[g[0]]))
			widths[g[0]] += more
			room -= more
		}
	}
	return widths
}

// Head is the line of titles.
func (t *Table[T]) Head(widths []int) string {
	var b strings.Builder
	for i, column := range t.inSight(widths) {
		if i > 0 {
			b.WriteString(draw.Space(t.Gap))
		}
		b.WriteString(draw.Pad(t.Title(column), widths[column]))
	}
	return b.String()
}

// Cells draws a row.
func (t *Table[T]) Cells(look *theme.Palette, row T, widths []int) string {
	const mostParts = 16
	gap, parts := look.Text.Render(draw.Space(t.Gap)), make([]string, 0, mostParts)
	for i, column := range t.inSight(widths) {
		if i > 0 {
			parts = append(parts, gap)
		}
		parts = append(parts, t.columns[column].Cell(look, row, widths[column]))
	}
	return strings.Join(parts, "")
}

// inSight are the columns that have room, in their order.
func (t *Table[T]) inSight(widths []int) []int {
	return slices.DeleteFunc(t.Shown(), func(i int) bool { return widths[i] == 0 })
}

// Left is how many cells are before a column, 0 where it is not shown.
func (t *Table[T]) Left(column int, widths []int) (x int) {
	if widths[column] == 0 {
		return 0
	}
	for _, i := range t.inSight(widths) {
		if i == column {
			break
		}
		x += widths[i] + t.Gap
	}
	return x
}

// Sorted returns the rows in the order that was asked for. Those that are the same by the
// column, and all without one, stand in the order of the list.
func (t *Table[T]) Sorted(list []T) []T {
	column, isDown := t.Sort()
	if column < 0 && !isDown {
		return list
	}
	list = slices.Clone(list)
	if isDown { // of rows that are the same, the last one first, too
		slices.Reverse(list)
	}
	if column < 0 {
		return list
	}
	slices.SortStableFunc(list, func(a, b T) int {
		if isDown {
			a, b = b, a
		}
		return t.columns[column].Compare(a, b)
	})
	return list
}
