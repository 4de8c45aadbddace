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

// Blocks draws the rows in sight of n, each in one line or more, in at most h lines. All of
// the row under the cursor is in sight, if there is room for it.
func (l *List) Blocks(n, h int, block func(i int, atCursor bool) []string) (lines []string) {
	h = max(1, h)
	l.N, l.H, l.lines = n, h, l.lines[:0]
	l.At = min(max(0, l.At), max(0, n-1))
	blocks := make([][]string, n)
	height := 0
	for i := range blocks {
		blocks[i] = block(i, i == l.At)
		height += len(blocks[i])
	}
	l.Top = min(max(0, l.Top), l.At)
	for above, room := height-linesOf(blocks[:l.Top]), h; l.Top > 0 && above+len(blocks[l.Top-1]) <= room; {
		l.Top-- // the end of the list does not leave lines empty
		above += len(blocks[l.Top])
	}
	for l.Top < l.At && linesOf(blocks[l.Top:l.At+1]) > h {
		l.Top++
	}
	l.H = 0
	for i := l.Top; i < n && len(lines) < h; i++ {
		if len(lines)+len(blocks[i]) <= h {
			l.H++
		}
		for _, line := range blocks[i][:min(len(blocks[i]), h-len(lines))] {
			lines, l.lines = append(lines, line), append(l.lines, i)
		}
	}
	l.H = max(1, l.H)
	return lines
}

func linesOf(blocks [][]string) (n int) {
	for _, b := range blocks {
		n += len(b)
	}
	return n
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
