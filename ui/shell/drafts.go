package shell

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/draft"
)

// FeedbackDraft is the name of the draft of feedback, and FeedbackField that of its text.
const (
	FeedbackDraft = "feedback"
	FeedbackField = "text"
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
	// The keys whose draft was written or read, and those of which the last write failed.
	written map[string]bool
	fails   map[string]error
	// isToldAtEnd says that the person knows that leaving loses a draft.
	isToldAtEnd bool
}

func newDrafts(store *draft.Store) Drafts {
	return Drafts{store: store, typed: map[string]map[string]string{}, dirty: map[string]bool{}, titles: map[string]string{}, sent: map[string]sending{}, writing: &sync.Mutex{},
		written: map[string]bool{}, fails: map[string]error{}}
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

// Drop forgets the draft of a form.
func (d *Drafts) Drop(form string) {
	key := d.Key(form)
	d.typed[key], d.dirty[key] = nil, true
}

// DraftFoundMsg brings the draft of a form; Values is nil when there is none.
type DraftFoundMsg struct {
	Key      string
	Values   map[string]string
	isStored bool // they were read from the store
}

// FindCmd looks for the draft of a form. A DraftFoundMsg answers.
func (d *Drafts) FindCmd(form string) tea.Cmd {
	key, store := d.Key(form), d.store
	if values, ok := d.typed[key]; ok {
		return func() tea.Msg { return DraftFoundMsg{Key: key, Values: values} }
	}
	return func() tea.Msg {
		found, ok := store.Load(key)
		if !ok {
			return DraftFoundMsg{Key: key}
		}
		return DraftFoundMsg{key, found.Fields, true}
	}
}

// draftsSavedMsg: a command has written drafts, or failed to. err is of more than those.
type draftsSavedMsg struct {
	draftsWritten
	err error
}

// saveCmd writes what changed; nil when nothing did, or while a command writes.
func (d *Drafts) saveCmd() tea.Cmd {
	if len(d.dirty) == 0 || d.busy {
		return nil
	}
	d.busy = true
	write := d.writer()
	return func() tea.Msg { return draftsSavedMsg{write(), nil} }
}

// writer returns a function that writes all that changed, and what could not be written
// before. From now on what changed counts as written.
func (d *Drafts) writer() func() draftsWritten {
	changed := map[string]map[string]string{}
	for key := range d.dirty {
		changed[key] = maps.Clone(d.typed[key])
	}
	for key := range d.fails {
		changed[key] = maps.Clone(d.typed[key])
	}
	d.dirty = map[string]bool{}
	store, writing := d.store, d.writing
	return func() draftsWritten {
		writing.Lock()
		defer writing.Unlock()
		return write(store, changed)
	}
}

func write(store *draft.Store, changed map[string]map[string]string) draftsWritten {
	w := draftsWritten{map[string]bool{}, map[string]error{}}
	for key, values := range changed {
		var err error
		if values == nil {
			err = store.Delete(key)
		} else {
			err = store.Save(key, values)
		}
		if w.keys[key] = values != nil; err != nil {
			w.fails[key] = err
		}
	}
	return w
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
		w := write()
		var err error
		for _, scope := range scopes {
			err = errors.Join(err, store.DeleteGroup(scope))
		}
		return draftsSavedMsg{w, err}
	}
}
