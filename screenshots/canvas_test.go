package main

import (
	"image"
	"image/color"
	"testing"
)

// window returns a picture of these lines.
func window(t *testing.T, view string, w, h int) *image.Paletted {
	t.Helper()
	rows, err := readCells(view, w, h, shades[0])
	if err != nil {
		t.Fatal(err)
	}
	c, err := newCanvas(shades[0])
	if err != nil {
		t.Fatal(err)
	}
	img, err := c.window(rows, true)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// inCell returns the colour of a pixel of a cell.
func inCell(img *image.Paletted, column, row, x, y int) color.NRGBA {
	at := img.At(marginPixels+column*pixelsWide+x, barPixels+row*pixelsHigh+y)
	return color.NRGBAModel.Convert(at).(color.NRGBA)
}

// TestBordersJoin: a frame's line goes on from cell to cell, around the corners.
func TestBordersJoin(t *testing.T) {
	img := window(t, "╭──╮\n│  │\n╰──╯", 4, 3)
	ink := rgb(shades[0].ink)
	for x := pixelsWide; x < 3*pixelsWide; x++ {
		for _, row := range []int{0, 2} {
			if got := inCell(img, 0, row, x, middleY); got != ink {
				t.Errorf("row %d, x %d: %v", row, x, got)
			}
		}
	}
	for y := middleY + 6; y < 3*pixelsHigh-middleY-6; y++ {
		for _, column := range []int{0, 3} {
			if got := inCell(img, column, 0, middleX, y); got != ink {
				t.Errorf("column %d, y %d: %v", column, y, got)
			}
		}
	}
}

// TestGlyphsFitIntoTheirCells and cover a part of them; bold ones cover more.
func TestGlyphsFitIntoTheirCells(t *testing.T) {
	face, err := newTypeface()
	if err != nil {
		t.Fatal(err)
	}
	inkOf := func(g glyph) (ink int) {
		m, err := face.rasterize(g)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range m {
			for _, l := range row {
				ink += int(l)
			}
		}
		return ink
	}
	for _, char := range "aMgÄ✓✗✆⇄⚑◆▮○●◌◉‹›→•…@" {
		segments, err := face.segments(glyph{char, false}, em)
		if err != nil {
			t.Fatal(err)
		}
		b := segments.Bounds()
		if b.Min.X < 0 || b.Max.X > cellWidth || b.Min.Y < -baseline || b.Max.Y > cellHeight-baseline {
			t.Errorf("%c is cut off: it reaches from %d %d to %d %d", char, b.Min.X, b.Min.Y, b.Max.X, b.Max.Y)
		}
		if ink := inkOf(glyph{char, false}); ink < 10*levels/2 {
			t.Errorf("%c has %d of ink", char, ink)
		}
	}
	if regular, bold := inkOf(glyph{'n', false}), inkOf(glyph{'n', true}); bold <= regular {
		t.Errorf("n has %d of ink, and bold %d", regular, bold)
	}
}

// TestWindowsAreRound: outside of their corners one sees what is behind them.
func TestWindowsAreRound(t *testing.T) {
	img := window(t, "a", 4, 3)
	w, h := img.Rect.Dx(), img.Rect.Dy()
	for _, at := range []image.Point{{0, 0}, {w - 1, 0}, {0, h - 1}, {w - 1, h - 1}} {
		if _, _, _, alpha := img.At(at.X, at.Y).RGBA(); alpha != 0 {
			t.Errorf("%v is not transparent", at)
		}
	}
	if _, _, _, alpha := img.At(w/2, 0).RGBA(); alpha != 0xffff {
		t.Error("the border is transparent")
	}
}

// TestPixelsAreCompared: the same pixels in another order of colours are the same
// picture, and one other pixel makes another one.
func TestPixelsAreCompared(t *testing.T) {
	black, white := color.NRGBA{A: 255}, color.NRGBA{255, 255, 255, 255}
	one := image.NewPaletted(image.Rect(0, 0, 2, 1), color.Palette{black, white})
	one.Pix = []uint8{0, 1}
	same := image.NewPaletted(one.Rect, color.Palette{white, black})
	same.Pix = []uint8{1, 0}
	d := pixels("one.png", one)
	for _, c := range []struct {
		img  *image.Paletted
		want bool
	}{{one, true}, {same, true}, {image.NewPaletted(one.Rect, one.Palette), false}} {
		content, err := pixels("", c.img).encode()
		if err != nil {
			t.Fatal(err)
		}
		if d.isIn(content) != c.want {
			t.Errorf("%v: %v", c.img.Pix, !c.want)
		}
	}
	if d.isIn([]byte("no picture")) {
		t.Error("a file that is no picture is taken for one")
	}
}

// TestAPictureDoesNotDependOnThoseBefore: else a change of one scene would change the
// files of the others.
func TestAPictureDoesNotDependOnThoseBefore(t *testing.T) {
	c, err := newCanvas(shades[0])
	if err != nil {
		t.Fatal(err)
	}
	encoded := func(view string) string {
		rows, err := readCells(view, 3, 1, shades[0])
		if err != nil {
			t.Fatal(err)
		}
		img, err := c.blank().window(rows, true)
		if err != nil {
			t.Fatal(err)
		}
		content, err := pixels("", img).encode()
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	first := encoded("one")
	if encoded("\x1b[38;2;1;2;3mtwo\x1b[m") == first || encoded("one") != first {
		t.Error("the same window gives other bytes")
	}
}
