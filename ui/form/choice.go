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
	Key          string // a letter that chooses it
}

// Choice is one of a few values, turned with ← and →.
type Choice struct {
	options []Option
	at      int
}

// NewChoice returns a choice that stands on the first option.
func NewChoice(options ...Option) *Choice { return &Choice{options: options} }

// Update takes the letter of a value.
func (c *Choice) Update(msg tea.KeyMsg) {
	for i, o := range c.options {
		if o.Key != "" && !msg.Paste && msg.String() == o.Key {
			c.at = i
		}
	}
}

// takes reports whether a key is the letter of a value; what is pasted is text.
func (c *Choice) takes(msg tea.KeyMsg) bool {
	return !msg.Paste && slices.ContainsFunc(c.options, func(o Option) bool { return o.Key != "" && msg.String() == o.Key })
}

// Turn goes on by so many values, or back.
func (c *Choice) Turn(by int) {
	n := len(c.options)
	c.at = ((c.at+by)%n + n) % n
}

// Value returns the chosen value.
func (c *Choice) Value() string { return c.options[c.at].Value }

// SetValue chooses a value; an unknown one changes nothing.
func (c *Choice) SetValue(value string) {
	for i, o := range c.options {
		if o.Value == value {
			c.at = i
		}
	}
}

// View draws the chosen option between its arrows.
func (c *Choice) View(look theme.Look, w int, focused bool) []string {
	label := draw.Cut(c.options[c.at].Label, w-4)
	if !focused {
		return []string{"  " + look.Text.Render(label)}
	}
	return []string{look.Focus.Render(look.Left) + " " + look.Strong.Render(label) + " " + look.Focus.Render(look.Right)}
}
