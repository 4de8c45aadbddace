package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/theme"
)

// Option is one value of a Choice.
type Option struct{ Value, Label string }

// Choice is a field for one of a few values. It takes no letters: keys of the form
// select the next value and the previous one, see Turn, and text that is typed on it
// goes to a field of text.
type Choice struct {
	options []Option
	at      int
	infer   func() string // the value to follow; nil: it follows nothing
	isOwn   bool          // the person selected the value, which is followed no more
}

// NewChoice returns a choice with the first option selected.
func NewChoice(options ...Option) *Choice { return &Choice{options: options} }

// Follow makes the choice select what infer returns, whenever another field of the form
// changes, until the person selects a value.
func (c *Choice) Follow(infer func() string) { c.infer = infer }

// Update does nothing: no key but those of Turn selects a value.
func (c *Choice) Update(tea.KeyMsg) {}

// follow selects the value that is inferred now, unless the person has selected one.
func (c *Choice) follow() {
	if c.infer != nil && !c.isOwn {
		c.SetValue(c.infer())
	}
}

// restored takes a value that is not the inferred one for the person's own.
func (c *Choice) restored() { c.isOwn = c.infer != nil && c.Value() != c.infer() }

// Turn selects the option that is by places further, or back for a negative by.
// The first follows the last. It is the person's own value from then on.
func (c *Choice) Turn(by int) {
	n := len(c.options)
	c.at, c.isOwn = ((c.at+by)%n+n)%n, true
}

// Value returns the selected value.
func (c *Choice) Value() string { return c.options[c.at].Value }

// SetValue selects a value. An unknown one changes nothing.
func (c *Choice) SetValue(value string) {
	for i, o := range c.options {
		if o.Value == value {
			c.at = i
		}
	}
}

// View draws the label of the selected option, between arrows when focused, and whether
// it follows another field.
func (c *Choice) View(look theme.Look, w int, focused bool) []string {
	label, source := draw.Cut(c.options[c.at].Label, w-4), ""
	switch {
	case c.infer == nil:
	case c.isOwn:
		source = "chosen by you"
	default:
		source = "follows what is typed"
	}
	if room := w - 6 - draw.Width(label); source != "" && room >= draw.Width(source) {
		source = look.Muted.Render("  " + source)
	} else {
		source = ""
	}
	if !focused {
		return []string{"  " + look.Text.Render(label) + "  " + source}
	}
	return []string{look.Focus.Render(look.Left) + " " + look.Strong.Render(label) + " " + look.Focus.Render(look.Right) + source}
}
