package shell

import (
	"slices"
	"strings"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// Hints draws keys with their labels in w cells. The last one is always shown, and of
// the others as many as fit. off says why one cannot be done now; nil: all can.
func (s *Shell) Hints(ids []keymap.ID, w int, off func(keymap.ID) string) string {
	var b strings.Builder
	end := 0
	for _, spot := range s.HintSpots(ids, w, off) {
		a := s.Keys.Action(spot.Key)
		key := s.Keys.Key(a.ID)
		b.WriteString(draw.Space(spot.X - end))
		if end = spot.X + spot.W; off != nil && off(a.ID) != "" {
			b.WriteString(s.Look.Faint.Render(s.Look.Aside(key + " " + s.labelOf(a))))
		} else {
			b.WriteString(s.Look.Focus.Render(key) + " " + s.Look.Muted.Render(s.labelOf(a)))
		}
	}
	return b.String()
}

// HintSpots are where Hints draws each key, with the same off. A click presses it.
func (s *Shell) HintSpots(ids []keymap.ID, w int, off func(keymap.ID) string) []Spot {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id keymap.ID) bool { return len(s.Keys.Action(id).Keys) == 0 })
	if len(ids) == 0 {
		return nil
	}
	x, gap := 1, 2
	if s.Room == Compact {
		x, gap = 0, 1
	}
	width := func(id keymap.ID) int {
		a := s.Keys.Action(id)
		text := s.Keys.Key(a.ID) + " " + s.labelOf(a)
		if aside := s.Look.Aside(text); off != nil && aside != text && off(id) != "" {
			text = aside
		}
		return draw.Width(text)
	}
	last := ids[len(ids)-1]
	var spots []Spot
	for _, id := range ids[:len(ids)-1] {
		n := width(id)
		if x+n+gap+width(last) > w {
			break
		}
		spots = append(spots, Spot{X: x, W: n, H: 1, Key: id})
		x += n + gap
	}
	return append(spots, Spot{X: x, W: width(last), H: 1, Key: last})
}

// LabelledValue is a value behind a label of 11 cells.
func (s *Shell) LabelledValue(label, value string) string {
	return " " + s.Look.Muted.Render(draw.Pad(label, 11)) + value
}

// Lines wraps a text at w cells.
func (s *Shell) Lines(style theme.Style, text string, w int) []string {
	var out []string
	for _, line := range draw.Wrap(text, w) {
		out = append(out, style.Render(line))
	}
	return out
}

// Reserve adds empty lines up to a number of lines, so that what stands below keeps its
// place when there is more to say. In little room none are added: a page keeps its height.
func (s *Shell) Reserve(lines []string, n int) []string {
	for len(lines) < n && s.Room != Compact {
		lines = append(lines, "")
	}
	return lines
}

// ReservedLines is how many lines a dialog has room for from the start, for what it may
// have to say.
const ReservedLines = 2

// Wrapped wraps foreign text at w cells, without what a terminal could take for a command.
func Wrapped(text string, w int) []string {
	var lines []string
	for _, line := range safe.Lines(text) {
		lines = append(lines, draw.Wrap(line, w)...)
	}
	return lines
}

// Placeholders are shown in place of rows that have been read for a noticeable time by the request
// of a name; nil before that.
func (s *Shell) Placeholders(reading string, w int) []string {
	const gaps, longest = 25, 20 // cells: all but the longest part of a row, and that
	if !s.Work.Waits(reading, s.Now) {
		return nil
	}
	shade := func(n int) string { return strings.Repeat(s.Look.Shade, max(0, n)) }
	row := "   " + shade(1) + "  " + shade(7) + "    " + shade(min(longest, w-gaps-1)) + "    " + shade(5)
	return slices.Repeat([]string{s.Look.Faint.Render(draw.Pad(row, w))}, 4)
}

// Problem is the body of a screen whose content could not be read.
func (s *Shell) Problem(what string, err error, w, h int) []string {
	lines := []string{s.Look.Err.Render(s.Look.No + " " + what), ""}
	for _, line := range draw.Wrap(safe.Text(Sentence(err)), min(60, w-4)) {
		lines = append(lines, s.Look.Text.Render(line))
	}
	return Center(append(lines, "", s.Look.Focus.Render(s.Keys.Key(keymap.Refresh))+s.Look.Muted.Render(" tries again")), w, h)
}
