// Command screenshots draws pictures of the console with the console itself: its
// real screens, over the demo's data. The README shows some of them.
//
//	go run ./screenshots            draw them all again
//	go run ./screenshots channels   draw those of one scene
//	go run ./screenshots -check     name those that are stale, and exit 1
//
// Run it in the repository's root. A scene (scenes.go) is a list of keys, played
// on a console whose clock stands still (play.go). A terminal emulator turns what
// the console shows into cells (cells.go), and the cells become an SVG
// (picture.go) and a PNG (canvas.go). A longer visit (visit.go) becomes a GIF
// (film.go). Characters are drawn from outlines (glyph.go, line.go, raster.go),
// because a reader's machine may not have a font with all of them in one width.
//
// The same console gives the same pictures on every machine: clock, time zone, data,
// colours and random numbers are fixed, and all numbers are integers.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"time"

	_ "github.com/account-settings/pinghome/ui/quiet"
)

func main() {
	check := flag.Bool("check", false, "name the pictures that are stale, and exit 1")
	flag.Parse()
	time.Local = time.UTC
	if err := run("screenshots", *check, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run draws or checks the pictures with these names, all without names.
func run(dir string, check bool, names []string) error {
	all, err := drawNamed(names)
	switch {
	case err != nil:
		return err
	case check && len(names) == 0:
		return errors.Join(compare(dir, all), findOthers(dir, all))
	case check:
		return compare(dir, all)
	case len(names) == 0:
		return errors.Join(write(dir, all), removeOthers(dir, all))
	}
	return write(dir, all)
}

// drawNamed draws the scenes with these names, and the film if its name is among
// them; everything without names.
func drawNamed(names []string) ([]drawing, error) {
	of, hasFilm := scenes, true
	if len(names) > 0 {
		of, hasFilm = nil, slices.Contains(names, filmName)
	}
	for _, name := range names {
		i := slices.IndexFunc(scenes, func(s scene) bool { return s.name == name })
		switch {
		case i >= 0:
			of = append(of, scenes[i])
		case name != filmName:
			return nil, fmt.Errorf("there is no picture %q", name)
		}
	}
	all, err := drawAll(of)
	if err != nil || !hasFilm {
		return all, err
	}
	film, err := drawFilm()
	return append(all, film), err
}
