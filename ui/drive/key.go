package drive

import (
	"fmt"
	"reflect"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/press"
)

// Key returns the message of a key by its name; see press.Key. It panics for an unknown
// name; Driver.Type is for text.
func Key(name string) tea.KeyMsg {
	key, isKnown := press.Key(name)
	if !isKnown {
		panic(fmt.Sprintf("drive: there is no key %q", name))
	}
	return key
}

// The messages that turn the mouse on and off. Bubble Tea does not export their types.
var (
	mouseOn  = reflect.TypeOf(tea.EnableMouseCellMotion())
	mouseOff = reflect.TypeOf(tea.DisableMouse())
)

// Click clicks with the left button on a cell of the window, counted from 0. Where the
// model has not turned the mouse on, nothing comes of it. Two clicks on the same cell are
// a double click, unless Pass moves the clock between them.
func (d *Driver) Click(x, y int) {
	if d.HasMouse {
		d.Send(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
		d.Send(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionRelease, Button: tea.MouseButtonLeft})
	}
}

// Wheel turns the wheel over a cell by so many steps, up for a negative number.
func (d *Driver) Wheel(x, y, steps int) {
	button := tea.MouseButtonWheelDown
	if steps < 0 {
		button, steps = tea.MouseButtonWheelUp, -steps
	}
	for range steps {
		if d.HasMouse {
			d.Send(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: button})
		}
	}
}
