package shell

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
)

// List is a cursor in a column of rows, of which some are in sight.
type List struct {
	At, Top int   // the row of the cursor, the first row in sight; from 0 on
	N, H    int   // how many rows there are, how many are in sight
	lines   []int // the row of each line that was drawn last, where rows have several
}

// Fit says how many rows there are and how many can be shown. The cursor stays in sight.
func (l *List) Fit(n, h int) {
	l.N, l.H = n, max(1, h)
	l.At = min(max(0, l.At), max(0, n-1))
	if l.At < l.Top {
		l.Top = l.At
	}
	if l.At >= l.Top+l.H {
		l.Top = l.At - l.H + 1
	}
	l.Top = min(l.Top, max(0, n-l.H))
}

// MoveBy moves the cursor by so many rows, up for a negative number.
func (l *List) MoveBy(rows int) {
	l.At += rows
	l.Fit(l.N, l.H)
}

// Move does an action that moves the cursor; false when it is not one.
func (l *List) Move(id keymap.ID) bool {
	switch id {
	case keymap.Down:
		l.At++
	case keymap.Up:
		l.At--
	case keymap.HalfDown:
		l.At += max(1, l.H/2)
	case keymap.HalfUp:
		l.At -= max(1, l.H/2)
	case keymap.Top:
		l.At = 0
	case keymap.Bottom:
		l.At = l.N - 1
	default:
		return false
	}
	l.Fit(l.N, l.H)
	return true
}

// Blocks draws the rows in sight of n, each in as many lines as height says, in at most h
// lines. All of the row under the cursor is in sight, if there is room for it.
func (l *List) Blocks(n, h int, height func(i int) int, block func(i int, atCursor bool) []string) (lines []string) {
	h = max(1, h)
	l.N, l.H, l.lines = n, 0, l.lines[:0]
	l.At = min(max(0, l.At), max(0, n-1))
	l.Top = l.topOf(h, height)
	for i := l.Top; i < n && len(lines) < h; i++ {
		drawn := block(i, i == l.At)
		if len(lines)+len(drawn) <= h {
			l.H++
		}
		for _, line := range drawn[:min(len(drawn), h-len(lines))] {
			lines, l.lines = append(lines, line), append(l.lines, i)
		}
	}
	l.H = max(1, l.H)
	return lines
}

// topOf is the row that comes first in h lines: the one that did, unless the cursor would be
// out of sight or lines would stay empty at the end.
func (l *List) topOf(h int, height func(i int) int) int {
	top := min(max(0, l.Top), l.At)
	used := 0
	for i := top; i < l.N && used <= h; i++ {
		used += height(i)
	}
	for used < h && top > 0 && used+height(top-1) <= h {
		top--
		used += height(top)
	}
	used = 0
	for i := l.At; i >= top; i-- {
		if used += height(i); used > h && i < l.At {
			return i + 1
		}
	}
	return top
}

// Rows draws the rows in sight of n, of which h can be shown.
func (l *List) Rows(n, h int, row func(i int, atCursor bool) string) (lines []string) {
	l.lines = nil
	l.Fit(n, h)
	for i := l.Top; i < min(l.N, l.Top+l.H); i++ {
		lines = append(lines, row(i, i == l.At))
	}
	return lines
}

// MoveActions lists the actions that move a cursor. move does each of them.
func MoveActions(move func(keymap.ID) tea.Cmd) []Action {
	var list []Action
	for _, id := range []keymap.ID{keymap.Down, keymap.Up, keymap.HalfDown, keymap.HalfUp, keymap.Top, keymap.Bottom} {
		list = append(list, Action{ID: id, Do: func() tea.Cmd { return move(id) }})
	}
	return list
}
