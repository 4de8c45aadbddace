package main

import (
	"bytes"
	"image"
	"image/draw"
	"image/gif"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui/drive"
)

// TestTheVisitShowsWhatItSays in every size: the failing channel is tested and seen
// to work, and one is added and verified with the code from the inbox.
func TestTheVisitShowsWhatItSays(t *testing.T) {
	for _, at := range sizes {
		t.Run(at.String(), func(t *testing.T) {
			looks := 0
			err := onDemo(at, shades[0], func(d *drive.Driver) error {
				return makeVisit(d, visit, func(_ string, rest time.Duration) error {
					looks++
					d.Pass(rest)
					return nil
				})
			})
			if err != nil {
				t.Error(err)
			}
			if looks < len(visit) {
				t.Errorf("%d looks at %d steps", looks, len(visit))
			}
		})
	}
}

func TestAVisitThatShowsSomethingElseFails(t *testing.T) {
	err := onDemo(sizes[0], shades[0], func(d *drive.Driver) error {
		return makeVisit(d, []step{{key: "2", sees: `no such text`}}, func(string, time.Duration) error { return nil })
	})
	if err == nil || !strings.HasPrefix(err.Error(), `step 1 of the visit does not show "no such text":`) {
		t.Error(err)
	}
}

// TestTheFilmEndsAsTheVisitDoes: its frames, one drawn over the other, give the
// last window, and each stays for a time.
func TestTheFilmEndsAsTheVisitDoes(t *testing.T) {
	skipShort(t)
	film, err := drawFilm()
	if err != nil {
		t.Fatal(err)
	}
	content, err := film.encode()
	if err != nil {
		t.Fatal(err)
	}
	if !film.isIn(content) || film.isIn(content[:len(content)/2]) {
		t.Error("the film is not told from others")
	}
	there, err := gif.DecodeAll(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	screen := image.NewNRGBA(there.Image[0].Rect)
	for i, img := range there.Image {
		draw.Draw(screen, img.Rect, img, img.Rect.Min, draw.Over)
		if there.Delay[i] < 2 {
			t.Errorf("frame %d stays for %d hundredths of a second: viewers show it for longer", i, there.Delay[i])
		}
	}
	want := lastWindow(t)
	for y := barPixels; y < want.Rect.Dy(); y++ { // the title bar has the key
		for x := range want.Rect.Dx() {
			r, g, b, _ := want.At(x, y).RGBA()
			if r2, g2, b2, _ := screen.At(x, y).RGBA(); r != r2 || g != g2 || b != b2 {
				t.Fatalf("another pixel at %d, %d", x, y)
			}
		}
	}
}

func lastWindow(t *testing.T) *image.Paletted {
	t.Helper()
	frames, err := record(sizes[0], shades[0])
	if err != nil {
		t.Fatal(err)
	}
	c, err := newCanvas(shades[0])
	if err != nil {
		t.Fatal(err)
	}
	img, err := c.window(frames[len(frames)-1].rows, false)
	if err != nil {
		t.Fatal(err)
	}
	return img
}
