// Package safe makes text from others safe to show in a terminal.
//
// Names, values and messages come from customers and servers, and a terminal
// executes escape sequences in what it shows: in a surname, one could change the
// window's title, write the clipboard or hide the next line. Every such string
// goes through this package before it is drawn, copied or logged.
//
// Dangerous characters are made visible. Dropping them would let two different
// values look the same.
package safe

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend/phone"
)

// Text returns s as one line. Line ends and tabs become spaces. Any other
// character that could move the cursor, change the writing direction or be
// invisible is replaced by a visible name for it, such as ␛ or <U+202E>.
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

// Lines splits s into lines and makes each safe as Text does.
func Lines(s string) []string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = Text(line)
	}
	return lines
}

// JSON escapes the dangerous characters of a JSON document that is not escaped yet: it
// says the same, and can be printed.
func JSON(document string) string {
	document = strings.ToValidUTF8(document, "\ufffd")
	if !strings.ContainsFunc(document, isDanger) {
		return document
	}
	var b strings.Builder
	for _, r := range document {
		switch high, low := utf16.EncodeRune(r); {
		case r < 0x7f || !isDanger(r): // control characters below are the document's own
			b.WriteRune(r)
		case high != unicode.ReplacementChar:
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// JSONWriter returns a writer that passes JSON on as JSON does: for logs, which are read in
// terminals and have texts of others in them. Each Write is whole lines.
func JSONWriter(to io.Writer) io.Writer { return jsonWriter{to} }

type jsonWriter struct{ to io.Writer }

func (w jsonWriter) Write(lines []byte) (int, error) {
	if isPlain := bytes.IndexFunc(lines, func(r rune) bool { return r >= 0x7f }) < 0; isPlain {
		return w.to.Write(lines)
	}
	if _, err := io.WriteString(w.to, JSON(string(lines))); err != nil {
		return 0, err
	}
	return len(lines), nil
}

// Drawn is for text that a widget has already drawn, which may have colour
// sequences (CSI … m) in it: they stay. Every other dangerous character is
// replaced by one cell, so that columns stay aligned.
func Drawn(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd") // a byte such as 0x9B is a control character to some terminals
	if !strings.ContainsFunc(s, isDanger) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); { // by characters and sequences
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

// isPlain reports whether s is printable ASCII, as most text is: it is safe.
func isPlain(s string) bool {
	for i := range len(s) {
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

// isDanger reports whether r controls the terminal or is invisible. The zero-width
// joiner and the variation selectors are not dangerous: common letters and emoji
// need them. Spaces are seen between words, and the signs around numbers (Unicode calls
// them prepended concatenation marks, and counts them as format characters) are seen.
func isDanger(r rune) bool {
	const joiner, brailleBlank = 0x200d, 0x2800
	switch {
	case unicode.IsControl(r), unicode.In(r, unicode.Zl, unicode.Zp): // C0, DEL, C1, separators
		return true
	case r < 0x7f, r == joiner, r == brailleBlank:
		return false
	case unicode.In(r, unicode.Zs, unicode.Variation_Selector, unicode.Prepended_Concatenation_Mark):
		return false
	}
	return phone.IsUnseen(r)
}
