package drive

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/account-settings/pinghome/ui/draw"
)

// Visit is a Driver with assertions about the screen, for tests. Patterns are
// regular expressions, in which ^ and $ match at the start and end of each line.
type Visit struct {
	Driver
	T testing.TB
}

// See fails the test unless every pattern is on the screen.
func (v *Visit) See(patterns ...string) {
	v.T.Helper()
	for _, p := range patterns {
		if !v.shows(p) {
			v.T.Fatalf("%q is not on the screen:\n%s", p, v.Screen())
		}
	}
}

// Miss fails the test if any of the patterns is on the screen.
func (v *Visit) Miss(patterns ...string) {
	v.T.Helper()
	for _, p := range patterns {
		if v.shows(p) {
			v.T.Fatalf("%q is on the screen:\n%s", p, v.Screen())
		}
	}
}

func (v *Visit) shows(pattern string) bool {
	return regexp.MustCompile(`(?m)` + pattern).MatchString(v.Screen())
}

// ClickOn clicks on the middle of a text, which must be on the screen exactly once.
func (v *Visit) ClickOn(text string) {
	v.T.Helper()
	x, y := v.Find(text)
	v.Click(x+draw.Width(text)/2, y)
}

// WheelOn turns the wheel over a text, which must be on the screen exactly once.
func (v *Visit) WheelOn(text string, steps int) {
	v.T.Helper()
	x, y := v.Find(text)
	v.Wheel(x, y, steps)
}

// Find returns the first cell of a text, which must be on the screen exactly once.
func (v *Visit) Find(text string) (x, y int) {
	v.T.Helper()
	if n := strings.Count(ansi.Strip(v.Screen()), text); n != 1 {
		v.T.Fatalf("%q is %d times on the screen:\n%s", text, n, v.Screen())
	}
	for y, line := range strings.Split(ansi.Strip(v.Screen()), "\n") {
		if before, _, isThere := strings.Cut(line, text); isThere {
			return draw.Width(before), y
		}
	}
	return 0, 0
}

// Fits fails the test unless the screen has exactly the size of the window: as
// many lines as the window is high, each as many cells as it is wide.
func (v *Visit) Fits() {
	v.T.Helper()
	lines := strings.Split(v.Screen(), "\n")
	if len(lines) != v.height {
		v.T.Fatalf("%d lines in a window of %d:\n%s", len(lines), v.height, v.Screen())
	}
	for i, line := range lines {
		if w := draw.Width(line); w != v.width {
			v.T.Fatalf("line %d has %d cells in a window of %d: %q\n%s", i+1, w, v.width, line, v.Screen())
		}
	}
}
