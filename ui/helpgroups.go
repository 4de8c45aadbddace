package ui

import (
	"slices"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// helpGroups are the groups of the help, and whether their actions can be done from it.
func (m *Model) helpGroups() (groups []helpGroup, runs bool) {
	switch o := m.shell.Top(); {
	case o != nil:
		groups = m.dialogGroups(o)
	case m.start != nil:
		groups = m.startGroups()
	case m.screen().TypingScope() != "":
		groups = []helpGroup{m.helpGroup(m.screen().TypingScope())}
	default:
		groups, runs = m.screenGroups(), true
	}
	always := m.helpGroup(keymap.Always)
	always.title = "Also while text is typed"
	return append(groups, always), runs
}

// startGroups are the keys of the start screen. While text is typed they are those of the form.
func (m *Model) startGroups() []helpGroup {
	own := m.helpGroup(m.start.Scope())
	if m.start.Typing() {
		return []helpGroup{own}
	}
	add := func(id keymap.ID) { own.rows = append(own.rows, rowOf(m.shell.Keys.Action(id))) }
	add(keymap.Notices)
	if m.whyNoOther() == "" {
		add(keymap.Switch)
	}
	if m.start.Scope() == keymap.FirstRun {
		add(keymap.Quit)
	}
	return []helpGroup{own}
}

// dialogGroups are the keys of a dialog, and what can be done with the subject of a page.
func (m *Model) dialogGroups(o shell.Overlay) (groups []helpGroup) {
	if r, isPage := o.(*shell.Reader); isPage && len(r.Actions.List) > 0 {
		g := helpGroup{title: string(r.Actions.Scope)}
		for _, a := range r.Actions.List {
			g.rows = append(g.rows, rowOf(m.shell.Keys.Action(a.ID)))
		}
		groups = append(groups, g)
	}
	for _, scope := range o.Scopes() {
		groups = append(groups, m.helpGroup(scope))
	}
	return groups
}

// screenGroups are the keys of the screen in front, of all screens, and of the others.
func (m *Model) screenGroups() []helpGroup {
	var others []helpGroup
	for _, s := range m.screens {
		if s == m.screen() {
			continue
		}
		g := m.helpGroup(s.Scope())
		for i := range g.rows {
			g.rows[i].off = g.rows[i].keys + " is a key of " + s.Title() + ": " + m.shell.Keys.Key(actionOf(s.Scope())) + " goes there."
		}
		others = append(others, g)
	}
	here, everywhere := m.helpGroup(m.screen().Scope()), m.helpGroup(keymap.Anywhere)
	here.title += " " + m.shell.Look.Dot + " this screen"
	for _, g := range []*helpGroup{&here, &everywhere} {
		for i := range g.rows {
			g.rows[i].off = m.whyOff(g.rows[i].id)
		}
	}
	groups := append([]helpGroup{here}, others...)
	for i := range groups {
		groups[i].isRight = true
	}
	return slices.Insert(groups, 1, everywhere)
}

func (m *Model) helpGroup(scope keymap.Scope) helpGroup {
	g := helpGroup{title: string(scope)}
	for _, a := range m.shell.Keys.In(scope) {
		g.rows = append(g.rows, rowOf(a))
	}
	return g
}

func rowOf(a keymap.Action) helpRow { return helpRow{id: a.ID, text: a.Title, keys: a.AllKeys()} }
