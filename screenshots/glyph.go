package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/go-fonts/dejavu/dejavusansmono"
	"github.com/go-fonts/dejavu/dejavusansmonobold"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The unit of a picture is 1/512 of the font's em, four of the font's own units:
// fine enough for a screen with integers only. In DejaVu Sans Mono a character is
// 308 wide, and 596 high from the highest point of any to the lowest.
const (
	em         = 512
	cellWidth  = 308
	cellHeight = 616
	baseline   = 485
)

// glyph is a character in one of the font's two weights.
type glyph struct {
	char rune
	bold bool
}

// compareGlyphs orders glyphs by character, regular before bold.
func compareGlyphs(a, b glyph) int {
	switch {
	case a.char != b.char:
		return cmp.Compare(a.char, b.char)
	case a.bold == b.bold:
		return 0
	case a.bold:
		return 1
	}
	return -1
}

// typeface has the outlines of characters. DejaVu Sans Mono has every character of
// the console in the width of one cell.
type typeface struct {
	regular, bold *sfnt.Font
	buffer        sfnt.Buffer
}

func newTypeface() (*typeface, error) {
	regular, err := sfnt.Parse(dejavusansmono.TTF)
	if err != nil {
		return nil, err
	}
	bold, err := sfnt.Parse(dejavusansmonobold.TTF)
	return &typeface{regular: regular, bold: bold}, err
}

// segments returns the outline of a glyph, in a unit of which an em has so many.
func (t *typeface) segments(g glyph, unitsPerEm fixed.Int26_6) (sfnt.Segments, error) {
	font := t.regular
	if g.bold {
		font = t.bold
	}
	index, err := font.GlyphIndex(&t.buffer, g.char)
	if err == nil && index == 0 {
		err = errors.New("the font lacks it")
	}
	if err != nil {
		return nil, fmt.Errorf("%q: %w", g.char, err)
	}
	segments, err := font.LoadGlyph(&t.buffer, index, unitsPerEm, nil)
	if err != nil {
		return nil, fmt.Errorf("%q: %w", g.char, err)
	}
	return segments, nil
}

// outline returns the path data of a glyph in its cell.
func (t *typeface) outline(g glyph) (string, error) {
	segments, err := t.segments(g, em)
	if err != nil {
		return "", err
	}
	var p pen
	for _, s := range segments {
		p.draw(s)
	}
	return p.path.String(), nil
}

// pen writes path data with relative coordinates, which are shorter.
type pen struct {
	path strings.Builder
	at   fixed.Point26_6
}

func (p *pen) draw(s sfnt.Segment) {
	letter, points := "m", 1
	switch s.Op {
	case sfnt.SegmentOpLineTo:
		letter = "l"
	case sfnt.SegmentOpQuadTo:
		letter, points = "q", 2
	case sfnt.SegmentOpCubeTo:
		letter, points = "c", 3
	}
	for i, to := range s.Args[:points] {
		from := p.at
		if p.path.Len() == 0 {
			from.Y -= baseline // y is 0 at the cell's top, and at the font's baseline
		}
		if i > 0 {
			letter = " "
		}
		fmt.Fprintf(&p.path, "%s%d %d", letter, int(to.X-from.X), int(to.Y-from.Y))
	}
	p.at = s.Args[points-1]
}
