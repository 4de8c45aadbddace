package background

import (
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	_ "github.com/account-settings/pinghome/ui/quiet" // before Bubble Tea's init
)

// sequences are the keys longer than a byte that somebody in a hurry presses
// while a program starts.
var sequences = map[string]tea.KeyType{
	"\x1b[A": tea.KeyUp, "\x1b[B": tea.KeyDown, "\x1b[C": tea.KeyRight, "\x1b[D": tea.KeyLeft,
	"\x1bOA": tea.KeyUp, "\x1bOB": tea.KeyDown, "\x1bOC": tea.KeyRight, "\x1bOD": tea.KeyLeft,
	"\x1b[Z": tea.KeyShiftTab,
}

// Keys returns what was typed while the terminal was asked as the messages
// that the program would have made of it. What it does not know, it leaves out.
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

func firstKey(b []byte) (n int, key tea.KeyMsg, isKey bool) {
	if len(b) >= 3 {
		if kind, isKnown := sequences[string(b[:3])]; isKnown {
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

// sequenceLength measures an unknown sequence: to its final byte (ECMA-48,
// 5.4), or all there is.
func sequenceLength(b []byte) int {
	for i := 2; i < len(b); i++ {
		if b[1] != ']' && b[i] >= 0x40 || b[i] == 0x07 {
			return i + 1
		}
	}
	return len(b)
}
