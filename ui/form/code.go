package form

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/phone"
	"github.com/account-settings/pinghome/ui/theme"
)

// Code is a field for a one-time code, drawn as six digit fields. It takes digits only, of
// any script, typed or pasted, also as "087 608" or "087-608". The zero value is empty.
type Code struct {
	digits [backend.CodeDigits]byte // 0 for an empty one
	at     int                      // the digit with the cursor
	Wrong  bool                     // the code was refused; false again with the next digit
}

// Update handles digits, backspace, delete, home and end.
func (c *Code) Update(msg tea.KeyMsg) {
	switch msg.Type {
	case tea.KeyRunes, tea.KeySpace:
		c.write(string(msg.Runes))
	case tea.KeyBackspace:
		c.Wrong = false
		if c.digits[c.at] == 0 && c.at > 0 {
			c.at--
		}
		c.digits[c.at] = 0
	case tea.KeyDelete:
		c.digits[c.at] = 0
	case tea.KeyHome:
		c.at = 0
	case tea.KeyEnd:
		c.at = len(c.digits) - 1
	}
}

// wholeCode matches a code in a text, as six digits or as twice three.
var wholeCode = regexp.MustCompile(`\b\d{3} ?\d{3}\b`)

// write puts the digits of a text into the fields. A whole code replaces what is
// there. A text with more digits than a code, and no code in it, changes nothing.
func (c *Code) write(text string) {
	text = strings.Map(plain, text)
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
	codes := wholeCode.FindAllString(text, 2)
	switch n := len(digits); {
	case n == len(c.digits):
		c.SetValue(digits)
	case len(codes) == 1:
		c.SetValue(codes[0])
	case n == 0 || n > len(c.digits):
	default:
		if c.Full() && c.at == len(c.digits)-1 || n > len(c.digits)-c.at {
			c.Clear() // the digits begin another code
		}
		for _, r := range digits {
			c.put(r)
		}
	}
}

// CodesIn returns the codes in a text, each once, in the digits of ASCII: six digits, or twice
// three, that are no part of a longer number.
func CodesIn(text string) (codes []string) {
	for _, code := range wholeCode.FindAllString(strings.Map(plainInText, text), -1) {
		code = strings.ReplaceAll(code, " ", "")
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// plainInText is plain for a text of several lines, in which a line ends a number.
func plainInText(r rune) rune {
	if r == '\n' || r == '\r' {
		return '\n'
	}
	return plain(r)
}

// plain returns a digit of any script as one of ASCII, a blank or a dash as a space, and -1 in
// place of an invisible sign.
func plain(r rune) rune {
	value, isDigit := phone.Digit(r)
	switch {
	case isDigit:
		return '0' + rune(value) //nolint:gosec // 0 to 9
	case unicode.Is(unicode.Cf, r):
		return -1
	case phone.IsFiller(r):
		return ' '
	}
	return r
}

// Move moves the cursor by so many digits to the right, or to the left for a
// negative by.
func (c *Code) Move(by int) { c.at = min(max(0, c.at+by), len(c.digits)-1) }

func (c *Code) put(r rune) {
	if r < '0' || r > '9' {
		return
	}
	c.Wrong = false
	c.digits[c.at] = byte(r)
	c.at = min(len(c.digits)-1, c.at+1)
}

// Focus moves the cursor to the digit at column x of View, drawn w cells wide; false where
// there is none.
func (c *Code) Focus(x, w int) bool {
	digit := 3 // with its brackets
	if w >= borderedWidth {
		digit = 5
	}
	if half := digit * len(c.digits) / 2; x >= half {
		if x--; x < half {
			return false // the gap
		}
	}
	if x < 0 || x >= digit*len(c.digits) {
		return false
	}
	c.at = x / digit
	return true
}

// Full reports whether every field has a digit.
func (c *Code) Full() bool { return len(c.Value()) == len(c.digits) }

// Value returns the digits that were entered.
func (c *Code) Value() string {
	return strings.ReplaceAll(string(c.digits[:]), "\x00", "")
}

// SetValue fills the fields from the left.
func (c *Code) SetValue(value string) {
	c.Clear()
	for _, r := range value {
		c.put(r)
	}
}

// Clear empties the fields and moves the cursor to the first.
func (c *Code) Clear() { c.digits, c.at = [backend.CodeDigits]byte{}, 0 }

// borderedWidth is the width of the digit fields with borders: five cells each, and the gap.
const borderedWidth = backend.CodeDigits*5 + 1

// View draws the digits, in one line without borders where w is too small for them.
func (c *Code) View(look theme.Look, w int, focused bool) []string {
	if w < borderedWidth {
		return []string{c.row(look, "[", "]", focused)}
	}
	style := look.Muted // without the boxes nothing says how long a code is
	if c.Wrong {
		style = look.Err
	}
	top, bottom := "", ""
	for i := range c.digits {
		top += gap(i) + look.NW + strings.Repeat(look.Across, 3) + look.NE
		bottom += gap(i) + look.SW + strings.Repeat(look.Across, 3) + look.SE
	}
	return []string{style.Render(top), c.row(look, style.Render(look.Down)+" ", " "+style.Render(look.Down), focused), style.Render(bottom)}
}

func (c *Code) row(look theme.Look, left, right string, focused bool) string {
	var b strings.Builder
	for i, d := range c.digits {
		b.WriteString(gap(i) + left)
		cell, style := string(d), look.Strong
		if d == 0 {
			cell = " "
		}
		if c.Wrong {
			style = look.Err
		}
		switch {
		case focused && i == c.at && d == 0:
			b.WriteString(look.Focus.Render("_"))
		case focused && i == c.at:
			b.WriteString(look.Caret.Reverse(true).Render(cell))
		default:
			b.WriteString(style.Render(cell))
		}
		b.WriteString(right)
	}
	return b.String()
}

// gap returns the space in front of digit i, which separates the two groups of three.
func gap(i int) string {
	if i == backend.CodeDigits/2 {
		return " "
	}
	return ""
}
