package drive

import (
	"fmt"
	"strings"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// keyTypes are the keys that have a name, by the name that Bubble Tea gives them.
var keyTypes = func() map[string]tea.KeyType {
	types := map[string]tea.KeyType{}
	for k := tea.KeyType(-128); k < 128; k++ {
		if name := k.String(); name != "" && k != tea.KeyRunes {
			types[name] = k
		}
	}
	return types
}()

// Key returns the message for a key: "a", "ä", " ", "enter", "shift+tab",
// "ctrl+s", "f1", "alt+j", named as tea.KeyMsg's String has it. It panics for a
// name that no key has, such as a word: see Driver.Type.
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
	panic(fmt.Sprintf("drive: no key is called %q", name))
}
