package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// start is a start screen. It stands in place of the screens until an account is open:
// the questions of the first run, or a server that has not answered yet.
type start interface {
	Init() tea.Cmd
	Update(msg tea.Msg) tea.Cmd
	Key(msg tea.KeyMsg) tea.Cmd
	// PassTime does what is due.
	PassTime() tea.Cmd
	// Due is when PassTime has something to do next; false for never.
	Due() (at time.Time, isDue bool)
	// Typing reports whether text is being typed.
	Typing() bool
	// View draws the whole window.
	View(w, h int) []string
	// Spots are where the mouse can be used on that.
	Spots(w, h int) []shell.Spot
	Scope() keymap.Scope
}

// openedMsg: an account was opened, and is to be shown.
type openedMsg struct {
	opened     Opened
	isFromSide bool // it was chosen in the list that can stand at the side
}
