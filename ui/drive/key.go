package drive

import (
	"fmt"
	"strings"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// keyTypes are the keys with a name of their own, by Bubble Tea's names.
var keyTypes = func() map[string]tea.KeyType {
	types := map[string]tea.KeyType{}
	for k := tea.KeyType(-128); k < 128; k++ {
		if name := k.String(); name != "" && k != tea.KeyRunes {
			types[name] = k
		}
	}
	return types
}()

// Key returns the message of a key by its name, which is that of tea.KeyMsg's
// String: "a", "ä", " ", "enter", "shift+tab", "ctrl+s", "f1", "alt+j". It panics
// for an unknown name; Driver.Type is for text.
func Key(name string) tea.KeyMsg {
	base, isAlt := strings.CutPrefix(name, "alt+")
	switch k, isNamed := keyTypes[base]; {
	case base == " ":
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}, Alt: isAlt}
	case isNamed:
		return tea.KeyMsg{Type: k, Alt: isAlt}
	case utf8.RuneCountInString(base) == 1:
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(base), Alt: isAlt}
	}
	panic(fmt.Sprintf("drive: there is no key %q", name))
}
