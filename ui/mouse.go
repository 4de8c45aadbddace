package ui

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/press"
	"github.com/account-settings/pinghome/ui/shell"
)

const (
	wheelLines    = 3                      // that a step of the wheel moves
	doubleClick   = 500 * time.Millisecond // between its two clicks at most
	doubleClickTo = 2                      // cells that they may be apart in a row
)

// mouse is what is known of the mouse. It is off until it is asked for: while it is on,
// the terminal does not select text with it.
type mouse struct {
	isOn bool
	last click // that may be the first one of a double click; zero for none
}

type click struct {
	at     time.Time
	x, y   int
	dialog shell.Overlay // that was the topmost, nil for none
	screen int
}

// isMouseKey reports whether a key turns the mouse on or off where dialogs and start
// screens take the keys: it does so wherever letters are keys.
func (m *Model) isMouseKey(msg tea.KeyMsg) bool {
	hasKeys := m.start != nil || m.shell.Top() != nil || m.shell.Session.Ended
	return hasKeys && !m.typing() && !msg.Paste && m.shell.Keys.Find(msg.String(), keymap.Anywhere) == keymap.Mouse
}

func (m *Model) toggleMouse() tea.Cmd {
	m.shell.Notices.Key(m.shell.Now)
	m.mouse = mouse{isOn: !m.mouse.isOn}
	if !m.mouse.isOn {
		m.shell.Tell(shell.Neutral, "The mouse is off here: it selects text again.")
		return tea.DisableMouse
	}
	m.shell.Tell(shell.Neutral, "The mouse is on. shift+drag selects text, or %s turns it off.", m.shell.Keys.Key(keymap.Mouse))
	return tea.EnableMouseCellMotion
}

// useMouse handles the left button and the wheel. Everything else is the terminal's.
func (m *Model) useMouse(msg tea.MouseMsg) tea.Cmd {
	if !m.mouse.isOn || msg.Action != tea.MouseActionPress || msg.Shift || msg.Alt || msg.Ctrl {
		return nil
	}
	switch msg.Button {
	case tea.MouseButtonLeft:
		return m.click(msg)
	case tea.MouseButtonWheelUp:
		return m.wheel(msg, -wheelLines)
	case tea.MouseButtonWheelDown:
		return m.wheel(msg, wheelLines)
	default:
		return nil
	}
}

// wheel moves what is under the pointer, and then lets the screens read what has come
// into sight.
func (m *Model) wheel(msg tea.MouseMsg, lines int) tea.Cmd {
	for _, spot := range slices.Backward(m.spots()) {
		if spot.Has(msg.X, msg.Y) && spot.Wheel != nil {
			spot.Wheel(lines)
			return m.deliver(msg)
		}
	}
	return nil
}

// click does what the spot under the pointer is for. A key that it presses goes the way
// of all keys, so that a click does nothing that they could not do.
func (m *Model) click(msg tea.MouseMsg) tea.Cmd {
	isSecond := m.isSecond(msg)
	m.mouse.last = click{}
	for _, spot := range slices.Backward(m.spots()) {
		if !spot.Has(msg.X, msg.Y) || spot.Choose == nil && spot.Key == "" {
			continue
		}
		if spot.Choose != nil && !spot.Choose(msg.X-spot.X, msg.Y-spot.Y) {
			return nil
		}
		id := spot.Key
		if id == "" && isSecond {
			id = spot.Again
		} else if id == "" {
			m.mouse.last = click{m.shell.Now, msg.X, msg.Y, m.shell.Top(), m.at}
		}
		m.shell.ClearDrops() // the key that was to be dropped was not the next thing
		seen := m.deliver(msg)
		return tea.Batch(seen, m.pressed(id))
	}
	return nil
}

// pressed presses the key of an action; of "" it only notes that something was pressed.
func (m *Model) pressed(id keymap.ID) tea.Cmd {
	if keys := m.shell.Keys.Action(id).Keys; len(keys) > 0 {
		if key, isKnown := press.Key(keys[0]); isKnown {
			return m.key(key)
		}
	}
	m.shell.Notices.Key(m.shell.Now)
	return nil
}

// isSecond reports whether a click is the second one of a double click.
func (m *Model) isSecond(msg tea.MouseMsg) bool {
	last, apart := m.mouse.last, msg.X-m.mouse.last.x
	return !last.at.IsZero() && m.shell.Now.Sub(last.at) <= doubleClick && last.y == msg.Y && max(apart, -apart) <= doubleClickTo &&
		last.dialog == m.shell.Top() && last.screen == m.at
}

// spots are all that the mouse can be used on now. With a dialog open they are the
// dialog's, as the keys are.
func (m *Model) spots() []shell.Spot {
	if m.w == 0 || m.shell.Room == shell.TooSmall {
		return nil
	}
	isScreen := m.start == nil && !m.shell.Session.Ended
	below := 0
	if isScreen {
		_, below = m.frame() // the lists are as the window shows them
	}
	switch {
	case m.shell.Top() != nil:
		return m.shell.DialogSpots(m.behind(below))
	case m.start != nil:
		return m.start.Spots(m.w, m.h)
	case !isScreen:
		return nil
	}
	spots := shell.Moved(m.bodySpots(m.w, m.bodyHeight), 0, m.bodyTop)
	if !m.typing() { // else the keys of the tabs are text
		spots = append(spots, shell.Moved(m.tabSpots(), 0, 1)...)
		if m.shell.Room != shell.Compact && m.shell.WhyNoProblem() == "" {
			spots = append(spots, shell.Spot{Y: 2, W: m.w, H: 1, Key: keymap.NextProblem}) // the verdict
		}
	}
	return append(spots, shell.Moved(m.shell.HintSpots(m.footerKeys(), m.w, m.footerOff()), 0, m.h-1)...)
}
