package form

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/theme"
)

// Option is one value of a Choice.
type Option struct {
	Value, Label string
	Key          string // the letter that selects it; "" for none
}

// Choice is a field for one of a few values. Keys of the form select the next and
// the previous one; see Turn.
type Choice struct {
	options []Option
	at      int
}

// NewChoice returns a choice with the first option selected.
func NewChoice(options ...Option) *Choice { return &Choice{options: options} }

// Update selects the option with this letter.
func (c *Choice) Update(msg tea.KeyMsg) {
	for i, o := range c.options {
		if o.Key != "" && !msg.Paste && msg.String() == o.Key {
			c.at = i
		}
	}
}

// takes reports whether a key is the letter of an option. Pasted text is not.
func (c *Choice) takes(msg tea.KeyMsg) bool {
	return !msg.Paste && slices.ContainsFunc(c.options, func(o Option) bool { return o.Key != "" && msg.String() == o.Key })
}

// Turn selects the option that is by places further, or back for a negative by.
// The first follows the last.
func (c *Choice) Turn(by int) {
	n := len(c.options)
	c.at = ((c.at+by)%n + n) % n
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

// View draws the label of the selected option, between arrows when focused.
func (c *Choice) View(look theme.Look, w int, focused bool) []string {
	label := draw.Cut(c.options[c.at].Label, w-4)
	if !focused {
		return []string{"  " + look.Text.Render(label)}
	}
	return []string{look.Focus.Render(look.Left) + " " + look.Strong.Render(label) + " " + look.Focus.Render(look.Right)}
}
