package ui

import (
	"maps"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/draft"
)

// drafts keep what is typed and not yet sent, so that nothing is lost by esc,
// a failed save, the end of the program or its crash. What changed is written
// with the next beat; what was typed in this session is also kept here.
type drafts struct {
	store *draft.Store
	scope string                       // database and account
	typed map[string]map[string]string // by key; nil values: the draft is gone
	dirty map[string]bool
}

func newDrafts(store *draft.Store) drafts {
	return drafts{store: store, typed: map[string]map[string]string{}, dirty: map[string]bool{}}
}

func (d *drafts) key(form string) string { return d.scope + "|" + form }

// keep remembers what stands in a form.
func (d *drafts) keep(form string, values map[string]string) {
	key := d.key(form)
	if old, ok := d.typed[key]; ok && maps.Equal(old, values) {
		return
	}
	d.typed[key], d.dirty[key] = values, true
}

// drop forgets a draft: it was sent, or thrown away.
func (d *drafts) drop(form string) {
	key := d.key(form)
	d.typed[key], d.dirty[key] = nil, true
}

// draftFoundMsg brings the draft of a form.
type draftFoundMsg struct {
	key    string
	values map[string]string
}

// findCmd looks for the draft of a form, in this session first.
func (d *drafts) findCmd(form string) tea.Cmd {
	key, store := d.key(form), d.store
	if values, ok := d.typed[key]; ok {
		return func() tea.Msg { return draftFoundMsg{key, values} }
	}
	return func() tea.Msg {
		found, ok := store.Load(key)
		if !ok {
			return draftFoundMsg{key, nil}
		}
		return draftFoundMsg{key, found.Fields}
	}
}

type draftsSavedMsg struct{ err error }

// saveCmd writes what changed, nil when nothing did.
func (d *drafts) saveCmd() tea.Cmd {
	if len(d.dirty) == 0 {
		return nil
	}
	store, changed := d.store, d.changed()
	return func() tea.Msg { return draftsSavedMsg{write(store, changed)} }
}

// changed hands out what is to be written and forgets that it is.
func (d *drafts) changed() map[string]map[string]string {
	out := map[string]map[string]string{}
	for key := range d.dirty {
		out[key] = maps.Clone(d.typed[key])
	}
	clear(d.dirty)
	return out
}

func write(store *draft.Store, changed map[string]map[string]string) error {
	var first error
	for key, values := range changed {
		err := store.Delete(key)
		if values != nil {
			err = store.Save(key, values)
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// flushDrafts writes now: the program is about to end.
func (d *desk) flushDrafts() { _ = write(d.drafts.store, d.drafts.changed()) }
