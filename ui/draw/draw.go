// Package draw lays out text in cells: measuring, cutting, wrapping, boxes and
// one picture over another. Everything counts in cells by grapheme, through
// x/ansi, and never in bytes or runes. A picture is a slice of lines.
package draw

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Width returns how many cells s takes, colour sequences not counted.
//
// Most of a screen is ASCII, lines of boxes and our own colours: those are
// counted here, and the first character of any other kind leaves the whole
// string to x/ansi, since it may join with its neighbours.
func Width(s string) int {
	n := 0
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= 0x20 && c <= 0x7e:
			i++
			n++
		case c == 0x1b:
			k := lenSGR(s[i:])
			if k == 0 {
				return ansi.StringWidth(s)
			}
			i += k
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if !isSingle(r) {
				return ansi.StringWidth(s)
			}
			i += size
			n++
		}
	}
	return n
}

// isSingle reports whether r is a sign of our own that takes one cell and
// joins with nothing before it: lines, blocks, arrows, dots.
func isSingle(r rune) bool {
	return r >= 0x2500 && r <= 0x25cf || r == '…' || r == '·' || r == '•' || r == '–' || r == '✓' || r == '✗' || r == '→' || r == '‹' || r == '›'
}

// lenSGR returns the length of the colour sequence (CSI … m) at the start of s, or 0.
func lenSGR(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case (c < '0' || c > '9') && c != ';':
			return 0
		}
	}
	return 0
}

// Cut shortens s to at most w cells, with … where something is missing.
func Cut(s string, w int) string {
	switch {
	case w <= 0:
		return ""
	case Width(s) <= w:
		return s
	}
	return ansi.Truncate(s, w, "…")
}

// Clip takes what is past w cells away, with no sign that something was there.
func Clip(s string, w int) string { return ansi.Truncate(s, w, "") }

// Middle shortens s to at most w cells and keeps both ends, which is where
// addresses and ids differ.
func Middle(s string, w int) string {
	n := Width(s)
	if n <= w {
		return s
	}
	if w < 5 {
		return Cut(s, w)
	}
	head := (w - 1 + 1) / 2
	return ansi.Truncate(s, head, "") + "…" + ansi.TruncateLeft(s, n-(w-1-head), "")
}

// Pad makes s exactly w cells wide: cut or filled with spaces.
func Pad(s string, w int) string {
	n := Width(s)
	if n > w {
		s = Cut(s, w)
		n = Width(s) // a wide character at the cut leaves a cell over
	}
	return s + Space(w-n)
}

// Right is Pad with the filling before the text.
func Right(s string, w int) string {
	s = Cut(s, w)
	return Space(w-Width(s)) + s
}

// Ends puts left and right at the ends of w cells; the left gives way.
func Ends(left, right string, w int) string {
	right = Cut(right, w)
	room := w - Width(right)
	if right != "" && room > 0 {
		room-- // at least one cell between
		return Pad(left, room) + " " + right
	}
	return Pad(left, room) + right
}

// spaces is cut into pieces, so that filling costs no allocation.
const spaces = "                                                                                                                                "

// Space returns n spaces; none for n below 1.
func Space(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(spaces):
		return spaces[:n]
	}
	return strings.Repeat(" ", n)
}

// Wrap breaks s into lines of at most w cells, at spaces where it can.
func Wrap(s string, w int) []string {
	if w < 1 {
		return nil
	}
	return strings.Split(ansi.Wrap(s, w, ""), "\n")
}

// Fit makes lines exactly w by h: cut, padded and filled with empty lines.
func Fit(lines []string, w, h int) []string {
	out := make([]string, h)
	for i := range out {
		if i < len(lines) {
			out[i] = Pad(lines[i], w)
		} else {
			out[i] = Space(w)
		}
	}
	return out
}

// Over lays top over base with its upper left corner at column x, row y.
// What would fall outside is not drawn.
func Over(base, top []string, x, y int) []string {
	out := append([]string(nil), base...)
	for i, line := range top {
		row := y + i
		if row < 0 || row >= len(out) {
			continue
		}
		under := out[row]
		end := x + Width(line)
		// A wide character under an edge is cut in half: its other half is a space.
		out[row] = Pad(Clip(under, x), x) + line + Right(behind(under, end), Width(under)-end)
	}
	return out
}

// behind is what of s comes at or after the column x.
func behind(s string, x int) string {
	rest := ansi.TruncateLeft(s, x, "")
	if Width(rest) > Width(s)-x {
		rest = ansi.TruncateLeft(s, x+1, "")
	}
	return rest
}

// Beside joins pictures of the same height from left to right.
func Beside(pictures ...[]string) []string {
	var out []string
	for i := range pictures[0] {
		var b strings.Builder
		for _, p := range pictures {
			b.WriteString(p[i])
		}
		out = append(out, b.String())
	}
	return out
}
