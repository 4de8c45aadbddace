package main

import (
	"fmt"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// cell is one cell of a terminal's window.
type cell struct {
	char       rune   // a space for an empty cell
	ink, paper string // "#rrggbb"; no paper is the terminal's background
	bold       bool
}

// readCells reads a view as a terminal of this size does. It fails for what a
// picture cannot show, such as wide characters or italics.
func readCells(view string, w, h int, in shade) ([][]cell, error) {
	e := vt.NewEmulator(w, h)
	defer e.Close()
	// The reset at the end makes the emulator write its last character, which it
	// keeps until it knows that no combining one follows.
	if _, err := e.WriteString(strings.ReplaceAll(view, "\n", "\r\n") + "\x1b[m"); err != nil {
		return nil, err
	}
	rows := make([][]cell, h)
	for y := range rows {
		rows[y] = make([]cell, w)
		for x := range rows[y] {
			c, err := readCell(e.CellAt(x, y), in)
			if err != nil {
				return nil, fmt.Errorf("line %d, column %d: %w", y+1, x+1, err)
			}
			rows[y][x] = c
		}
	}
	return rows, nil
}

func readCell(from *uv.Cell, in shade) (cell, error) {
	signs := []rune(from.Content)
	switch {
	case len(signs) != 1 || from.Width != 1:
		return cell{}, fmt.Errorf("%q is not one character in one cell", from.Content)
	case from.Style.Attrs&^(uv.AttrBold|uv.AttrReverse) != 0 || from.Style.Underline != 0:
		return cell{}, fmt.Errorf("%q is more than bold and reversed", from.Content)
	}
	c := cell{char: signs[0], ink: hex(from.Style.Fg), paper: hex(from.Style.Bg), bold: from.Style.Attrs&uv.AttrBold != 0}
	if c.ink == "" {
		c.ink = in.ink
	}
	if from.Style.Attrs&uv.AttrReverse != 0 {
		if c.paper == "" {
			c.paper = in.paper
		}
		c.ink, c.paper = c.paper, c.ink
	}
	return c, nil
}

// hex returns a colour as "#rrggbb", "" for none.
func hex(c color.Color) string {
	if c == nil {
		return ""
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
