package backend

import (
	"strings"
	"unicode"
)

// isUnseen reports whether a character takes no place or looks like a space: spaces and
// what Unicode calls format characters and default ignorable code points. Such signs come
// along when a text is copied from a page or a message.
func isUnseen(r rune) bool {
	return r == '\u2800' || unicode.IsSpace(r) ||
		unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// trimUnseen removes what cannot be seen from both ends of a text.
func trimUnseen(s string) string { return strings.TrimFunc(s, isUnseen) }

// unseenIn returns the first character of a text that cannot be seen or is a control
// character.
func unseenIn(s string) (rune, bool) {
	for _, r := range s {
		if isUnseen(r) || unicode.IsControl(r) {
			return r, true
		}
	}
	return 0, false
}
