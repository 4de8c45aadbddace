package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// help opens the list of the keys that work now. On a screen, choosing one does it.
func (m *Model) help() {
	sh := m.shell
	if top := sh.Top(); top != nil && top == m.helpList {
		sh.Close(top)
		return
	}
	items, runs := m.helpItems()
	hint := "type to filter"
	if runs {
		hint += ", enter does it"
	}
	m.helpList = shell.NewPicker(sh, "Keys", hint, items, func(it shell.Item) tea.Cmd {
		if !runs || sh.Keys.Action(keymap.ID(it.ID)).Where == keymap.Always {
			return nil
		}
		return func() tea.Msg { return shell.ActMsg{ID: keymap.ID(it.ID)} }
	})
	sh.Open(m.helpList)
}

// helpScopes lists the scopes of the keys that work now, and whether their actions
// can be done from the help.
func (m *Model) helpScopes() (scopes []keymap.Scope, runs bool) {
	switch o := m.shell.Top(); {
	case o != nil:
		return o.Scopes(), false
	case m.start != nil:
		return []keymap.Scope{m.start.Scope()}, false
	case m.screen().TypingScope() != "":
		return []keymap.Scope{m.screen().TypingScope()}, false
	}
	return []keymap.Scope{m.screen().Scope(), keymap.Anywhere}, true
}

// helpItems are the rows of the help.
func (m *Model) helpItems() (items []shell.Item, runs bool) {
	scopes, runs := m.helpScopes()
	var actions []keymap.Action
	if r, ok := m.shell.Top().(*shell.Reader); ok {
		for _, a := range r.Actions.List {
			actions = append(actions, m.shell.Keys.Action(a.ID))
		}
	}
	for _, scope := range append(scopes, keymap.Always) {
		actions = append(actions, m.shell.Keys.In(scope)...)
	}
	for _, a := range actions {
		it := shell.Item{Text: a.Title, Right: a.AllKeys(), ID: string(a.ID)}
		if a.Where != keymap.Anywhere && a.Where != keymap.Always {
			it.Text = string(a.Where) + ": " + a.Title
		}
		if runs && a.Where != keymap.Always {
			it.Off = m.whyOff(a.ID)
		}
		items = append(items, it)
	}
	return items, runs
}
