package terminal

import (
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	uv "github.com/charmbracelet/ultraviolet"
)

// protocolMsg tells that the terminal has the kitty keyboard protocol.
type protocolMsg struct{}

// coloursMsg tells that the terminal has turned from dark to light, or back. What it says of
// them is what programs should have; what the background is, it is asked.
type coloursMsg struct{}

// replyMsg is the text of an OSC that the terminal sent, such as the answer of its
// background: "11;rgb:0000/0000/0000".
type replyMsg string

// named are the keys that Bubble Tea has a name for. Those of the keypad are what is
// printed on them.
var named = map[rune]tea.KeyType{
	uv.KeyUp: tea.KeyUp, uv.KeyDown: tea.KeyDown, uv.KeyRight: tea.KeyRight, uv.KeyLeft: tea.KeyLeft,
	uv.KeyKpUp: tea.KeyUp, uv.KeyKpDown: tea.KeyDown, uv.KeyKpRight: tea.KeyRight, uv.KeyKpLeft: tea.KeyLeft,
	uv.KeyHome: tea.KeyHome, uv.KeyEnd: tea.KeyEnd, uv.KeyPgUp: tea.KeyPgUp, uv.KeyPgDown: tea.KeyPgDown,
	uv.KeyKpHome: tea.KeyHome, uv.KeyKpEnd: tea.KeyEnd, uv.KeyKpPgUp: tea.KeyPgUp, uv.KeyKpPgDown: tea.KeyPgDown,
	uv.KeyFind: tea.KeyHome, uv.KeySelect: tea.KeyEnd,
	uv.KeyInsert: tea.KeyInsert, uv.KeyDelete: tea.KeyDelete, uv.KeyKpInsert: tea.KeyInsert, uv.KeyKpDelete: tea.KeyDelete,
	uv.KeyEnter: tea.KeyEnter, uv.KeyKpEnter: tea.KeyEnter, uv.KeyTab: tea.KeyTab,
	uv.KeyBackspace: tea.KeyBackspace, uv.KeyEscape: tea.KeyEsc,
	uv.KeyF1: tea.KeyF1, uv.KeyF2: tea.KeyF2, uv.KeyF3: tea.KeyF3, uv.KeyF4: tea.KeyF4, uv.KeyF5: tea.KeyF5,
	uv.KeyF6: tea.KeyF6, uv.KeyF7: tea.KeyF7, uv.KeyF8: tea.KeyF8, uv.KeyF9: tea.KeyF9, uv.KeyF10: tea.KeyF10,
	uv.KeyF11: tea.KeyF11, uv.KeyF12: tea.KeyF12, uv.KeyF13: tea.KeyF13, uv.KeyF14: tea.KeyF14, uv.KeyF15: tea.KeyF15,
	uv.KeyF16: tea.KeyF16, uv.KeyF17: tea.KeyF17, uv.KeyF18: tea.KeyF18, uv.KeyF19: tea.KeyF19, uv.KeyF20: tea.KeyF20,
}

// modified are the keys with shift or ctrl that Bubble Tea has a name for, or that
// are the same key to a person: enter with shift is enter.
var modified = map[uv.KeyMod]map[rune]tea.KeyType{
	uv.ModShift: {
		uv.KeyUp: tea.KeyShiftUp, uv.KeyDown: tea.KeyShiftDown, uv.KeyRight: tea.KeyShiftRight, uv.KeyLeft: tea.KeyShiftLeft,
		uv.KeyHome: tea.KeyShiftHome, uv.KeyEnd: tea.KeyShiftEnd, uv.KeyTab: tea.KeyShiftTab,
		uv.KeyPgUp: tea.KeyPgUp, uv.KeyPgDown: tea.KeyPgDown,
		uv.KeyEnter: tea.KeyEnter, uv.KeyKpEnter: tea.KeyEnter, uv.KeyBackspace: tea.KeyBackspace, uv.KeyEscape: tea.KeyEsc,
	},
	uv.ModCtrl: {
		uv.KeyUp: tea.KeyCtrlUp, uv.KeyDown: tea.KeyCtrlDown, uv.KeyRight: tea.KeyCtrlRight, uv.KeyLeft: tea.KeyCtrlLeft,
		uv.KeyHome: tea.KeyCtrlHome, uv.KeyEnd: tea.KeyCtrlEnd, uv.KeyPgUp: tea.KeyCtrlPgUp, uv.KeyPgDown: tea.KeyCtrlPgDown,
		uv.KeyEnter: tea.KeyEnter, uv.KeyKpEnter: tea.KeyEnter, uv.KeyEscape: tea.KeyEsc,
	},
	uv.ModCtrl | uv.ModShift: {
		uv.KeyUp: tea.KeyCtrlShiftUp, uv.KeyDown: tea.KeyCtrlShiftDown, uv.KeyRight: tea.KeyCtrlShiftRight, uv.KeyLeft: tea.KeyCtrlShiftLeft,
		uv.KeyHome: tea.KeyCtrlShiftHome, uv.KeyEnd: tea.KeyCtrlShiftEnd,
	},
}

// keypad are the keys of the keypad that write a character.
var keypad = func() map[rune]rune {
	digits := map[rune]rune{
		uv.KeyKpEqual: '=', uv.KeyKpMultiply: '*', uv.KeyKpPlus: '+', uv.KeyKpComma: ',', uv.KeyKpSep: ',',
		uv.KeyKpMinus: '-', uv.KeyKpDecimal: '.', uv.KeyKpDivide: '/',
	}
	for i := range rune(10) {
		digits[uv.KeyKp0+i] = '0' + i
	}
	return digits
}()

const locks = uv.ModCapsLock | uv.ModNumLock | uv.ModScrollLock

// keyOf returns the message of a key that came as a sequence; isKey is false for one
// that Bubble Tea cannot name. Caps lock and num lock are no part of a key: "CSI u"
// tells them with every one.
func keyOf(k uv.Key) (msg tea.KeyMsg, isKey bool) {
	mod := k.Mod &^ locks
	isAlt := mod&(uv.ModAlt|uv.ModMeta) != 0
	mod &^= uv.ModAlt | uv.ModMeta
	if mod&^(uv.ModCtrl|uv.ModShift) != 0 {
		return tea.KeyMsg{}, false // super and hyper are the desktop's
	}
	kinds := named
	if mod != 0 {
		kinds = modified[mod]
	}
	switch kind, isNamed := kinds[k.Code]; {
	case isNamed:
		return tea.KeyMsg{Type: kind, Alt: isAlt}, true
	case mod == uv.ModCtrl && (k.Code == uv.KeyBackspace || k.Code == uv.KeyDelete):
		kind = named[k.Code] // a word, which alt stands for in a text field
		return tea.KeyMsg{Type: kind, Alt: true}, true
	case mod == uv.ModCtrl:
		kind, isKey = ctrlOf(k)
		return tea.KeyMsg{Type: kind, Alt: isAlt}, isKey
	case mod&uv.ModCtrl != 0: // ctrl+shift+c and its like are the terminal's
		return tea.KeyMsg{}, false
	}
	return textOf(k, mod == uv.ModShift, isAlt)
}

// ctrlOf returns the key of ctrl and a character. On a keyboard without Latin letters
// it is the letter in that place. ctrl+i is not tab here, and has no other meaning.
func ctrlOf(k uv.Key) (kind tea.KeyType, isKey bool) {
	c := unicode.ToLower(k.Code)
	if c > unicode.MaxASCII && k.BaseCode != 0 {
		c = unicode.ToLower(k.BaseCode)
	}
	switch {
	case c == 'i':
		return 0, false
	case c >= 'a' && c <= 'z':
		return tea.KeyType(c - 'a' + 1), true
	case c >= '[' && c <= '_': // esc, and four that follow it in ASCII
		return tea.KeyType(c - '@'), true
	case c == ' ' || c == '@':
		return tea.KeyCtrlAt, true
	case c == '/':
		return tea.KeyCtrlUnderscore, true
	}
	return 0, false
}

// textOf returns the key of a character.
func textOf(k uv.Key, isShift, isAlt bool) (msg tea.KeyMsg, isKey bool) {
	c := k.Code
	if sign, isKeypad := keypad[c]; isKeypad {
		c = sign
	}
	switch {
	case !isShift:
	case k.ShiftedCode != 0:
		c = k.ShiftedCode
	case c >= '0' && c <= '9': // with shift it is a sign that depends on the keyboard
		return tea.KeyMsg{}, false
	default:
		c = unicode.ToUpper(c)
	}
	switch {
	case c == ' ':
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}, Alt: isAlt}, true
	case !unicode.IsPrint(c):
		return tea.KeyMsg{}, false
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{c}, Alt: isAlt}, true
}

// mouseOf returns the message of the mouse. Bubble Tea and Ultraviolet number the
// buttons the same way.
func mouseOf(e uv.MouseEvent) tea.MouseMsg {
	m := e.Mouse()
	msg := tea.MouseMsg{
		X: m.X, Y: m.Y, Button: tea.MouseButton(m.Button),
		Shift: m.Mod&uv.ModShift != 0, Alt: m.Mod&uv.ModAlt != 0, Ctrl: m.Mod&uv.ModCtrl != 0,
	}
	switch e.(type) {
	case uv.MouseReleaseEvent:
		msg.Action = tea.MouseActionRelease
	case uv.MouseMotionEvent:
		msg.Action = tea.MouseActionMotion
	}
	return msg
}
