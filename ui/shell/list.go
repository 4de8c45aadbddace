package shell

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
)

// List is a cursor in a column of rows, of which some are in sight.
type List struct {
	At, Top int // the row of the cursor, the first row in sight; from 0 on
	N, H    int // how many rows there are, how many are in sight
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

// Rows draws the rows in sight of n, of which h can be shown.
func (l *List) Rows(n, h int, row func(i int, atCursor bool) string) (lines []string) {
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
