package shell

import (
	"strings"

	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/theme"
)

// Center puts lines in the middle of w by h cells, aligned at their left.
func Center(lines []string, w, h int) []string {
	widest := 0
	for _, l := range lines {
		widest = max(widest, draw.Width(l))
	}
	left := max(0, (w-widest)/2)
	out := make([]string, max(0, (h-len(lines))/2), h)
	for _, l := range lines {
		out = append(out, draw.Space(left)+l)
	}
	return draw.Fit(out, w, h)
}

// Pane is a border with a title, and a short text at the right end of the title line.
type Pane struct {
	Title, Right string
	Key          string // before Right, as the key that does what Right says
	Focused      bool   // it is the active one of several, or a dialog
	Movable      bool   // keys move the focus between it and another one; it then has a sign
	foot         string // in the lower border
}

// Draw draws lines in the pane, which with its border is exactly w by h cells.
func (p Pane) Draw(look *theme.Look, lines []string, w, h int) []string {
	border, mark := look.Border, ""
	if p.Focused {
		border = look.Frame
	}
	if p.Focused && p.Movable {
		mark = look.Glyphs.Pane + " "
	}
	out := make([]string, 0, h)
	out = append(out, edge(look, border, look.NW, look.NE, look.Strong, mark+p.Title, p.Key, p.Right, w))
	side := border.Render(look.Down)
	for i := range h - 2 {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		out = append(out, draw.Between(side, line, w-2))
	}
	return append(out, edge(look, border, look.SW, look.SE, look.Text, p.foot, "", "", w))
}

// edge is the upper or lower border, with a text at its left, and a key and a text at its
// right.
func edge(look *theme.Look, border theme.Style, left, right string, style theme.Style, title, key, end string, w int) string {
	room := w - 4
	if title != "" {
		title = " " + draw.Cut(title, room-2) + " "
	}
	before := " "
	if key != "" {
		key, before = " "+key, ": "
	}
	if end != "" {
		end = before + draw.Cut(end, room-draw.Width(title+key+before)-2) + " "
	}
	fill := room - draw.Width(title) - draw.Width(key+end)
	if fill < 0 {
		fill, key, end = room-draw.Width(title), "", ""
	}
	return border.Render(left+look.Across) + style.Render(title) + border.Render(strings.Repeat(look.Across, max(0, fill))) +
		look.Focus.Render(key) + look.Muted.Render(end) + border.Render(look.Across+right)
}
