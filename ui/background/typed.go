package background

import (
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	_ "github.com/account-settings/pinghome/ui/quiet" // before Bubble Tea's init
)

// keySequences are the keys of more than one byte that are likely to be pressed
// while a program starts.
var keySequences = map[string]tea.KeyType{
	"\x1b[A": tea.KeyUp, "\x1b[B": tea.KeyDown, "\x1b[C": tea.KeyRight, "\x1b[D": tea.KeyLeft,
	"\x1bOA": tea.KeyUp, "\x1bOB": tea.KeyDown, "\x1bOC": tea.KeyRight, "\x1bOD": tea.KeyLeft,
	"\x1b[Z": tea.KeyShiftTab,
}

// Keys returns what was typed (Answer.Typed) as the messages that Bubble Tea would
// have made of it. It leaves unknown sequences out.
func Keys(typed []byte) (keys []tea.KeyMsg) {
	for len(typed) > 0 {
		n, key, isKey := firstKey(typed)
		if isKey {
			keys = append(keys, key)
		}
		typed = typed[n:]
	}
	return keys
}

// firstKey returns the key at the start of b, and how many bytes it takes. isKey
// is false where these bytes are no key.
func firstKey(b []byte) (n int, key tea.KeyMsg, isKey bool) {
	if len(b) >= 3 {
		if kind, isKnown := keySequences[string(b[:3])]; isKnown {
			return 3, tea.KeyMsg{Type: kind}, true
		}
	}
	switch c := b[0]; {
	case c == 0x1b && len(b) > 1 && (b[1] == '[' || b[1] == 'O' || b[1] == ']'):
		return sequenceLength(b), tea.KeyMsg{}, false
	case c == ' ':
		return 1, tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}, true
	case c == '\n': // return, pressed before the terminal was raw
		return 1, tea.KeyMsg{Type: tea.KeyEnter}, true
	case c < ' ' || c == 0x7f: // Bubble Tea's control keys are their bytes
		return 1, tea.KeyMsg{Type: tea.KeyType(c)}, c != 0
	}
	r, n := utf8.DecodeRune(b)
	return n, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}, r != utf8.RuneError
}

// sequenceLength returns the length of an unknown sequence at the start of b: up
// to its final byte (ECMA-48, 5.4), or all of b.
func sequenceLength(b []byte) int {
	for i := 2; i < len(b); i++ {
		if b[1] != ']' && b[i] >= 0x40 || b[i] == 0x07 {
			return i + 1
		}
	}
	return len(b)
}
