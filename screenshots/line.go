package main

import (
	"cmp"
	"fmt"
	"slices"
)

// lineWidth is the width of lines between the cells' middles.
const lineWidth = 40

// area is a rectangle of one colour.
type area struct {
	x, y, w, h int
	fill       string
	percent    int // of opacity
}

// blocks are the characters that fill a part of their cell up to its edges.
// A font's own leave seams between the cells.
var blocks = map[rune]area{
	'─': {0, (cellHeight - lineWidth) / 2, cellWidth, lineWidth, "", 100},
	'│': {(cellWidth - lineWidth) / 2, 0, lineWidth, cellHeight, "", 100},
	'█': {0, 0, cellWidth, cellHeight, "", 100},
	'▌': {0, 0, cellWidth / 2, cellHeight, "", 100},
	'░': {0, 0, cellWidth, cellHeight, "", 25},
}

// corners are the rounded ones.
var corners = map[rune]string{
	'╭': corner(true, true), '╮': corner(false, true),
	'╰': corner(true, false), '╯': corner(false, false),
}

// corner returns path data that leads a line from the right or left edge of
// its cell to the lower or upper one, and a little beyond, into the next line.
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

// joined makes one area of those of a colour that touch in line, as the cells
// of a border or a bar do: a viewer that smooths edges would show each.
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

// fold lets each area take up those that follow it, for as long as it does.
func fold(all []area, takes func(a *area, next area) bool) []area {
	var out []area
	for _, a := range all {
		if last := len(out) - 1; last < 0 || !takes(&out[last], a) {
			out = append(out, a)
		}
	}
	return out
}
