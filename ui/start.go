package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
)

// start is what stands in place of the screens until there is an account: the
// questions of the first run, or a server that has not answered yet.
type start interface {
	Init() tea.Cmd
	Update(fact tea.Msg) tea.Cmd
	Key(msg tea.KeyMsg) tea.Cmd
	// Beat lets time pass.
	PassTime() tea.Cmd
	// Typing reports whether letters are letters now.
	Typing() bool
	// View draws the whole window.
	View(w, h int) []string
	Scope() keymap.Scope
}

// openedMsg: an account was opened, and the console goes to it.
type openedMsg struct{ opened Opened }
