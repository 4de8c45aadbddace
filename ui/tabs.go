package ui

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
)

// tabs are the screens with their keys and badges, the one in front in brackets.
func (m *Model) tabs() string {
	sh := m.shell
	if sh.Room == shell.Compact {
		_, right := m.screen().Status()
		left := m.tabInFront()
		right = draw.Cut(right, m.w-draw.Width(left)-1)
		return draw.Ends(left, sh.Look.Muted.Render(right), m.w)
	}
	var b strings.Builder
	names, isClose := m.tabNames()
	for i, s := range m.screens {
		style := sh.Look.Muted
		if i == m.at {
			style = sh.Look.Focus
		}
		b.WriteString(sh.Look.Focus.Render(m.beforeTab(i, isClose)) + style.Render(names[i]))
		for _, part := range s.Badge() {
			b.WriteString(part.Style.Render(" " + part.Text))
		}
	}
	return draw.Pad(b.String()+sh.Look.Focus.Render(m.beforeTab(len(m.screens), isClose)), m.w)
}

// beforeTab are the cells before a tab, and behind the last one, with the brackets of the one in
// front. Between two others there is one cell where they stand close, and else there are three.
func (m *Model) beforeTab(i int, isClose bool) string {
	left, right := " ", " "
	if i-1 == m.at {
		left = "]"
	}
	if i == m.at {
		right = "["
	}
	switch isBeside := i-1 == m.at || i == m.at; {
	case i == len(m.screens):
		return left
	case i == 0, isClose && isBeside:
		return left + right
	case isClose:
		return " "
	}
	return left + " " + right
}

// tabNames are the keys and titles of the tabs. Where they are wider than the window, they stand
// close together, and where they still are, titles are cut, from the last tab on but for the one
// in front: to a few letters, and then to nothing.
func (m *Model) tabNames() (names []string, isClose bool) {
	const fewLetters = 4 // with the sign that they are cut
	names = make([]string, len(m.screens))
	lengths := make([]int, len(m.screens))
	over := func() int {
		width := draw.Width(m.beforeTab(len(m.screens), isClose))
		for i, s := range m.screens {
			names[i] = strings.TrimSpace(m.shell.Keys.Key(actionOf(s.Scope())) + " " + draw.Cut(s.Title(), lengths[i]))
			width += draw.Width(m.beforeTab(i, isClose) + names[i] + badge(s))
		}
		return width - m.w
	}
	for i, s := range m.screens {
		lengths[i] = draw.Width(s.Title())
	}
	if over() <= 0 {
		return names, false
	}
	isClose = true
	for _, least := range []int{fewLetters, 0} {
		for i := len(m.screens) - 1; i >= 0; i-- {
			if n := over(); n > 0 && i != m.at {
				lengths[i] = min(lengths[i], max(least, lengths[i]-n))
			}
		}
	}
	over()
	return names, isClose
}

// badge is that of a screen, without colours.
func badge(s shell.Screen) string {
	var b strings.Builder
	for _, part := range s.Badge() {
		b.WriteString(" " + part.Text)
	}
	return b.String()
}

// tabInFront is the only tab in a compact window, between arrows to the others.
func (m *Model) tabInFront() string {
	look, s := m.shell.Look, m.screen()
	var b strings.Builder
	b.WriteString(look.Focus.Render(fmt.Sprintf("%s %d/%d %s", look.Left, m.at+1, len(m.screens), s.Title())))
	for _, part := range s.Badge() {
		b.WriteString(part.Style.Render(" " + part.Text))
	}
	return b.String() + look.Focus.Render(" "+look.Right)
}

// tabSpots are where tabs draws them.
func (m *Model) tabSpots() []shell.Spot {
	if m.shell.Room == shell.Compact {
		const arrow = 2 // with its space
		w := draw.Width(m.tabInFront())
		return []shell.Spot{{W: arrow, H: 1, Key: keymap.PrevScreen}, {X: w - arrow, W: arrow, H: 1, Key: keymap.NextScreen}}
	}
	var spots []shell.Spot
	x := 0
	names, isClose := m.tabNames()
	for i, s := range m.screens {
		w := draw.Width(names[i] + badge(s))
		x += draw.Width(m.beforeTab(i, isClose))
		spots = append(spots, shell.Spot{X: x - 1, W: w + 1, H: 1, Key: actionOf(s.Scope())})
		x += w
	}
	return spots
}
