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
