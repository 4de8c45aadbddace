// Package safe makes foreign text fit for a terminal.
//
// Names, values and messages come from customers and servers, and a terminal
// obeys what it is shown: an escape sequence in a surname can retitle the
// window, write the clipboard or hide the next line. Every such string passes
// here once before it is drawn, copied or logged.
//
// Dangerous characters are made visible and not dropped, because dropping
// them would let two different values look the same.
package safe

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text returns s as one line: line ends and tabs become spaces, every other
// character that could move the cursor, change the direction of writing or be
// invisible becomes a sign for itself.
func Text(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if r == '\n' || r == '\t' {
			b.WriteByte(' ')
			continue
		}
		writeVisible(&b, r)
	}
	return b.String()
}

// Lines returns s as lines, split at \n, each of them safe as Text makes it.
func Lines(s string) []string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = Text(line)
	}
	return lines
}

// Drawn is for text that a widget has already drawn and that may hold colour
// sequences of our own (CSI … m): those stay, and what is left of danger is
// replaced by one cell each, so that columns stay where they are.
func Drawn(s string) string {
	if !strings.ContainsFunc(s, isDanger) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if n := lenSGR(s[i:]); n > 0 {
			b.WriteString(s[i : i+n])
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if isDanger(r) {
			r = '\u00b7'
		}
		b.WriteRune(r)
		i += size
	}
	return b.String()
}

// lenSGR returns the length of the colour sequence that s starts with, or 0.
func lenSGR(s string) int {
	if !strings.HasPrefix(s, "\x1b[") {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case (c < '0' || c > '9') && c != ';' && c != ':':
			return 0
		}
	}
	return 0
}

// isPlain is the fast way out: most text is printable ASCII.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

func writeVisible(b *strings.Builder, r rune) {
	switch {
	case r < 0x20:
		b.WriteRune(0x2400 + r) // control pictures, U+2400 on
	case r == 0x7f:
		b.WriteRune('\u2421')
	case isDanger(r):
		fmt.Fprintf(b, "<U+%04X>", r)
	default:
		b.WriteRune(r)
	}
}

// isDanger reports whether r acts on the terminal or cannot be seen. Zero
// width joiner and the variation selectors stay: they are parts of letters
// and signs in daily use.
func isDanger(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r <= 0x9f: // C0, DEL, C1
		return true
	case r == 0x200d:
		return false
	case r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r >= 0x200b && r <= 0x200f: // separators, direction, zero width
		return true
	case r == 0x061c, r == 0xfeff, r == 0x115f, r == 0x1160, r == 0x3164, r == 0xffa0, r == 0x00ad:
		return true
	case r >= 0xe0000 && r <= 0xe007f: // tag characters spell hidden text
		return true
	case r >= 0xfff9 && r <= 0xfffb:
		return true
	}
	return unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)
}
