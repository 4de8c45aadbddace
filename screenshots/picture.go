package main

import (
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/ui/theme"
)

// shade is a theme with the colours of the terminal around it.
type shade struct {
	name                     string // of the picture
	ground                   theme.Ground
	paper, ink, border, dots string // "#rrggbb": background, text, frame, and the dots of the title bar
}

var shades = []shade{
	{"dark", theme.DarkGround, "#11151c", "#e6e9ef", "#2a3342", "#3b4658"},
	{"light", theme.LightGround, "#fafafa", "#1f2430", "#d0d7de", "#cdd3db"},
}

func (s shade) look() theme.Look {
	return theme.New(theme.Options{Name: "auto", Ground: s.ground, Profile: termenv.TrueColor})
}

// The window's frame around the cells, in the units of glyph.go.
const (
	margin = cellWidth
	bar    = 900 // the title bar with its dots
)

// render returns the SVG of a window that shows these cells.
func render(title string, rows [][]cell, in shade) ([]byte, error) {
	defs, names, err := define(rows)
	if err != nil {
		return nil, err
	}
	w, h := len(rows[0])*cellWidth+2*margin, len(rows)*cellHeight+bar+margin
	var b strings.Builder
	// An em is 14 pixels where nothing asks for another size.
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">`+"\n", w*14/em, h*14/em, w, h)
	fmt.Fprintf(&b, "<title>%s</title>\n<defs>\n%s</defs>\n", escaped(title), defs)
	fmt.Fprintf(&b, `<rect x="18" y="18" width="%d" height="%d" rx="290" fill="%s" stroke="%s" stroke-width="36"/>`+"\n", w-36, h-36, in.paper, in.border)
	for i := range 3 {
		fmt.Fprintf(&b, `<circle cx="%d" cy="%d" r="150" fill="%s"/>`+"\n", margin+220+i*500, bar/2+20, in.dots)
	}
	fmt.Fprintf(&b, `<g transform="translate(%d %d)">`+"\n", margin, bar)
	for _, a := range areas(rows) {
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"`, a.x, a.y, a.w, a.h, a.fill)
		if a.percent != 100 {
			fmt.Fprintf(&b, ` fill-opacity=".%02d"`, a.percent)
		}
		b.WriteString("/>\n")
	}
	for y, row := range rows {
		b.WriteString(line(y, row, names))
	}
	b.WriteString("</g>\n</svg>\n")
	return []byte(b.String()), nil
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder returns no error
	return b.String()
}

// glyphOf returns the glyph of a cell, and false for a space and for a character
// that is drawn as an area.
func glyphOf(c cell) (glyph, bool) {
	if _, isBlock := blocks[c.char]; isBlock || c.char == ' ' {
		return glyph{}, false
	}
	_, isCorner := corners[c.char]
	return glyph{c.char, c.bold && !isCorner}, true
}

// define returns the definitions of all glyphs of a window, each once, and their
// ids.
func define(rows [][]cell) (string, map[glyph]string, error) {
	names := map[glyph]string{}
	for _, row := range rows {
		for _, c := range row {
			if g, ok := glyphOf(c); ok {
				names[g] = ""
			}
		}
	}
	face, err := newTypeface()
	if err != nil {
		return "", nil, err
	}
	var b strings.Builder
	for i, g := range slices.SortedFunc(maps.Keys(names), compareGlyphs) {
		path, isCorner := corners[g.char]
		if !isCorner {
			if path, err = face.outline(g); err != nil {
				return "", nil, err
			}
		}
		names[g] = fmt.Sprintf("g%d", i)
		fmt.Fprintf(&b, `<path id="%s" d="%s"/>`+"\n", names[g], path)
	}
	return b.String(), names, nil
}

// areas returns the backgrounds of a window, and then the lines and blocks that
// are drawn over them.
func areas(rows [][]cell) []area {
	var papers, lines []area
	for y, row := range rows {
		for x, c := range row {
			if c.paper != "" {
				papers = append(papers, area{x * cellWidth, y * cellHeight, cellWidth, cellHeight, c.paper, 100})
			}
			if a, ok := blocks[c.char]; ok {
				a.x, a.y, a.fill = a.x+x*cellWidth, a.y+y*cellHeight, c.ink
				lines = append(lines, a)
			}
		}
	}
	return append(joined(papers), joined(lines)...)
}

// line returns the glyphs of line y, grouped by colour.
func line(y int, row []cell, names map[glyph]string) string {
	inks := map[string]string{}
	for x, c := range row {
		if g, ok := glyphOf(c); ok {
			inks[c.ink] += fmt.Sprintf(`<use href="#%s" x="%d"/>`, names[g], x*cellWidth)
		}
	}
	if len(inks) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<g transform="translate(0 %d)">`+"\n", y*cellHeight)
	for _, ink := range slices.Sorted(maps.Keys(inks)) {
		fmt.Fprintf(&b, `<g fill="%s">%s</g>`+"\n", ink, inks[ink])
	}
	b.WriteString("</g>\n")
	return b.String()
}
