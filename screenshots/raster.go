package main

import (
	"slices"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The pixels of a cell, whose sides are in proportion to those of glyph.go, and
// how many levels of coverage a pixel has beside none.
const (
	pixelsWide = 10
	pixelsHigh = 20
	levels     = 8
)

// Glyphs are rasterized in a finer unit than outlines, in which a pixel is a whole
// number, and each row of pixels has several scan lines.
const (
	fine      = 10 // times the unit of glyph.go
	pixel     = cellWidth * fine / pixelsWide
	scanLines = 14 // in a row of pixels
)

// mask is how much of each pixel of a cell is covered, from 0 to levels.
type mask [pixelsHigh][pixelsWide]uint8

// edge is a straight part of an outline.
type edge struct{ from, to fixed.Point26_6 }

// rasterize returns the mask of a glyph. It counts with integers only: fractions
// are rounded differently by different machines.
func (t *typeface) rasterize(g glyph) (*mask, error) {
	segments, err := t.segments(g, em*fine)
	if err != nil {
		return nil, err
	}
	edges := flatten(segments)
	m := &mask{}
	for y := range m {
		var covered [pixelsWide]int
		for line := range scanLines {
			at := y*pixel + (2*line+1)*pixel/(2*scanLines) - baseline*fine
			scan(edges, at, &covered)
		}
		for x, c := range covered {
			m[y][x] = level(c, scanLines*pixel)
		}
	}
	return m, nil
}

// level rounds a part of a whole to a level.
func level(part, whole int) uint8 {
	return uint8((part*levels + whole/2) / whole) //nolint:gosec // at most levels
}

// flatten returns an outline in straight parts. The font's curves are quadratic.
func flatten(segments sfnt.Segments) (edges []edge) {
	const parts = 8 // of a curve
	var at, start fixed.Point26_6
	to := func(p fixed.Point26_6) {
		edges = append(edges, edge{at, p})
		at = p
	}
	for _, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			to(start)
			at, start = s.Args[0], s.Args[0]
		case sfnt.SegmentOpLineTo:
			to(s.Args[0])
		default:
			from := at
			for i := fixed.Int26_6(1); i <= parts; i++ {
				a, b, c := (parts-i)*(parts-i), 2*i*(parts-i), i*i
				to(fixed.Point26_6{
					X: (a*from.X + b*s.Args[0].X + c*s.Args[1].X) / (parts * parts),
					Y: (a*from.Y + b*s.Args[0].Y + c*s.Args[1].Y) / (parts * parts),
				})
			}
		}
	}
	to(start)
	return edges
}

// crossing is where an outline crosses a scan line, downwards or upwards.
type crossing struct{ x, turn int }

// scan adds to each pixel how much of a scan line in it is inside the outline.
func scan(edges []edge, at int, covered *[pixelsWide]int) {
	var all []crossing
	for _, e := range edges {
		x0, y0, x1, y1, turn := int(e.from.X), int(e.from.Y), int(e.to.X), int(e.to.Y), 1
		if y0 > y1 {
			x0, y0, x1, y1, turn = x1, y1, x0, y0, -1
		}
		if y0 <= at && at < y1 {
			all = append(all, crossing{x0 + (at-y0)*(x1-x0)/(y1-y0), turn})
		}
	}
	slices.SortFunc(all, func(a, b crossing) int { return a.x - b.x })
	turns := 0
	for i, c := range all {
		if turns != 0 {
			cover(covered, all[i-1].x, c.x)
		}
		turns += c.turn
	}
}

// cover adds the part of a scan line between two points to the pixels there.
func cover(covered *[pixelsWide]int, from, to int) {
	for x := range covered {
		if part := min(to, (x+1)*pixel) - max(from, x*pixel); part > 0 {
			covered[x] += part
		}
	}
}

// sampled returns the level of a pixel of a shape, which tells for a point whether
// it is inside. Points are counted in sixteenths of a pixel.
func sampled(x, y int, inside func(x, y int) bool) uint8 {
	n := 0
	for sy := 1; sy < 16; sy += 2 {
		for sx := 1; sx < 16; sx += 2 {
			if inside(16*x+sx, 16*y+sy) {
				n++
			}
		}
	}
	return level(n, 64)
}

// The line in the middle of a cell: a whole pixel, so that it is sharp.
const (
	middleX = pixelsWide / 2
	middleY = pixelsHigh / 2
)

// bars are the masks of the characters that are drawn as areas; see blocks.
var bars = map[rune]*mask{
	'─': filled(0, middleY, pixelsWide, middleY+1, levels),
	'│': filled(middleX, 0, middleX+1, pixelsHigh, levels),
	'█': filled(0, 0, pixelsWide, pixelsHigh, levels),
	'▌': filled(0, 0, middleX, pixelsHigh, levels),
	'░': filled(0, 0, pixelsWide, pixelsHigh, levels/4),
	'╭': arc(pixelsWide, pixelsHigh), '╮': arc(0, pixelsHigh),
	'╰': arc(pixelsWide, 0), '╯': arc(0, 0),
}

func filled(left, top, right, bottom int, l uint8) *mask {
	m := &mask{}
	for y := top; y < bottom; y++ {
		for x := left; x < right; x++ {
			m[y][x] = l
		}
	}
	return m
}

// arc returns the mask of a rounded corner, from the middle of the side at x to
// the middle of the side at y.
func arc(x, y int) *mask {
	// In sixteenths of a pixel: the middle of the lines, the radius and its centre.
	const lineX, lineY = 16*middleX + 8, 16*middleY + 8
	radius := max(16*x-lineX, lineX-16*x)
	centreX, centreY := 16*x, lineY+radius
	if y == 0 {
		centreY = lineY - radius
	}
	inside := func(px, py int) bool {
		if (py > centreY) == (y > 0) { // the straight part
			return px > lineX-8 && px < lineX+8
		}
		dx, dy := px-centreX, py-centreY
		away := dx*dx + dy*dy
		return away < (radius+8)*(radius+8) && away > (radius-8)*(radius-8)
	}
	m := &mask{}
	for py := range m {
		for px := range m[py] {
			m[py][px] = sampled(px, py, inside)
		}
	}
	return m
}
