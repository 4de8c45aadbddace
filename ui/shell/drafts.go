package shell

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/draft"
)

// Drafts keep what is typed and not sent yet, so that nothing is lost by esc, a
// failed save, the end of the program or a crash. Changes are written to the store
// at the next poll interval; what was typed since the start is also held here.
type Drafts struct {
	store  *draft.Store
	Scope  string                       // database and account
	typed  map[string]map[string]string // the values by key; nil: the draft was dropped
	dirty  map[string]bool              // the keys that have not been written
	titles map[string]string            // of the forms, by key
	sent   map[string]sending           // by key; see command.go
	// writing lets one command write at a time, so that nothing older is written
	// after something newer.
	writing *sync.Mutex
	busy    bool // a command writes
}

func newDrafts(store *draft.Store) Drafts {
	return Drafts{store: store, typed: map[string]map[string]string{}, dirty: map[string]bool{}, titles: map[string]string{}, sent: map[string]sending{}, writing: &sync.Mutex{}}
}

// Key is the key of a form in the store, which groups by scope.
func (d *Drafts) Key(form string) string { return d.Scope + draft.Group + form }

func scopeOf(key string) string { scope, _, _ := strings.Cut(key, draft.Group); return scope }

// Keep keeps the values of a form.
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

// KeptText is a clause that says which drafts have been typed and are kept; "" for none.
func (d *Drafts) KeptText() string {
	var names []string
	for key, values := range d.typed {
		if d.store != nil && slices.ContainsFunc(slices.Collect(maps.Values(values)), func(text string) bool { return strings.TrimSpace(text) != "" }) {
			_, form, _ := strings.Cut(key, draft.Group)
			names = append(names, strconv.Quote(cmp.Or(d.titles[key], Capitalized(form))))
		}
	}
	slices.Sort(names)
	switch len(names) {
	case 0:
		return ""
	case 1:
		return "a draft of " + names[0] + " is kept"
	case 2:
		return "drafts of " + names[0] + " and " + names[1] + " are kept"
	}
	return fmt.Sprintf("%d drafts are kept", len(names))
}

// Drop forgets the draft of a form.
func (d *Drafts) Drop(form string) {
	key := d.Key(form)
	d.typed[key], d.dirty[key] = nil, true
}

// DraftFoundMsg brings the draft of a form; Values is nil when there is none.
type DraftFoundMsg struct {
	Key    string
	Values map[string]string
}

// FindCmd looks for the draft of a form. A DraftFoundMsg answers.
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

// draftsSavedMsg: a command has written the drafts under keys, or failed to.
type draftsSavedMsg struct {
	keys map[string]bool
	err  error
}

// saveCmd writes what changed; nil when nothing did, or while a command writes.
func (d *Drafts) saveCmd() tea.Cmd {
	if len(d.dirty) == 0 || d.busy {
		return nil
	}
	d.busy = true
	keys, write := d.dirty, d.writer()
	return func() tea.Msg { return draftsSavedMsg{keys, write()} }
}

// saved notes that a command has ended. What it could not write is written with
// the next change.
func (d *Drafts) saved(m draftsSavedMsg) {
	d.busy = false
	if m.err != nil {
		maps.Copy(d.dirty, m.keys)
	}
}

// writer returns a function that writes all that changed. From now on that counts
// as written.
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

// DraftScope is the scope of the drafts of an account, in the database or on the server
// that scope names.
func DraftScope(scope, account string) string { return scope + "|" + account }

// DropAll forgets every draft of the account, which was deleted.
func (d *Drafts) DropAll() tea.Cmd { return d.DropOf(d.Scope) }

// DropOf forgets every draft of accounts that were deleted, by the scopes of their drafts.
func (d *Drafts) DropOf(scopes ...string) tea.Cmd {
	for key := range d.typed {
		if slices.Contains(scopes, scopeOf(key)) {
			d.typed[key], d.dirty[key] = nil, true
		}
	}
	store, write := d.store, d.writer()
	return func() tea.Msg {
		err := write()
		for _, scope := range scopes {
			err = errors.Join(err, store.DeleteGroup(scope))
		}
		return draftsSavedMsg{nil, err}
	}
}

// FlushDrafts writes what changed at once, for when no more messages are handled.
func (s *Shell) FlushDrafts() { _ = s.Drafts.writer()() }

// QuitCmd writes what changed and ends the program.
func (s *Shell) QuitCmd() tea.Cmd {
	write := s.Drafts.writer()
	return tea.Sequence(func() tea.Msg { _ = write(); return nil }, tea.Quit)
}
