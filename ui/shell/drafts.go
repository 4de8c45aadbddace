package shell

import (
	"errors"
	"maps"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/draft"
)

// drafts keep what is typed and not yet sent, so that nothing is lost by esc,
// a failed save, the end of the program or its crash. What changed is written
// with the next beat; what was typed in this session is also kept here.
type Drafts struct {
	store *draft.Store
	Scope string                       // database and account
	typed map[string]map[string]string // by key; nil values: the draft is gone
	dirty map[string]bool
	sent  map[string]sending // by key; see command.go
	// writing orders what is written: a command that still writes is waited
	// for, so that nothing older lands after something newer.
	writing *sync.Mutex
	busy    bool // a command writes
}

func newDrafts(store *draft.Store) Drafts {
	return Drafts{store: store, typed: map[string]map[string]string{}, dirty: map[string]bool{}, sent: map[string]sending{}, writing: &sync.Mutex{}}
}

// key is scope and form; the store groups by what stands before the form.
func (d *Drafts) Key(form string) string { return d.Scope + draft.Group + form }

func scopeOf(key string) string { scope, _, _ := strings.Cut(key, draft.Group); return scope }

// keep remembers what stands in a form.
func (d *Drafts) Keep(form string, values map[string]string) {
	d.keepAt(d.Key(form), values)
}

func (d *Drafts) keepAt(key string, values map[string]string) {
	values = d.marked(key, values)
	if old, ok := d.typed[key]; ok && maps.Equal(old, values) {
		return
	}
	d.typed[key], d.dirty[key] = values, true
}

// drop forgets a draft: it was sent, or thrown away.
func (d *Drafts) Drop(form string) {
	key := d.Key(form)
	d.typed[key], d.dirty[key] = nil, true
}

// draftFoundMsg brings the draft of a form.
type DraftFoundMsg struct {
	Key    string
	Values map[string]string
}

// findCmd looks for the draft of a form, in this session first.
func (d *Drafts) FindCmd(form string) tea.Cmd {
	key, store := d.Key(form), d.store
	if values, ok := d.typed[key]; ok {
		return func() tea.Msg { return DraftFoundMsg{key, values} }
	}
	return func() tea.Msg {
		found, ok := store.Load(key)
		if !ok {
			return DraftFoundMsg{key, nil}
		}
		return DraftFoundMsg{key, found.Fields}
	}
}

// draftsSavedMsg: a command has written, or failed to write what is in keys.
type draftsSavedMsg struct {
	keys map[string]bool
	err  error
}

// saveCmd writes what changed; nil when nothing did, or while one writes.
func (d *Drafts) saveCmd() tea.Cmd {
	if len(d.dirty) == 0 || d.busy {
		return nil
	}
	d.busy = true
	keys, write := d.dirty, d.writer()
	return func() tea.Msg { return draftsSavedMsg{keys, write()} }
}

// saved takes note of a command's end. What could not be written is tried
// again with the next change.
func (d *Drafts) saved(m draftsSavedMsg) {
	d.busy = false
	if m.err != nil {
		maps.Copy(d.dirty, m.keys)
	}
}

// writer returns what writes all that changed, and forgets that it did.
func (d *Drafts) writer() func() error {
	changed := map[string]map[string]string{}
	for key := range d.dirty {
		changed[key] = maps.Clone(d.typed[key])
	}
	d.dirty = map[string]bool{}
	store, writing := d.store, d.writing
	return func() error {
		writing.Lock()
		defer writing.Unlock()
		return write(store, changed)
	}
}

func write(store *draft.Store, changed map[string]map[string]string) error {
	var faults []error
	for key, values := range changed {
		if values == nil {
			faults = append(faults, store.Delete(key))
		} else {
			faults = append(faults, store.Save(key, values))
		}
	}
	return errors.Join(faults...)
}

// dropAll forgets every draft of the account: it was deleted.
func (d *Drafts) DropAll() tea.Cmd {
	for key := range d.typed {
		if scopeOf(key) == d.Scope {
			d.typed[key], d.dirty[key] = nil, true
		}
	}
	store, scope, write := d.store, d.Scope, d.writer()
	return func() tea.Msg { return draftsSavedMsg{nil, errors.Join(write(), store.DeleteGroup(scope))} }
}

// flushDrafts writes now: no more messages will be handled.
func (s *Shell) FlushDrafts() { _ = s.Drafts.writer()() }

// quitCmd writes what is left and ends the program.
func (s *Shell) QuitCmd() tea.Cmd {
	write := s.Drafts.writer()
	return tea.Sequence(func() tea.Msg { _ = write(); return nil }, tea.Quit)
}
