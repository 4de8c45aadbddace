package shell

import (
	"strings"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// Hints draws keys with their labels in w cells. The last one is always shown, and of
// the others as many as fit. off says why one cannot be done now; nil: all can.
func (s *Shell) Hints(ids []keymap.ID, w int, off func(keymap.ID) string) string {
	one := func(id keymap.ID) (string, int) {
		a := s.Keys.Action(id)
		key := keymap.Show(a.Keys[0])
		n := draw.Width(key) + 1 + draw.Width(a.Label)
		if off != nil && off(id) != "" {
			return s.Look.Faint.Render(key + " " + a.Label), n
		}
		return s.Look.Focus.Render(key) + " " + s.Look.Muted.Render(a.Label), n
	}
	if len(ids) == 0 {
		return ""
	}
	gap := "  "
	if s.Room == Compact {
		gap = " "
	}
	last, used := one(ids[len(ids)-1])
	used++
	var b strings.Builder
	b.WriteString(" ")
	if s.Room == Compact {
		b.Reset()
		used--
	}
	for _, id := range ids[:len(ids)-1] {
		text, n := one(id)
		if used+n+len(gap) > w {
			break
		}
		b.WriteString(text + gap)
		used += n + len(gap)
	}
	b.WriteString(last)
	return b.String()
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

// Wrapped wraps foreign text at w cells, without what a terminal could take for a command.
func Wrapped(text string, w int) []string {
	var lines []string
	for _, line := range safe.Lines(text) {
		lines = append(lines, draw.Wrap(line, w)...)
	}
	return lines
}

// Placeholders are shown in place of rows that are being read.
func (s *Shell) Placeholders(w int) []string {
	var lines []string
	for range 4 {
		lines = append(lines, s.Look.Faint.Render("   "+draw.Pad(strings.Repeat(s.Look.Shade, 1)+"  "+strings.Repeat(s.Look.Shade, 7)+"    "+strings.Repeat(s.Look.Shade, 20)+"    "+strings.Repeat(s.Look.Shade, 5), w-3)))
	}
	return lines
}

// Problem is the body of a screen whose content could not be read.
func (s *Shell) Problem(what string, err error, w, h int) []string {
	lines := []string{s.Look.Err.Render(s.Look.No + " " + what), ""}
	for _, line := range draw.Wrap(safe.Text(Sentence(err)), min(60, w-4)) {
		lines = append(lines, s.Look.Text.Render(line))
	}
	return Center(append(lines, "", s.Look.Focus.Render(s.Keys.Key(keymap.Refresh))+s.Look.Muted.Render(" tries again")), w, h)
}
