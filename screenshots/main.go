// Command screenshots draws the pictures of the README from the console
// itself: the real screens over the real rules on the demo's data.
//
//	go run ./screenshots          draw them again
//	go run ./screenshots -check   name those that are stale, and exit 1
//
// It is run from the repository's root. A scene (scenes.go) is keys pressed at
// a console that stands still (stage.go); what the console shows goes through a
// terminal emulator (screen.go), and its cells become an SVG (picture.go) of
// outlines (glyph.go, line.go), because a reader's machine may lack a font that
// has our signs in one width.
//
// The same console gives the same bytes, on every machine: clock, time zone,
// data and colours are fixed here, and every number is an integer.
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
