package shell

import (
	"maps"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
)

// Columns is which columns a table shows, in which order, and by which of them its rows are
// sorted. Columns are numbered as in Titles.
type Columns struct {
	Titles []string // in the usual order
	order  []int    // all of them as they were ordered; nil: as usual
	hidden map[int]bool
	// mine are the order and what is hidden while the configuration's columns are shown instead.
	mine   *columnChoice
	drawn  []int // the shown ones that had room, when the table was drawn last; nil: it was not
	sorts  []int // those that rows can be sorted by, the usual one first; nil: any, and as the rows are
	sortBy int   // 0: the usual order of the rows; else the number of a column and 1
	isDown bool
}

// columnChoice is which columns are shown, in which order; see Columns.
type columnChoice struct {
	order  []int
	hidden map[int]bool
}

// Shown returns the columns that are shown, in their order.
func (c *Columns) Shown() []int {
	return slices.DeleteFunc(slices.Clone(c.all()), func(i int) bool { return c.hidden[i] })
}

func (c *Columns) all() []int {
	if c.order != nil {
		return c.order
	}
	all := make([]int, len(c.Titles))
	for i := range all {
		all[i] = i
	}
	return all
}

// IsUsual reports whether all columns are shown, in their usual order.
func (c *Columns) IsUsual() bool { return c.order == nil && len(c.hidden) == 0 }

// SortOnlyBy says by which columns rows can be sorted. They are always by one of these, and by the
// first until another one is chosen.
func (c *Columns) SortOnlyBy(columns ...int) {
	c.sorts = columns
	if !slices.Contains(columns, c.sortBy-1) {
		c.sortBy, c.isDown = columns[0]+1, false
	}
}

// usualSort is sortBy until another one is chosen.
func (c *Columns) usualSort() int {
	if c.sorts == nil {
		return 0
	}
	return c.sorts[0] + 1
}

// IsInSight reports whether a column was shown, and had room, when the table was drawn last.
func (c *Columns) IsInSight(column int) bool { return slices.Contains(c.drawn, column) }

// Sort returns the column that rows are sorted by, -1 for their usual order, and whether
// the last one stands first.
func (c *Columns) Sort() (column int, isDown bool) { return c.sortBy - 1, c.isDown }

// SortNext sorts by the next of the columns in sight that rows can be sorted by, or by the
// previous one for a negative step. After the last one comes the usual order.
func (c *Columns) SortNext(step int) {
	choices := c.sortChoices()
	at := max(0, slices.Index(choices, c.sortBy-1))
	c.sortBy, c.isDown = choices[(at+step+len(choices))%len(choices)]+1, false
}

// sortChoices are the columns to sort by, -1 for the usual order. Columns that are the only ones
// to sort by count also where they have no room: the frame of the list names them.
func (c *Columns) sortChoices() []int {
	shown := c.Shown()
	if c.sorts != nil {
		can := slices.DeleteFunc(shown, func(i int) bool { return !slices.Contains(c.sorts, i) })
		if len(can) == 0 {
			return c.sorts
		}
		return can
	}
	if c.drawn != nil {
		shown = c.drawn
	}
	return append([]int{-1}, shown...)
}

// Reverse puts the last row first.
func (c *Columns) Reverse() { c.isDown = !c.isDown }

// Title is the title of a column, with an arrow where the rows are sorted by it.
func (c *Columns) Title(column int) string {
	title := c.Titles[column]
	switch {
	case c.sortBy-1 != column:
		return title
	case c.isDown:
		return title + " ↓"
	}
	return title + " ↑"
}

// SortedBy says by what rows are sorted, "" for their usual order.
func (c *Columns) SortedBy() string {
	switch {
	case c.sortBy == c.usualSort() && !c.isDown:
		return ""
	case c.sortBy > 0:
		return "by " + strings.ToLower(c.Title(c.sortBy-1))
	}
	return "reversed"
}

// Actions lists what can be done with the columns of the table on a screen. What follow returns
// is done after each. The columns are as they were when the screen was opened last.
func (c *Columns) Actions(sh *Shell, screen keymap.Scope, follow func() tea.Cmd) []Action {
	c.restore(sh.Tables[screen])
	c.begin(sh, screen)
	changed := func() tea.Cmd {
		sh.Tables[screen] = c.text()
		return follow()
	}
	then := func(do func()) func() tea.Cmd {
		return func() tea.Cmd {
			do()
			return changed()
		}
	}
	return []Action{
		{ID: keymap.SortNext, Do: then(func() { c.SortNext(1) })},
		{ID: keymap.SortPrevious, Do: then(func() { c.SortNext(-1) })},
		{ID: keymap.SortReverse, Do: then(c.Reverse)},
		{ID: keymap.ChooseColumns, Do: func() tea.Cmd {
			sh.Open(newColumnsDialog(sh, c, func() tea.Cmd {
				delete(sh.chosenColumns, screen)
				c.mine = nil
				return changed()
			}))
			return nil
		}},
	}
}

// text is how the columns are written down for restore: their titles in their order, hidden
// ones behind a minus, and by what rows are sorted; "" for all as usual.
func (c *Columns) text() string {
	if c.mine != nil {
		own := *c
		own.order, own.hidden, own.mine = c.mine.order, c.mine.hidden, nil
		return own.text()
	}
	if c.IsUsual() && c.sortBy == c.usualSort() && !c.isDown {
		return ""
	}
	var parts []string
	for _, i := range c.all() {
		part := c.Titles[i]
		if c.hidden[i] {
			part = "-" + part
		}
		parts = append(parts, part)
	}
	sort := ""
	if c.sortBy > 0 {
		sort = c.Titles[c.sortBy-1]
	}
	if c.isDown {
		sort = "-" + sort
	}
	return strings.Join(append(parts, "by "+sort), ",")
}

// restore sets the columns as text has written them. What is not known is left as usual:
// another version may have other columns.
func (c *Columns) restore(text string) {
	if text == "" {
		return
	}
	var order []int
	hidden := map[int]bool{}
	for part := range strings.SplitSeq(text, ",") {
		if sort, isSort := strings.CutPrefix(part, "by "); isSort {
			by, isDown := strings.CutPrefix(sort, "-")
			c.sortBy, c.isDown = slices.Index(c.Titles, by)+1, isDown
			if c.sorts != nil {
				c.SortOnlyBy(c.sorts...)
			}
			continue
		}
		title, isHidden := strings.CutPrefix(part, "-")
		if i := slices.Index(c.Titles, title); i >= 0 && !slices.Contains(order, i) {
			order, hidden[i] = append(order, i), isHidden
		}
	}
	if len(order) != len(c.Titles) || slices.IsSorted(order) && !slices.Contains(slices.Collect(maps.Values(hidden)), true) {
		return
	}
	c.order, c.hidden = order, hidden
}
