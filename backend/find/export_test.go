package find

import "strings"

// Folded is the form of a text in which those with the same score are ordered.
func Folded(text string) string {
	if t, isOdd := fold(text); !isOdd {
		return string(t.text)
	}
	return strings.ToLower(text)
}
