package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
)

// list is a cursor in a column of rows of which some are in sight.
type list struct {
	at, top int // the row of the cursor, the first row in sight
	n, h    int // how many rows there are, how many are in sight
}

// fit tells the list how many rows there are and how many can be shown, and
// keeps the cursor in sight.
func (l *list) fit(n, h int) {
	l.n, l.h = n, max(1, h)
	l.at = min(max(0, l.at), max(0, n-1))
	if l.at < l.top {
		l.top = l.at
	}
	if l.at >= l.top+l.h {
		l.top = l.at - l.h + 1
	}
	l.top = min(l.top, max(0, n-l.h))
}

// move does an action that moves the cursor and reports whether it was one.
func (l *list) move(id keymap.ID) bool {
	switch id {
	case keymap.Down, keymap.ExtendDown:
		l.at++
	case keymap.Up, keymap.ExtendUp:
		l.at--
	case keymap.HalfDown:
		l.at += max(1, l.h/2)
	case keymap.HalfUp:
		l.at -= max(1, l.h/2)
	case keymap.Top:
		l.at = 0
	case keymap.Bottom:
		l.at = l.n - 1
	default:
		return false
	}
	l.fit(l.n, l.h)
	return true
}

// seen is the range of rows in sight.
func (l *list) seen() (from, to int) { return l.top, min(l.n, l.top+l.h) }

// moves returns the actions that move a cursor, all of them done by move.
func moves(move func(keymap.ID) tea.Cmd) []action {
	var list []action
	for _, id := range []keymap.ID{keymap.Down, keymap.Up, keymap.HalfDown, keymap.HalfUp, keymap.Top, keymap.Bottom} {
		list = append(list, action{id: id, do: func() tea.Cmd { return move(id) }})
	}
	return list
}
