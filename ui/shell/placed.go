package shell

import (
	"fmt"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/keymap"
)

// placed is where a dialog is drawn, and which of its lines are in sight.
type placed struct {
	card       Card
	x, y, w, h int // of the dialog with its border
	from, rows int // the first line in sight, and for how many there is room
	pinned     int // how many of these are the last lines of the card
	left, top  int // where the lines begin, from its corner
	foot       int // where its keys begin in its last row
	rowAt      int // the line of the window for the row that stays in sight
}

// place lays out a dialog in a window.
func (s *Shell) place(o Overlay, b Behind) placed {
	w, h, foot := b.W, b.H, b.Foot
	width := widthIn(w, usualWidth)
	room := h - 4 - max(2, foot)
	c := o.Card(width-6, room)
	if c.Width > 0 {
		width = widthIn(w, c.Width)
		c = o.Card(width-6, room)
	}
	c.Keys = withHelp(c.Keys)
	d := placed{card: c, w: width, x: (w - width) / 2, rows: min(len(c.Lines), room), left: 3, top: 2, foot: 2}
	d.h = d.rows + 4
	d.y = max(0, min((h-d.h)/2, h-foot-d.h)) // status and footer stay in sight
	d.rowAt = b.Row.Y
	if b.Row.H > 0 && c.Width != WideCard { // lists and pages are about no row
		if d.w <= b.Row.W {
			d.x = b.Row.X + (b.Row.W-d.w)/2 // over the pane of the row, not over the seam beside it
		}
		d.y, d.rowAt = d.uncovering(b)
	}
	return d.keep()
}

// leastBeside is how many cells are in sight at each side of a dialog: fewer say nothing of
// what is behind it.
const leastBeside = 4

// widthIn is the width of a dialog in a window, all of it where too little would be left
// beside a dialog that is as wide as wanted.
func widthIn(window, wanted int) int {
	if (window-wanted)/2 < leastBeside {
		return window
	}
	return wanted
}

// headLines are the header, the tabs and the verdict, which a dialog that makes room for a
// row does not cover.
const headLines = 3

// withHelp are the keys of a dialog with the one that lists them, where there is room. The
// last key is always shown.
func withHelp(ids []keymap.ID) []keymap.ID {
	isHelp := func(id keymap.ID) bool { return id == keymap.HelpClose || id == keymap.FindClear }
	if len(ids) == 0 || slices.ContainsFunc(ids, isHelp) {
		return ids
	}
	return slices.Insert(slices.Clone(ids), len(ids)-1, keymap.HelpAnywhere)
}

// uncovering is where the dialog leaves the row under the cursor in sight: where it is,
// else below the row or above it. Where there is no room for that, the list is scrolled
// until the row stands right above the dialog, which is as low as it can be.
func (d placed) uncovering(b Behind) (y, rowAt int) {
	row := b.Row.Y
	switch {
	case row < d.y || row >= d.y+d.h:
		return d.y, row
	case row+1+d.h <= b.H-b.Foot:
		return row + 1, row
	case row-d.h >= headLines:
		return row - d.h, row
	case b.H-b.Foot-d.h > 0:
		y = b.H - b.Foot - d.h
		return y, y - 1
	}
	return d.y, row
}

// placePage lays out a dialog as a page.
func (s *Shell) placePage(o Overlay, w, h int) placed {
	room := h - 3 - len(s.pageNotice(w))
	c := o.Card(w-1, room)
	c.Keys = withHelp(c.Keys)
	return placed{card: c, w: w, h: h, rows: room, left: 1, top: 2}.keep()
}

// keep brings the line Keep of the card in sight where not all lines fit, and its last
// lines Foot with it.
func (d placed) keep() placed {
	n := len(d.card.Lines)
	if n <= d.rows {
		return d
	}
	d.pinned = max(0, min(d.card.Foot, d.rows/2))
	moving := d.rows - d.pinned
	d.from = min(max(0, d.card.Keep-moving/2), n-d.pinned-moving)
	return d
}

// window is the lines in sight.
func (d placed) window() []string {
	n := len(d.card.Lines)
	moving := d.card.Lines[d.from:min(n, d.from+d.rows-d.pinned)]
	return slices.Concat(moving, d.card.Lines[n-d.pinned:])
}

// row is where a line of the card is in the window, -1 where it is out of sight.
func (d placed) row(line int) int {
	if gap := len(d.card.Lines) - d.rows; gap > 0 && line >= len(d.card.Lines)-d.pinned {
		return line - gap
	}
	if at := line - d.from; at >= 0 && at < d.rows-d.pinned {
		return at
	}
	return -1
}

// more says how many lines are out of sight above and below, "" where all of them fit.
func (d placed) more() string {
	var parts []string
	if d.from > 0 {
		parts = append(parts, fmt.Sprintf("↑ %d", d.from))
	}
	if below := len(d.card.Lines) - d.rows - d.from; below > 0 {
		parts = append(parts, fmt.Sprintf("↓ %d", below))
	}
	if parts == nil {
		return ""
	}
	return strings.Join(parts, " ") + " more"
}

// right is the text at the right end of the title.
func (d placed) right(dot string) string {
	return strings.Trim(d.card.Right+" "+dot+" "+d.more(), " "+dot)
}

// DialogSpots are the spots of the topmost dialog, as DrawOverlays draws it. What is
// behind it has none.
func (s *Shell) DialogSpots(b Behind) []Spot {
	var d placed
	if s.Room == Compact {
		d = s.placePage(s.Top(), b.W, b.H)
	} else {
		d = s.place(s.Top(), b)
	}
	spots := []Spot{{W: d.w, H: d.h, Wheel: d.card.Wheel}}
	for _, p := range d.card.Spots {
		end := d.row(p.Y + p.H - 1)
		if p.Y = d.row(p.Y); p.Y >= 0 {
			if end < p.Y {
				end = d.rows - d.pinned - 1
			}
			p.H = end - p.Y + 1
			spots = append(spots, Moved([]Spot{p}, d.left, d.top)...)
		}
	}
	hints := s.HintSpots(d.card.Keys, d.w-6, nil)
	if s.Room == Compact {
		hints = s.HintSpots(d.card.Keys, b.W, nil)
	}
	return Moved(append(spots, Moved(hints, d.foot, d.h-1)...), d.x, d.y)
}
