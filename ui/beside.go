package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
)

// In a vast window the list of accounts stands at the left of every other screen, and is
// no screen of its own: its tab and its key only give it the keys.

// sideScreen is a screen that can stand at the left of another one.
type sideScreen interface {
	shell.Screen
	// Pane draws it in w by h cells; isActive: it has the keys.
	Pane(w, h int, isActive bool) []string
	// PaneSpots are where the mouse can be used on what Pane has drawn last.
	PaneSpots(w, h int) []shell.Spot
	// SetBeside says whether it is in sight beside another screen.
	SetBeside(isBeside bool) tea.Cmd
}

// side is the screen at the left and its number; nil where there is none.
func (m *Model) side() (sideScreen, int) {
	for i, s := range m.screens {
		if side, ok := s.(sideScreen); ok && m.shell.Room >= shell.Vast {
			return side, i
		}
	}
	return nil, -1
}

// sideWidth is the part of a vast window that the side has, in cells.
func (m *Model) sideWidth() int { return m.w * 29 / 100 }

// beside is the screen at the right of the side: the one in front, or the one that was
// before the side got the keys.
func (m *Model) beside() shell.Screen {
	if _, i := m.side(); i == m.at {
		return m.screens[m.right]
	}
	return m.screen()
}

// keepScreens makes the account that was opened begin on the screen in front. One that was
// chosen in the side itself begins on the screen that was in front before.
func (m *Model) keepScreens(msg openedMsg) {
	if m.start != nil {
		return
	}
	front, before := m.screen().Scope(), m.screens[m.right].Scope()
	if _, isSide := m.screen().(sideScreen); !isSide {
		before = front
	}
	if m.beginsOn, m.beginsBeside = front, before; msg.isFromSide {
		m.beginsOn = before
	}
}

// body draws the screen in front, with the side if there is one.
func (m *Model) body(w, h int) []string {
	side, i := m.side()
	if side == nil {
		return m.screen().View(w, h)
	}
	left := m.sideWidth()
	return draw.Beside(side.Pane(left, h, i == m.at), m.beside().View(w-left, h))
}

// bodySpots are where the mouse can be used on the body as it was drawn last. A click on
// the one of two screens that has not the keys gives them to it, and does the rest.
func (m *Model) bodySpots(w, h int) []shell.Spot {
	side, i := m.side()
	if side == nil {
		return m.screen().Spots(w, h)
	}
	left := m.sideWidth()
	if i == m.at {
		other := shell.Spot{X: left, W: w - left, H: h, Key: actionOf(m.beside().Scope())}
		return append(side.PaneSpots(left, h), other)
	}
	other := shell.Spot{W: left, H: h, Key: actionOf(side.Scope())}
	return append(shell.Moved(m.screen().Spots(w-left, h), left, 0), other)
}

// frontMsg says which screen has the keys, and which is in sight besides.
func (m *Model) frontMsg(row string) shell.GoToMsg {
	msg := shell.GoToMsg{Screen: m.screen().Scope(), Row: row}
	if _, i := m.side(); i == m.at {
		msg.Beside = m.beside().Scope()
	}
	return msg
}

// placed tells the screens of a window of another size which of them are in sight. It
// does so only where a window becomes vast, or is no longer: at any other size that stays.
func (m *Model) placed(was shell.Room) tea.Cmd {
	cmds := []tea.Cmd{m.setBeside()}
	if (was >= shell.Vast) != (m.shell.Room >= shell.Vast) && len(m.screens) > 0 {
		for _, s := range m.screens { // not the dialogs: a page would take it that its screen is left
			cmds = append(cmds, s.Update(m.frontMsg("")))
		}
	}
	return tea.Batch(cmds...)
}

// setBeside tells the side whether it stands beside another screen now.
func (m *Model) setBeside() tea.Cmd {
	isVast := m.shell.Room >= shell.Vast
	var cmds []tea.Cmd
	for _, s := range m.screens {
		if side, ok := s.(sideScreen); ok {
			cmds = append(cmds, side.SetBeside(isVast))
		}
	}
	return tea.Batch(cmds...)
}
