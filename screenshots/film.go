package main

import (
	"bytes"
	"image"
	"image/gif"
	"slices"
	"time"

	"github.com/account-settings/pinghome/ui/drive"
)

// frame is what a window shows for a time.
type frame struct {
	rows [][]cell
	key  string // that was pressed last
	rest time.Duration
}

// filmName is that of the visit among the pictures.
const filmName = "visit"

// drawFilm draws the visit as an animation.
func drawFilm() (drawing, error) {
	in := shades[0]
	frames, err := record(sizes[0], in)
	if err != nil {
		return drawing{}, err
	}
	c, err := newCanvas(in)
	if err != nil {
		return drawing{}, err
	}
	film, err := c.animate(frames)
	if err != nil {
		return drawing{}, err
	}
	encode := func() ([]byte, error) {
		var b bytes.Buffer
		err := gif.EncodeAll(&b, film)
		return b.Bytes(), err
	}
	return drawing{filmName + ".gif", encode, func(content []byte) bool {
		there, err := gif.DecodeAll(bytes.NewReader(content))
		return err == nil && slices.Equal(film.Delay, there.Delay) && slices.EqualFunc(film.Image, there.Image, isSame)
	}}, nil
}

// record makes the visit and returns what the window shows.
func record(at size, in shade) (frames []frame, err error) {
	err = onDemo(at, in, func(d *drive.Driver) error {
		return makeVisit(d, visit, func(key string, rest time.Duration) error {
			for rest > 0 {
				rows, err := readCells(d.Screen(), at.w, at.h, in)
				if err != nil {
					return err
				}
				part := min(rest, time.Second) // for what counts seconds
				frames = extended(frames, frame{rows, key, part})
				d.Pass(part)
				rest -= part
			}
			return nil
		})
	})
	return frames, err
}

// extended appends a frame, or lets the last one stay for longer if it is the same.
func extended(frames []frame, next frame) []frame {
	if i := len(frames) - 1; i >= 0 && frames[i].key == next.key && slices.EqualFunc(frames[i].rows, next.rows, slices.Equal) {
		frames[i].rest += next.rest
		return frames
	}
	return append(frames, next)
}

// animate draws frames, of each but the first only what differs from the one before.
func (c *canvas) animate(frames []frame) (*gif.GIF, error) {
	film := &gif.GIF{}
	var before *image.Paletted
	for _, f := range frames {
		img, err := c.window(f.rows, false)
		if err != nil {
			return nil, err
		}
		if err := c.caption(img, f.key); err != nil {
			return nil, err
		}
		film.Image = append(film.Image, part(img, changed(before, img)))
		film.Delay = append(film.Delay, int(f.rest/(10*time.Millisecond)))
		film.Disposal = append(film.Disposal, gif.DisposalNone)
		before = img
	}
	for _, img := range film.Image {
		img.Palette = c.palette
	}
	film.Config = image.Config{ColorModel: c.palette, Width: before.Rect.Dx(), Height: before.Rect.Dy()}
	return film, nil
}

// caption writes the name of a key into the middle of the title bar.
func (c *canvas) caption(img *image.Paletted, key string) error {
	chars := []rune(key)
	left := (img.Rect.Dx() - len(chars)*pixelsWide) / 2
	for i, char := range chars {
		in := cell{char: char, ink: c.shade.ink, bold: true}
		m, err := c.mask(in)
		if err != nil {
			return err
		}
		c.stamp(img, left+i*pixelsWide, (barPixels-pixelsHigh)/2, m, in)
	}
	return nil
}

// changed returns the smallest rectangle that holds all pixels that differ, all of
// the image if there is none before it, and one pixel if none differs.
func changed(before, after *image.Paletted) image.Rectangle {
	if before == nil {
		return after.Rect
	}
	r := image.Rectangle{}
	for i := range after.Pix {
		if after.Pix[i] != before.Pix[i] {
			x, y := i%after.Stride, i/after.Stride
			r = r.Union(image.Rect(x, y, x+1, y+1))
		}
	}
	if r.Empty() {
		return image.Rect(0, 0, 1, 1)
	}
	return r
}

// part returns a copy of a part of an image.
func part(of *image.Paletted, r image.Rectangle) *image.Paletted {
	img := image.NewPaletted(r, of.Palette)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		copy(img.Pix[img.PixOffset(r.Min.X, y):], of.Pix[of.PixOffset(r.Min.X, y):of.PixOffset(r.Max.X-1, y)+1])
	}
	return img
}
