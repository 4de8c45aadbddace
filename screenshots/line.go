package main

import (
	"cmp"
	"fmt"
	"slices"
)

// lineWidth is the width of box-drawing lines.
const lineWidth = 40

// area is a rectangle of one colour.
type area struct {
	x, y, w, h int
	fill       string
	percent    int // of opacity
}

// blocks are the characters that are drawn as areas up to the edges of their
// cells. A font's own glyphs would leave gaps between the cells.
var blocks = map[rune]area{
	'─': {0, (cellHeight - lineWidth) / 2, cellWidth, lineWidth, "", 100},
	'│': {(cellWidth - lineWidth) / 2, 0, lineWidth, cellHeight, "", 100},
	'█': {0, 0, cellWidth, cellHeight, "", 100},
	'▌': {0, 0, cellWidth / 2, cellHeight, "", 100},
	'░': {0, 0, cellWidth, cellHeight, "", 25},
}

// corners are the path data of the rounded corners.
var corners = map[rune]string{
	'╭': corner(true, true), '╮': corner(false, true),
	'╰': corner(true, false), '╯': corner(false, false),
}

// corner returns the path data of a line from the right or left edge of its cell
// to the lower or upper edge, and a little further, into the next cell's line.
func corner(right, down bool) string {
	const beyond, radius = 8, cellWidth / 2
	const outer, inner = radius + lineWidth/2, radius - lineWidth/2
	x := func(v int) int { return v }
	y, turn, back := x, 0, 1
	if !right {
		x = func(v int) int { return cellWidth - v }
	}
	if !down {
		y = func(v int) int { return cellHeight - v }
	}
	if right != down {
		turn, back = back, turn
	}
	return fmt.Sprintf("M%d %dH%dA%d %d 0 0 %d %d %dV%dH%dV%dA%d %d 0 0 %d %d %dH%dz",
		x(cellWidth+beyond), y(cellHeight/2-lineWidth/2), x(cellWidth),
		outer, outer, turn, x(cellWidth-outer), y(cellHeight/2+radius),
		y(cellHeight+beyond), x(cellWidth-inner), y(cellHeight/2+radius),
		inner, inner, back, x(cellWidth), y(cellHeight/2+lineWidth/2), x(cellWidth+beyond))
}

// joined merges areas of one colour that touch and are aligned, such as the cells
// of a border: a viewer that smooths edges would show each edge.
func joined(all []area) []area {
	slices.SortFunc(all, func(a, b area) int {
		return cmp.Or(cmp.Compare(a.fill, b.fill), a.percent-b.percent, a.y-b.y, a.h-b.h, a.x-b.x)
	})
	all = fold(all, func(a *area, b area) bool {
		isNext := a.fill == b.fill && a.percent == b.percent && a.y == b.y && a.h == b.h && a.x+a.w == b.x
		if isNext {
			a.w += b.w
		}
		return isNext
	})
	slices.SortFunc(all, func(a, b area) int {
		return cmp.Or(cmp.Compare(a.fill, b.fill), a.percent-b.percent, a.x-b.x, a.w-b.w, a.y-b.y)
	})
	return fold(all, func(a *area, b area) bool {
		isNext := a.fill == b.fill && a.percent == b.percent && a.x == b.x && a.w == b.w && a.y+a.h == b.y
		if isNext {
			a.h += b.h
		}
		return isNext
	})
}

// fold merges each area with those that follow it, as long as takes returns true.
func fold(all []area, takes func(a *area, next area) bool) []area {
	var out []area
	for _, a := range all {
		if last := len(out) - 1; last < 0 || !takes(&out[last], a) {
			out = append(out, a)
		}
	}
	return out
}
