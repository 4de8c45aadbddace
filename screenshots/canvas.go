package main

import (
	"errors"
	"fmt"
	"image"
	"image/color"
)

// canvas draws windows as pixels. Its palette grows with what it draws.
type canvas struct {
	shade   shade
	face    *typeface
	masks   map[glyph]*mask
	palette color.Palette
	indices map[color.NRGBA]int
	blends  map[[2]string]*blend
}

// blend has the palette's index of each level of an ink on a paper, -1 for one that
// was not needed yet.
type blend [levels + 1]int

func newCanvas(in shade) (*canvas, error) {
	face, err := newTypeface()
	return (&canvas{shade: in, face: face, masks: map[glyph]*mask{}}).blank(), err
}

// blank returns a canvas with an empty palette, so that a picture does not depend on
// those that were drawn before it.
func (c *canvas) blank() *canvas {
	return &canvas{
		shade: c.shade, face: c.face, masks: c.masks,
		indices: map[color.NRGBA]int{}, blends: map[[2]string]*blend{},
	}
}

// The window's frame in pixels, as in picture.go.
const (
	marginPixels = pixelsWide
	barPixels    = 30
	roundness    = 10 // the radius of the window's corners
	dotRadius    = 5
)

// window returns a picture of a window that shows these cells. Where its corners
// are round, what is outside of them is transparent.
func (c *canvas) window(rows [][]cell, isRound bool) (*image.Paletted, error) {
	w, h := len(rows[0])*pixelsWide+2*marginPixels, len(rows)*pixelsHigh+barPixels+marginPixels
	img := image.NewPaletted(image.Rect(0, 0, w, h), nil)
	c.frame(img)
	if isRound {
		c.roundCorners(img)
	}
	for y, row := range rows {
		for x, cell := range row {
			m, err := c.mask(cell)
			if err != nil {
				return nil, err
			}
			if m != nil {
				c.stamp(img, marginPixels+x*pixelsWide, barPixels+y*pixelsHigh, m, cell)
			}
		}
	}
	if len(c.palette) > 256 {
		return nil, fmt.Errorf("%d colours are too many for a palette", len(c.palette))
	}
	img.Palette = c.palette
	return img, nil
}

// mask returns that of a cell's character, an empty one for a space on a paper of
// its own, and nil where nothing is to be drawn.
func (c *canvas) mask(of cell) (*mask, error) {
	if m, ok := bars[of.char]; ok {
		return m, nil
	}
	if of.char == ' ' {
		if of.paper == "" {
			return nil, nil //nolint:nilnil // nothing to draw is no error
		}
		return &mask{}, nil
	}
	g := glyph{of.char, of.bold}
	if m, ok := c.masks[g]; ok {
		return m, nil
	}
	m, err := c.face.rasterize(g)
	c.masks[g] = m
	return m, err
}

// stamp draws a mask in the colours of a cell.
func (c *canvas) stamp(img *image.Paletted, left, top int, m *mask, in cell) {
	paper := in.paper
	if paper == "" {
		paper = c.shade.paper
	}
	b := c.blend(in.ink, paper)
	for y, row := range m {
		line := img.Pix[img.PixOffset(left, top+y):]
		for x, l := range row {
			line[x] = c.pick(b, in.ink, paper, l)
		}
	}
}

func (c *canvas) blend(ink, paper string) *blend {
	b := c.blends[[2]string{ink, paper}]
	if b == nil {
		b = &blend{}
		for i := range b {
			b[i] = -1
		}
		c.blends[[2]string{ink, paper}] = b
	}
	return b
}

// pick returns the palette's index of a level of an ink on a paper.
func (c *canvas) pick(b *blend, ink, paper string, l uint8) uint8 {
	if b[l] < 0 {
		from, to := rgb(paper), rgb(ink)
		mixed := color.NRGBA{mix(from.R, to.R, l), mix(from.G, to.G, l), mix(from.B, to.B, l), 255}
		b[l] = c.index(mixed)
	}
	return uint8(b[l]) //nolint:gosec // window refuses more colours than that
}

// index returns that of a colour in the palette, to which it is added if need be.
func (c *canvas) index(of color.NRGBA) int {
	i, ok := c.indices[of]
	if !ok {
		i = len(c.palette)
		c.indices[of] = i
		c.palette = append(c.palette, of)
	}
	return i
}

// mix returns the value between two that belongs to a level.
func mix(from, to, l uint8) uint8 {
	return uint8((int(from)*(levels-int(l)) + int(to)*int(l) + levels/2) / levels) //nolint:gosec // between the two
}

// rgb reads "#rrggbb".
func rgb(text string) color.NRGBA {
	c := color.NRGBA{A: 255}
	if _, err := fmt.Sscanf(text, "#%02x%02x%02x", &c.R, &c.G, &c.B); err != nil {
		panic(errors.New("not a colour: " + text)) // they are made by hex, and in shades
	}
	return c
}

// frame draws the window without its corners: paper, border and title bar.
func (c *canvas) frame(img *image.Paletted) {
	r := img.Rect
	border := c.blend(c.shade.border, c.shade.paper)
	for y := range r.Dy() {
		for x := range r.Dx() {
			l := uint8(0)
			if x == 0 || y == 0 || x == r.Dx()-1 || y == r.Dy()-1 {
				l = levels
			}
			img.Pix[y*img.Stride+x] = c.pick(border, c.shade.border, c.shade.paper, l)
		}
	}
	dots := c.blend(c.shade.dots, c.shade.paper)
	for i := range 3 {
		left, top := marginPixels+2+16*i, barPixels/2-dotRadius+1
		for y := range 2 * dotRadius {
			for x := range 2 * dotRadius {
				l := sampled(x, y, disc(16*dotRadius, 16*dotRadius, 16*dotRadius))
				img.Pix[(top+y)*img.Stride+left+x] = c.pick(dots, c.shade.dots, c.shade.paper, l)
			}
		}
	}
}

// disc returns the inside of a circle for sampled.
func disc(centreX, centreY, radius int) func(x, y int) bool {
	return func(x, y int) bool {
		return (x-centreX)*(x-centreX)+(y-centreY)*(y-centreY) < radius*radius
	}
}

// roundCorners rounds the four corners of the frame.
func (c *canvas) roundCorners(img *image.Paletted) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	paper, border := rgb(c.shade.paper), rgb(c.shade.border)
	for y := range roundness {
		for x := range roundness {
			outer := sampled(x, y, disc(16*roundness, 16*roundness, 16*roundness))
			inner := sampled(x, y, disc(16*roundness, 16*roundness, 16*(roundness-1)))
			mixed := color.NRGBA{
				mix(border.R, paper.R, inner), mix(border.G, paper.G, inner), mix(border.B, paper.B, inner), mix(0, 255, outer),
			}
			if outer == 0 {
				mixed = color.NRGBA{}
			}
			i := uint8(c.index(mixed)) //nolint:gosec // these are the first colours of the palette
			for _, at := range [][2]int{{x, y}, {w - 1 - x, y}, {x, h - 1 - y}, {w - 1 - x, h - 1 - y}} {
				img.Pix[at[1]*img.Stride+at[0]] = i
			}
		}
	}
}
