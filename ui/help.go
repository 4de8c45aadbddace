package ui

import (
	"slices"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/shell"
)

// helpDialog lists the keys that work now, in groups under headings; on a screen also those
// of the others. Choosing one on a screen does it. helpview.go draws it.
type helpDialog struct {
	model  *Model
	groups []helpGroup
	runs   bool // what is chosen is done
	find   *form.Input
	isOpen bool // the find field is typed into, though it may be empty
	at     int  // the row under the cursor, of those that are found
	top    int  // the first line in sight
	height int  // of the lines in sight
}

// helpGroup is the keys of one scope.
type helpGroup struct {
	title   string
	isRight bool // it stands in the right one of two columns
	rows    []helpRow
}

type helpRow struct {
	id         keymap.ID
	text, keys string
	off        string // why it cannot be done, "" when it can
}

// help opens the list of keys, or closes it.
func (m *Model) help() {
	if top := m.shell.Top(); top != nil && top == m.helpList {
		m.shell.Close(top)
		return
	}
	d := &helpDialog{model: m, find: form.NewInput("", "type to find")}
	d.groups, d.runs = m.helpGroups()
	d.at = d.firstOf(0)
	m.helpList = d
	m.shell.Open(d)
}

func (d *helpDialog) Update(tea.Msg) tea.Cmd { return nil }

// Typing reports whether all letters go into the find field.
func (d *helpDialog) Typing() bool { return d.isOpen || d.find.Value() != "" }

func (d *helpDialog) Scopes() []keymap.Scope {
	if d.Typing() {
		return []keymap.Scope{keymap.Pick}
	}
	return []keymap.Scope{keymap.Helping}
}

// Key moves, finds, does or closes.
func (d *helpDialog) Key(msg tea.KeyMsg) tea.Cmd {
	id := d.model.shell.Keys.Find(msg.String(), d.Scopes()...)
	if msg.Paste {
		id = ""
	}
	switch id {
	case keymap.HelpClose:
		d.model.shell.Close(d)
	case keymap.PickClose:
		d.isOpen = false
		d.find.SetValue("")
		d.at = 0
	case keymap.HelpFind:
		d.isOpen = true
	case keymap.HelpDown, keymap.PickDown:
		d.move(1)
	case keymap.HelpUp, keymap.PickUp:
		d.move(-1)
	case keymap.HelpPageDown, keymap.PickPageDown:
		d.move(max(1, d.height/2))
	case keymap.HelpPageUp, keymap.PickPageUp:
		d.move(-max(1, d.height/2))
	case keymap.PickTop:
		d.at = 0
	case keymap.PickBottom:
		d.move(len(d.found()))
	case keymap.HelpColumn:
		d.changeColumn()
	case keymap.HelpRun, keymap.PickRun:
		return d.run()
	default:
		d.typed(msg)
	}
	return nil
}

func (d *helpDialog) typed(msg tea.KeyMsg) {
	before := d.find.Value()
	d.find.Update(msg)
	if d.find.Value() != before {
		d.at = 0
	}
}

func (d *helpDialog) move(rows int) {
	d.at = max(0, min(d.at+rows, len(d.found())-1))
}

// run closes the list and does what is under the cursor, or says why it cannot be done.
func (d *helpDialog) run() tea.Cmd {
	rows := d.found()
	if len(rows) == 0 {
		return nil
	}
	row := rows[min(d.at, len(rows)-1)]
	d.model.shell.Close(d)
	switch {
	case !d.runs || d.model.shell.Keys.Action(row.id).Where == keymap.Always:
		return nil
	case row.off != "":
		d.model.shell.Refuse(shell.Warning, "%s", row.off)
		return nil
	}
	return func() tea.Msg { return shell.ActMsg{ID: row.id} }
}

// found are the rows that match what is typed, in the order in which they are shown.
func (d *helpDialog) found() (rows []helpRow) {
	for _, g := range d.shown() {
		rows = append(rows, g.rows...)
	}
	return rows
}

// firstOf is the number of the first row of a group.
func (d *helpDialog) firstOf(group int) (row int) {
	for _, g := range d.shown() {
		if g.title == d.groups[group].title {
			break
		}
		row += len(g.rows)
	}
	return row
}

// shown are the groups with the rows that match, those of the left column first.
func (d *helpDialog) shown() []helpGroup {
	groups := slices.Clone(d.matching())
	if d.isWide() {
		slices.SortStableFunc(groups, func(a, b helpGroup) int {
			switch {
			case a.isRight == b.isRight:
				return 0
			case b.isRight:
				return -1
			}
			return 1
		})
	}
	return groups
}

// matching are the groups with the rows that match: those that have every word, or this
// key, and where there are none those that have the letters in this order.
func (d *helpDialog) matching() []helpGroup {
	text := strings.ToLower(strings.TrimSpace(d.find.Value()))
	if text == "" {
		return d.groups
	}
	found := d.filtered(func(r helpRow) bool {
		hasWord := func(word string) bool { return strings.Contains(strings.ToLower(r.text), word) }
		return slices.Contains(strings.Fields(r.keys), text) || !slices.ContainsFunc(strings.Fields(text), func(word string) bool { return !hasWord(word) })
	})
	if len(found) > 0 {
		return found
	}
	return d.filtered(func(r helpRow) bool { return len(fuzzy.Find(text, []string{r.text})) > 0 })
}

func (d *helpDialog) filtered(isFound func(helpRow) bool) (groups []helpGroup) {
	for _, g := range d.groups {
		g.rows = slices.DeleteFunc(slices.Clone(g.rows), func(r helpRow) bool { return !isFound(r) })
		if len(g.rows) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// helpGroups are the groups of the help, and whether their actions can be done from it.
func (m *Model) helpGroups() (groups []helpGroup, runs bool) {
	switch o := m.shell.Top(); {
	case o != nil:
		groups = m.dialogGroups(o)
	case m.start != nil:
		groups = []helpGroup{m.helpGroup(m.start.Scope())}
	case m.screen().TypingScope() != "":
		groups = []helpGroup{m.helpGroup(m.screen().TypingScope())}
	default:
		groups, runs = m.screenGroups(), true
	}
	always := m.helpGroup(keymap.Always)
	always.title = "Also while text is typed"
	return append(groups, always), runs
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

// tellUnknown says that a key does nothing here: once, and not again while it is pressed
// on.
func (m *Model) tellUnknown(msg tea.KeyMsg) {
	name := keymap.Show(msg.String())
	if msg.Paste || m.unknown == name || name == "" || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return
	}
	m.unknown = name
	m.shell.Tell(shell.Neutral, "There is no key %s here %s %s lists them.", name, m.shell.Look.Dot, m.shell.Keys.Key(keymap.Help))
}

// forgetUnknown ends what was told of a key that does nothing, since another one does.
func (m *Model) forgetUnknown() {
	if m.unknown != "" {
		m.unknown = ""
		m.shell.Notices.Moved(m.shell.Now)
	}
}

// knows reports whether a dialog that is not typed into has a use for a key.
func (m *Model) knows(o shell.Overlay, key string) bool {
	if _, isHelp := o.(*helpDialog); isHelp || m.shell.Keys.Find(key, o.Scopes()...) != "" {
		return true
	}
	r, isPage := o.(*shell.Reader)
	if !isPage {
		return false
	}
	_, isThere := shell.FindAction(r.Actions.List, m.shell.Keys.Find(key, r.Actions.Scope, keymap.Anywhere))
	return isThere
}
