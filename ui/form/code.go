package form

import (
	"regexp"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/theme"
)

// Code is the six boxes of a one-time code. Only digits go in, typed or
// pasted; "087 608" and "087-608" do too.
type Code struct {
	digits [backend.CodeDigits]byte // 0 for an empty box
	at     int                      // the box with the cursor
	Wrong  bool                     // drawn as refused until the next digit
}

// Update takes digits, backspace and delete, home and end.
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

// whole is a code in a text, in one piece or in two.
var whole = regexp.MustCompile(`\b\d{3}[ \x{a0}-]?\d{3}\b`)

// write puts the digits of a text into the boxes. A whole code takes the place
// of what stands there; more digits than a code has are none.
func (c *Code) write(text string) {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
	codes := whole.FindAllString(text, 2)
	switch n := len(digits); {
	case n == len(c.digits):
		c.SetValue(digits)
	case len(codes) == 1:
		c.SetValue(codes[0])
	case n == 0 || n > len(c.digits):
	default:
		if c.Full() && c.at == len(c.digits)-1 || n > len(c.digits)-c.at {
			c.Clear() // another code begins, not another last digit
		}
		for _, r := range digits {
			c.put(r)
		}
	}
}

// Move goes to another box, so many to the right, or to the left.
func (c *Code) Move(by int) { c.at = min(max(0, c.at+by), len(c.digits)-1) }

func (c *Code) put(r rune) {
	if r < '0' || r > '9' {
		return
	}
	c.Wrong = false
	c.digits[c.at] = byte(r)
	c.at = min(len(c.digits)-1, c.at+1)
}

// Full reports whether every box has its digit.
func (c *Code) Full() bool { return len(c.Value()) == len(c.digits) }

// Value returns the digits that are there.
func (c *Code) Value() string {
	return strings.ReplaceAll(string(c.digits[:]), "\x00", "")
}

// SetValue fills the boxes from the left.
func (c *Code) SetValue(value string) {
	c.Clear()
	for _, r := range value {
		c.put(r)
	}
}

// Clear empties the boxes and goes to the first.
func (c *Code) Clear() { c.digits, c.at = [backend.CodeDigits]byte{}, 0 }

// boxed is how wide the boxes with borders are: six of five cells and a gap.
const boxed = backend.CodeDigits*5 + 1

// View draws the boxes; without borders when w is too small for them.
func (c *Code) View(look theme.Look, w int, focused bool) []string {
	if w < boxed {
		return []string{c.row(look, "[", "]", focused)}
	}
	style := look.Border
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

// gap parts the two groups of three.
func gap(i int) string {
	if i == backend.CodeDigits/2 {
		return " "
	}
	return ""
}
