package backend

import (
	"fmt"
	"unicode"
)

// isVisible reports whether a character shows by itself. The letters without a
// shape of their own, such as the Hangul filler, are listed.
func isVisible(r rune) bool {
	switch r {
	case '\u115F', '\u1160', '\u3164', '\uFFA0', '\u2800':
		return false
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsPunct(r) || unicode.IsSymbol(r)
}

// IsBidiControl reports whether r changes the direction of the text around it
// (Unicode UAX #9, explicit formatting characters and marks). Such a character can
// make one name look like another.
func IsBidiControl(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0x061C
}

// checkOneLine refuses what has no place in a text of one line: control characters, line
// separators and what changes the direction of the text. The error is a sentence for the
// person.
func checkOneLine(s string) error {
	for _, r := range s {
		if unicode.IsControl(r) || IsBidiControl(r) || r == '\u2028' || r == '\u2029' {
			return fmt.Errorf("Remove the invisible character U+%04X.", r)
		}
	}
	return nil
}
