package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// Title says what names the window.
type Title struct {
	IsOff      bool // the terminal has no title
	HasAccount bool // the name of the account is a part of it
}

// title names the window: where the account is, and how it stands. Whose it is stays
// inside the window unless it is asked for, since titles are seen in lists and on shared
// screens.
func (m *Model) title() string {
	sh := m.shell
	name := "pinghome"
	if place := strings.TrimPrefix(sh.Where(), shell.RemotePlace); place != shell.LocalPlace {
		name += " " + place
	}
	if m.titles.HasAccount && m.start == nil {
		name += ", " + m.accountName()
	}
	state := ""
	switch {
	case sh.Connection.Offline:
		state = "offline"
	case m.start == nil && !sh.Session.Ended:
		state = sh.Headline()
	}
	if state != "" {
		name += ": " + state
	}
	return safe.Text(name)
}

// accountName is the full name, as it was read last.
func (m *Model) accountName() string {
	if p := m.shell.Session.Profile; p != nil {
		return p.Customer.FullName()
	}
	return m.shell.Session.Account.FullName()
}

// titleCmd names the window anew, where its name has changed.
func (m *Model) titleCmd() tea.Cmd {
	if m.titles.IsOff {
		return nil
	}
	title := m.title()
	if title == m.titled {
		return nil
	}
	m.titled = title
	return tea.SetWindowTitle(title)
}
