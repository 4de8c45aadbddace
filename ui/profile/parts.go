package profile

import (
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// part is a few lines that belong together. The cursor can be on one that has the name of
// a row.
type part struct {
	row   string // "" for none
	lines []string
}

// area is where parts are drawn.
type area struct{ x, y, w, h int }

// fit draws as many of the parts as there is room for, and notes where they are for the
// mouse. That under the cursor is in sight. more says of those below the area what they
// are, in its last line; nil: nothing is said.
func (s *screen) fit(parts []part, a area, more func(hidden []part) string) []string {
	var lines []string
	var rows []string // of each line
	end := 0          // of the part under the cursor
	for _, p := range parts {
		for _, line := range p.lines {
			lines, rows = append(lines, line), append(rows, p.row)
		}
		if p.row != "" && s.isAt(p.row) {
			end = len(lines)
		}
	}
	hasMore := more != nil && len(lines) > a.h
	room := a.h
	if hasMore && end <= len(lines)-1 {
		room--
	}
	top := max(0, min(end-room, len(lines)-a.h))
	hasMore = hasMore && top+a.h < len(lines)
	below := min(top+a.h, len(lines))
	if hasMore {
		below--
	}
	shown := append([]string(nil), lines[top:below]...)
	for i, row := range rows[top:below] {
		if row != "" {
			s.spots = append(s.spots, shell.Spot{X: a.x, Y: a.y + i, W: a.w, H: 1, Again: keymap.Open, Wheel: s.moveBy, Choose: shell.Focusing(func() { s.at = row })})
		}
	}
	if hasMore {
		shown = append(shown, more(hiddenBelow(parts, below)))
	}
	return shown
}

// hiddenBelow are the parts of which not all lines are before this one.
func hiddenBelow(parts []part, line int) []part {
	n := 0
	for i, p := range parts {
		if n += len(p.lines); n > line {
			return parts[i:]
		}
	}
	return nil
}

// height is how many lines the parts have.
func height(parts []part) int {
	n := 0
	for _, p := range parts {
		n += len(p.lines)
	}
	return n
}

// has reports whether the cursor is on one of the parts.
func (s *screen) has(parts []part) bool {
	for _, p := range parts {
		if p.row != "" && s.isAt(p.row) {
			return true
		}
	}
	return false
}

// look is the palette of a row, and the sign at its start.
func (s *screen) look(row string) (*theme.Palette, string) {
	if row != "" && s.isAt(row) {
		return &s.shell.Look.Cursor, s.shell.Look.Glyphs.Mark
	}
	return &s.shell.Look.Palette, " "
}

func (s *screen) palette(row string) *theme.Palette {
	look, _ := s.look(row)
	return look
}

// The widths of a label with the sign of the cursor before it, in cells.
const (
	labelWidth   = 12
	compactLabel = 8
)

func (s *screen) labelWidth() int {
	if s.shell.Room == shell.Compact {
		return compactLabel
	}
	return labelWidth
}

// fact is a labelled text, and behind it, or below where there is no room, another one. It
// is shown whole, but in a compact window only under the cursor.
func (s *screen) fact(row, label, text string, after shell.Part, w int) part {
	text = safe.Text(text)
	room, tail := w-s.labelWidth(), ""
	if after.Text != "" {
		tail = " " + after.Text
	}
	lines := draw.Wrap(text, room)
	last := len(lines) - 1
	isBelow := false
	switch {
	case s.shell.Room == shell.Compact && (row == "" || !s.isAt(row)):
		lines = []string{draw.Middle(text, max(5, room-draw.Width(tail)))}
	case draw.Width(lines[last]+tail) <= room:
	case strings.Contains(after.Text, " "):
		isBelow = true
		after.Text = strings.TrimPrefix(after.Text, s.shell.Look.Dot+" ")
	default:
		lines = append(lines[:last], breakBefore(lines[last], room-draw.Width(tail))...)
	}
	look, _ := s.look(row)
	for i, line := range lines {
		lines[i] = look.Text.Render(line)
	}
	switch said := after.Style.Render(after.Text); {
	case isBelow:
		lines = append(lines, said)
	case tail != "":
		lines[len(lines)-1] += look.Text.Render(" ") + said
	}
	return s.labelled(row, label, lines, w)
}

// breakBefore breaks a line in two, so that a sign behind the second one does not stand alone:
// at a space, else before the @ of an address, else in the middle. The second has w cells at most.
func breakBefore(line string, w int) []string {
	at := strings.LastIndexByte(line, ' ')
	if local, _, hasAt := backend.CutEmail(line); at < 0 && hasAt {
		at = len(local)
	}
	if at <= 0 || draw.Width(line[at:]) > w {
		at = len(draw.Clip(line, draw.Width(line)/2))
	}
	return []string{line[:at], strings.TrimPrefix(line[at:], " ")}
}

// labelled puts a label before the first of several lines, and fills them up to w cells.
func (s *screen) labelled(row, label string, lines []string, w int) part {
	look, mark := s.look(row)
	p := part{row: row}
	for _, line := range lines {
		p.lines = append(p.lines, look.Mark.Render(mark)+look.Muted.Render(draw.Pad(label, s.labelWidth()-1))+
			draw.Cut(line, w-s.labelWidth())+look.Text.Render(draw.Space(w-s.labelWidth()-draw.Width(line))))
		label = ""
	}
	return p
}
