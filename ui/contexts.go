package ui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// Context is a place with accounts that can be opened in place of the one that is open: a
// server of the configuration, or the database that the console began with.
type Context struct {
	Name  string
	Place string // where it is, as a person is shown it
	// Open opens the account that was open there last, or the first one.
	Open func(context.Context) (Opened, error)
}

// openingContext is the name of the request that opens one.
const openingContext = "open context"

// itemContext is the beginning of an item's id that is a context.
const itemContext = "context "

// contextItems are the contexts in a list to choose from.
func (m *Model) contextItems() []shell.Item {
	items := make([]shell.Item, len(m.contexts))
	for i, c := range m.contexts {
		items[i] = shell.Item{Text: "Context: " + safe.Text(c.Name), Right: safe.Text(c.Place), ID: itemContext + c.Name}
		if c.Name == m.context && !m.shell.Session.Ended && m.start == nil {
			items[i].Off = "This context is open."
		}
	}
	return items
}

// openContext opens the account of a context. The one that is open stays until that one is.
func (m *Model) openContext(name string) tea.Cmd {
	for _, c := range m.contexts {
		if c.Name != name {
			continue
		}
		return m.shell.Load(openingContext, func(ctx context.Context) tea.Msg {
			opened, err := c.Open(ctx)
			recent := LoadLast(m.memory.store, opened.Scope).Recent
			return contextOpenedMsg{name: c.Name, openedMsg: openedMsg{opened: opened}, recent: recent, err: err}
		})
	}
	return nil
}

type contextOpenedMsg struct {
	openedMsg
	name   string
	recent string // see Last
	err    error
}

// contextOpened handles the answer to openContext.
func (m *Model) contextOpened(msg tea.Msg) tea.Cmd {
	opened, ok := msg.(contextOpenedMsg)
	if !ok {
		return nil
	}
	if opened.err != nil {
		m.shell.FailElsewhere(fmt.Sprintf("The context %s could not be opened", safe.Text(opened.name)), opened.err)
		return nil
	}
	m.context = opened.name
	if _, isKnown := m.opens[opened.opened.Scope]; !isKnown {
		m.opens[opened.opened.Scope] = strings.Fields(opened.recent)
	}
	return func() tea.Msg { return opened.openedMsg }
}
