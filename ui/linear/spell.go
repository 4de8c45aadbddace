package linear

import (
	"strings"
	"unicode"

	"github.com/account-settings/pinghome/ui/safe"
)

// signNames are the names of signs that screen readers skip or say differently.
var signNames = map[rune]string{
	'.': "dot", '@': "at", '-': "dash", '_': "underscore", '+': "plus", '/': "slash", ':': "colon", '?': "question mark", '=': "equals", '&': "and sign",
	'%': "percent", '#': "number sign", '~': "tilde", ' ': "space", ',': "comma", ';': "semicolon", '!': "exclamation mark", '*': "star", '\'': "apostrophe",
	'"': "quotation mark", '(': "open parenthesis", ')': "close parenthesis", '[': "open bracket", ']': "close bracket", '{': "open brace", '}': "close brace",
	'<': "less", '>': "greater", '|': "bar", '\\': "backslash", '$': "dollar", '^': "caret", '`': "backtick",
}

// spelled is a text sign by sign: "0, 8, 7", "a, dot, capital b, at".
func spelled(text string) string {
	var parts []string
	for _, r := range safe.Text(text) {
		switch name, isNamed := signNames[r]; {
		case isNamed:
			parts = append(parts, name)
		case unicode.IsUpper(r):
			parts = append(parts, "capital "+strings.ToLower(string(r)))
		default:
			parts = append(parts, string(r))
		}
	}
	return strings.Join(parts, ", ")
}
