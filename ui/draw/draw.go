// Package draw lays out text in a terminal's cells: it measures, cuts, pads and
// wraps lines, and puts blocks beside or over one another. Widths are in cells,
// by grapheme clusters (through x/ansi and ui/cellwidth), never in bytes or runes. A block is a
// slice of lines. Colour sequences (CSI … m) in lines take no cells.
package draw

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/account-settings/pinghome/ui/cellwidth"
)

// Width returns how many cells s takes.
//
// It counts ASCII, box-drawing characters and colour sequences itself, since most
// of a screen is made of them. A string with any other character goes to x/ansi
// as a whole, since such characters may join with their neighbours.
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
				return cellwidth.Of(s)
			}
			i += k
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if !isSingle(r) {
				return cellwidth.Of(s)
			}
			i += size
			n++
		}
	}
	return n
}

// isSingle reports whether r is one of the console's own characters (lines,
// blocks, arrows, dots), which take one cell and join with nothing before them.
func isSingle(r rune) bool {
	return r >= 0x2500 && r <= 0x25cf || strings.ContainsRune("…·•–✓✗→‹›⇄⚑✆", r)
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

// Cut shortens s to at most w cells. It ends in … when something is cut off.
func Cut(s string, w int) string {
	switch {
	case w <= 0:
		return ""
	case Width(s) <= w:
		return s
	}
	return truncate(s, w, "…")
}

func truncate(s string, w int, tail string) string {
	return cellwidth.Apart(s, func(s string) string { return ansi.Truncate(s, w, tail) })
}

func truncateLeft(s string, n int) string {
	return cellwidth.Apart(s, func(s string) string { return ansi.TruncateLeft(s, n, "") })
}

// Clip shortens s to at most w cells, with no … at its end.
func Clip(s string, w int) string { return truncate(s, w, "") }

// Middle shortens s to at most w cells, with … in the middle: addresses and ids
// differ at their ends.
func Middle(s string, w int) string {
	n := Width(s)
	if n <= w {
		return s
	}
	if w < 5 {
		return Cut(s, w)
	}
	head := (w - 1 + 1) / 2
	return truncate(s, head, "") + "…" + truncateLeft(s, n-(w-1-head))
}

// Pad makes s exactly w cells wide: it is cut, or filled with spaces behind it.
func Pad(s string, w int) string {
	n := Width(s)
	if n > w {
		s = Cut(s, w)
		n = Width(s) // less than w where a wide character did not fit
	}
	return s + Space(w-n)
}

// Between puts Pad of s between two sides, which take cells of their own.
func Between(side, s string, w int) string {
	n := Width(s)
	if n > w {
		s = Pad(s, w)
		n = w
	}
	return side + s + Space(w-n) + side
}

// Right is Pad with the spaces in front of s.
func Right(s string, w int) string {
	s = Cut(s, w)
	return Space(w-Width(s)) + s
}

// Ends puts left and right at the two ends of w cells, with at least one space
// between them. If there is not enough room, left is cut first.
func Ends(left, right string, w int) string {
	right = Cut(right, w)
	room := w - Width(right)
	if right != "" && room > 0 {
		room-- // the space between
		return Pad(left, room) + " " + right
	}
	return Pad(left, room) + right
}

// spaces is what Space returns parts of, without an allocation.
const spaces = "                                                                                                                                "

// Space returns n spaces, "" for n below 1.
func Space(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(spaces):
		return spaces[:n]
	}
	return strings.Repeat(" ", n)
}

// Wrap breaks s into lines of at most w cells, at spaces where possible. It
// returns nil for w below 1.
func Wrap(s string, w int) []string {
	if w < 1 {
		return nil
	}
	return strings.Split(cellwidth.Apart(s, func(s string) string { return ansi.Wrap(s, w, "") }), "\n")
}

// Fit returns a block of exactly w by h cells: lines are cut or padded, and
// lines are cut off or empty ones added at the end.
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

// Over returns base with top over it. The upper left corner of top is at column x
// and row y of base; its lines above or below base are left out.
func Over(base, top []string, x, y int) []string {
	out := append([]string(nil), base...)
	for i, line := range top {
		row := y + i
		if row < 0 || row >= len(out) {
			continue
		}
		under := out[row]
		end := x + Width(line)
		// Of a wide character half under top, the visible half becomes a space.
		out[row] = Pad(Clip(under, x), x) + line + Right(after(under, end), Width(under)-end)
	}
	return out
}

// after returns the part of s from column x on.
func after(s string, x int) string {
	rest := truncateLeft(s, x)
	if Width(rest) > Width(s)-x {
		rest = truncateLeft(s, x+1)
	}
	return rest
}

// Part returns the w cells of s from column x on.
func Part(s string, x, w int) string { return Pad(Clip(after(s, x), w), w) }

// Plain returns s without its colour sequences.
func Plain(s string) string { return ansi.Strip(s) }

// Beside joins blocks from left to right. They must have as many lines as the
// first one, or more.
func Beside(blocks ...[]string) []string {
	out := make([]string, len(blocks[0]))
	parts := make([]string, len(blocks))
	for i := range out {
		for k, block := range blocks {
			parts[k] = block[i]
		}
		out[i] = strings.Join(parts, "")
	}
	return out
}
