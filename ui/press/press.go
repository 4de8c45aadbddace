// Package press makes the message of a key from its name: for what is done in place of
// pressing it, such as clicking on it, and for tests.
package press

import (
	"strings"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// keyType finds a key with a name of their own, by Bubble Tea's names.
func keyType(name string) (tea.KeyType, bool) {
	for k := tea.KeyType(-128); k < 128; k++ {
		if k != tea.KeyRunes && name != "" && k.String() == name {
			return k, true
		}
	}
	return 0, false
}

// Key returns the message of a key by its name, which is that of tea.KeyMsg's
// String: "a", "ä", " ", "enter", "shift+tab", "ctrl+s", "f1", "alt+j". It returns false
// for an unknown name.
func Key(name string) (tea.KeyMsg, bool) {
	base, isAlt := strings.CutPrefix(name, "alt+")
	if base == " " {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}, Alt: isAlt}, true
	}
	if k, isNamed := keyType(base); isNamed {
		return tea.KeyMsg{Type: k, Alt: isAlt}, true
	}
	if utf8.RuneCountInString(base) == 1 {
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(base), Alt: isAlt}, true
	}
	return tea.KeyMsg{}, false
}
