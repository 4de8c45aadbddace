package shell

import (
	"slices"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/form"
)

// Spot is a part of a screen or a dialog on which the mouse can be used. What a click
// does there is what keys can do at that moment: it moves the cursor or the focus, or
// presses a key, or the one and then the other. A spot that stands later in a list is
// above the ones before.
type Spot struct {
	X, Y, W, H int // in cells, from the corner of what it is a part of
	// Choose puts the cursor or the focus on a cell, counted from the spot's own corner;
	// false: nothing is there. nil: there is no cursor.
	Choose func(x, y int) bool
	Key    keymap.ID // the action whose key a click presses, "" for none
	Again  keymap.ID // the one whose key the second click of a double click presses
	Row    int       // the row of it that has the cursor, from 1 on; 0: none has
	// Wheel moves by so many lines, up for a negative number; nil: nothing moves.
	Wheel func(lines int)
}

// Has reports whether a cell is a part of the spot.
func (p Spot) Has(x, y int) bool {
	return x >= p.X && x < p.X+p.W && y >= p.Y && y < p.Y+p.H
}

// Moved returns the spots as parts of something whose corner is so far away.
func Moved(spots []Spot, x, y int) []Spot {
	moved := make([]Spot, len(spots))
	for i, p := range spots {
		p.X += x
		p.Y += y
		moved[i] = p
	}
	return moved
}

// Spot is where the rows of the list are, as they were drawn last: at x and y, w cells
// wide. A click moves the cursor to a row, a double click does again's action with it.
func (l *List) Spot(x, y, w int, again keymap.ID) Spot {
	h := l.H
	if l.lines != nil {
		h = len(l.lines)
	}
	return Spot{X: x, Y: y, W: w, H: h, Again: again, Row: l.line(), Wheel: l.MoveBy, Choose: func(_, line int) bool {
		row := l.Top + line
		if l.lines != nil {
			row = l.N
			if line < len(l.lines) {
				row = l.lines[line]
			}
		}
		if row >= l.N {
			return false
		}
		l.At = row
		return true
	}}
}

// line is the line in sight that has the cursor, from 1 on; 0: none has.
func (l *List) line() int {
	switch {
	case l.N == 0:
		return 0
	case l.lines != nil:
		return slices.Index(l.lines, l.At) + 1
	}
	return l.At - l.Top + 1
}

// Button draws a button. The one with the focus is reversed in every theme.
func (s *Shell) Button(text string, isFocused, isDangerous bool) string {
	switch {
	case !isFocused:
		return s.Look.Button.Render("< " + text + " >")
	case isDangerous:
		return s.Look.Danger.Render("[ " + text + " ]")
	}
	return s.Look.Primary.Render("[ " + text + " ]")
}

// ButtonSpots are the spots of buttons in a row, with so many cells between them. focus
// moves the focus to the button with this number, and the key of press presses it.
func ButtonSpots(y, gap int, press keymap.ID, focus func(button int), texts ...string) []Spot {
	var spots []Spot
	x := 0
	for i, text := range texts {
		w := draw.Width("[ " + text + " ]")
		spots = append(spots, Spot{X: x, Y: y, W: w, H: 1, Key: press, Choose: Focusing(func() { focus(i) })})
		x += w + gap
	}
	return spots
}

// Focusing makes the Choose of a spot that is a single thing.
func Focusing(focus func()) func(x, y int) bool {
	return func(int, int) bool {
		focus()
		return true
	}
}

// FormSpots are the spots of a form's fields, as FormKey handles its keys. A choice that
// has the focus goes to its previous value at the left end, and to its next one elsewhere.
func (s *Shell) FormSpots(f *form.Form, w int) []Spot {
	var spots []Spot
	rows := f.Rows(s.Look, w)
	for y, field := range rows {
		spots = append(spots, Spot{Y: y, W: w, H: 1, Choose: Focusing(func() { f.Focus(field) })})
		isFirst := y == 0 || rows[y-1] != field
		if isFirst && field == f.At() && f.Choice() != nil {
			left := f.LabelWidth()
			spots = append(spots, Spot{X: left, Y: y, W: 2, H: 1, Key: keymap.ChoicePrev}, Spot{X: left + 2, Y: y, W: w - left - 2, H: 1, Key: keymap.ChoiceNext})
		}
	}
	return spots
}
