package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
)

// actMsg asks for an action, as if its key had been pressed.
type actMsg struct{ id keymap.ID }

// help opens the keys of this moment, from the table itself. Choosing one
// does it, where that makes sense: on a screen, not inside a dialog.
func (m *Model) help() {
	sh := m.shell
	if p, ok := sh.top().(*picker); ok && p.title == helpTitle {
		sh.close(p)
		return
	}
	items, runs := m.helpItems()
	hint := "type to filter"
	if runs {
		hint += ", enter does it"
	}
	sh.open(newPicker(sh, helpTitle, hint, items, func(it item) tea.Cmd {
		if !runs || sh.Keys.Action(keymap.ID(it.id)).Where == keymap.Always {
			return nil
		}
		return func() tea.Msg { return actMsg{keymap.ID(it.id)} }
	}))
}

const helpTitle = "Keys"

// helpScopes are where the keys of this moment stand in the table, and whether
// they can be done from the help.
func (m *Model) helpScopes() (scopes []keymap.Scope, runs bool) {
	switch o := m.shell.top(); {
	case o != nil:
		scopes = []keymap.Scope{o.Scope()}
	case m.start != nil:
		scopes = []keymap.Scope{m.start.Scope()}
	case m.screen().TypingScope() != "":
		scopes = []keymap.Scope{m.screen().TypingScope()}
	default:
		return []keymap.Scope{m.screen().Scope(), keymap.Anywhere}, true
	}
	switch scopes[0] { // with what works only inside of them
	case keymap.Form:
		scopes = append(scopes, keymap.Choices)
	case keymap.Erase:
		scopes = append(scopes, keymap.Reasons)
	}
	return scopes, false
}

// helpItems are the rows of the help.
func (m *Model) helpItems() (items []item, runs bool) {
	scopes, runs := m.helpScopes()
	var actions []keymap.Action
	if r, ok := m.shell.top().(*reader); ok {
		for _, id := range r.actions.ids {
			actions = append(actions, m.shell.Keys.Action(id))
		}
	}
	for _, scope := range append(scopes, keymap.Always) {
		actions = append(actions, m.shell.Keys.In(scope)...)
	}
	for _, a := range actions {
		it := item{text: a.Title, right: a.AllKeys(), id: string(a.ID)}
		if a.Where != keymap.Anywhere && a.Where != keymap.Always {
			it.text = string(a.Where) + ": " + a.Title
		}
		if runs && a.Where != keymap.Always {
			it.off = m.whyOff(a.ID)
		}
		items = append(items, it)
	}
	return items, runs
}
