// Command screenshots draws the README's pictures with the console itself: its
// real screens, over the demo's data.
//
//	go run ./screenshots          draw them again
//	go run ./screenshots -check   name those that are stale, and exit 1
//
// Run it in the repository's root. A scene (scenes.go) is a list of keys, played
// on a console whose clock stands still (play.go). A terminal emulator turns what
// the console shows into cells (cells.go), and the cells become an SVG
// (picture.go). Its characters are outlines (glyph.go, line.go), because a
// reader's machine may not have a font with all of them in one width.
//
// The same console gives the same bytes on every machine: clock, time zone, data
// and colours are fixed, and all numbers are integers.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	_ "github.com/account-settings/pinghome/ui/quiet"
)

func main() {
	check := flag.Bool("check", false, "name the pictures that are stale, and exit 1")
	flag.Parse()
	time.Local = time.UTC
	if err := run("screenshots", *check); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string, check bool) error {
	pictures, err := drawAll()
	if err != nil {
		return err
	}
	if check {
		return compare(dir, pictures)
	}
	return write(dir, pictures)
}
