package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
)

// drawing is a picture and the name of its file.
type drawing struct {
	name   string
	encode func() ([]byte, error)
	// isIn tells whether a file's content shows the picture. Pixels are compared
	// instead of bytes: another version of Go may compress them otherwise.
	isIn func(content []byte) bool
}

func vector(name string, svg []byte) drawing {
	return drawing{
		name, func() ([]byte, error) { return svg, nil },
		func(content []byte) bool { return bytes.Equal(content, svg) },
	}
}

func pixels(name string, img *image.Paletted) drawing {
	encode := func() ([]byte, error) {
		var b bytes.Buffer
		err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, img)
		return b.Bytes(), err
	}
	return drawing{name, encode, func(content []byte) bool {
		there, err := png.Decode(bytes.NewReader(content))
		other, isPaletted := there.(*image.Paletted)
		return err == nil && isPaletted && isSame(img, other)
	}}
}

// isSame tells whether two images have the same pixels.
func isSame(a, b *image.Paletted) bool {
	if a.Rect != b.Rect || len(a.Pix) != len(b.Pix) {
		return false
	}
	colours, others := resolved(a.Palette), resolved(b.Palette)
	for i := range a.Pix {
		if colours[a.Pix[i]] != others[b.Pix[i]] {
			return false
		}
	}
	return true
}

// resolved returns the colours of a palette in one type.
func resolved(p color.Palette) (colours [256]color.RGBA64) {
	for i, c := range p {
		r, g, b, a := c.RGBA()
		colours[i] = color.RGBA64{uint16(r), uint16(g), uint16(b), uint16(a)} //nolint:gosec // RGBA returns 16 bits
	}
	return colours
}

// drawAll draws scenes in every size and shade, as outlines and as pixels.
func drawAll(of []scene) ([]drawing, error) {
	var all []drawing
	for _, in := range shades {
		c, err := newCanvas(in)
		if err != nil {
			return nil, err
		}
		for _, s := range of {
			for _, at := range s.sizes {
				name := fmt.Sprintf("%s-%s-%s", s.name, at, in.name)
				two, err := drawScene(name, s, at, c.blank())
				if err != nil {
					return nil, fmt.Errorf("%s: %w", name, err)
				}
				all = append(all, two...)
			}
		}
	}
	return all, nil
}

func drawScene(name string, s scene, at size, c *canvas) ([]drawing, error) {
	rows, err := take(s, at, c.shade)
	if err != nil {
		return nil, err
	}
	svg, err := render(s.title, rows, c.shade)
	if err != nil {
		return nil, err
	}
	img, err := c.window(rows, true)
	if err != nil {
		return nil, err
	}
	return []drawing{vector(name+".svg", svg), pixels(name+".png", img)}, nil
}

// write writes the drawings into a folder, but not over a file that shows the same.
func write(dir string, all []drawing) error {
	for _, d := range all {
		path := filepath.Join(dir, d.name)
		if there, err := os.ReadFile(path); err == nil && d.isIn(there) {
			continue
		}
		content, err := d.encode()
		if err != nil {
			return fmt.Errorf("%s: %w", d.name, err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// removeOthers removes the pictures in a folder of which there is no scene any more.
func removeOthers(dir string, all []drawing) error {
	for _, path := range withoutScene(dir, all) {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// compare returns an error with one line for each drawing that is not what the
// picture in the folder shows, or has no picture there.
func compare(dir string, all []drawing) error {
	var stale []error
	for _, d := range all {
		path := filepath.Join(dir, d.name)
		switch content, err := os.ReadFile(path); {
		case errors.Is(err, os.ErrNotExist):
			stale = append(stale, complaint(path, "is missing"))
		case err != nil:
			return err
		case !d.isIn(content):
			stale = append(stale, complaint(path, "is stale"))
		}
	}
	return errors.Join(stale...)
}

// findOthers returns an error with one line for each picture in the folder that is
// none of the drawings.
func findOthers(dir string, all []drawing) error {
	var others []error
	for _, path := range withoutScene(dir, all) {
		others = append(others, complaint(path, "shows no scene"))
	}
	return errors.Join(others...)
}

func complaint(path, what string) error {
	return fmt.Errorf("%s %s: run \"go run ./screenshots\" and look at it", filepath.ToSlash(path), what)
}

// withoutScene returns the pictures in the folder that are none of the drawings.
func withoutScene(dir string, all []drawing) []string {
	var found []string
	for _, pattern := range []string{"*.svg", "*.png", "*.gif"} {
		some, _ := filepath.Glob(filepath.Join(dir, pattern)) // fails for a wrong pattern only
		found = append(found, some...)
	}
	return slices.DeleteFunc(found, func(path string) bool {
		return slices.ContainsFunc(all, func(d drawing) bool { return d.name == filepath.Base(path) })
	})
}
