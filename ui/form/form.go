// Package form has the fields of the console's forms: Input is a line of text,
// Area a page of text, Choice one of a few values and Code a one-time code. A Form
// is a column of them with the keyboard's focus on one. The error of a field is
// shown under it and says what would be right.
package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/theme"
)

// Field is a widget for one value.
type Field interface {
	// Update handles a key that is not one of the form's own.
	Update(msg tea.KeyMsg)
	// View draws the value w cells wide, in one line or more.
	View(look theme.Look, w int, focused bool) []string
	Value() string
	SetValue(value string)
}

// Entry is a field with its place in a form.
type Entry struct {
	Name  string // as in backend.Error.Fields
	Label string
	Hint  string // shown under the field while it has the focus
	Field Field
	// Optional fields at the end of a form are passed over by Enter.
	Optional bool
	// Check returns what is wrong with a value; nil accepts any value.
	Check func(value string) error
}

// Fault makes the Check of an Entry from a function that also cleans the value,
// such as backend.CleanName.
func Fault(clean func(string) (string, error)) func(string) error {
	return func(value string) error {
		_, err := clean(value)
		return err
	}
}

// Form is a column of fields of which one has the focus.
type Form struct {
	Entries   []Entry
	at, start int               // the field with the focus, and the one that had it first
	faults    map[string]string // by name of field
	initial   map[string]string // the values that Reset restores
	discarded map[string]string // what was typed that Reset or Take has replaced; nil for none
	isTaken   bool              // Take was the last that happened
}

// New returns a form with the focus on the first field. Reset will restore the
// values that the fields have now.
func New(entries ...Entry) *Form {
	f := &Form{Entries: entries, faults: map[string]string{}}
	f.initial = f.Values()
	return f
}

// Start moves the focus to a field by its number. Reset will bring it back there.
func (f *Form) Start(field int) { f.at, f.start = field, field }

// Values returns every field's value by name.
func (f *Form) Values() map[string]string {
	values := map[string]string{}
	for _, e := range f.Entries {
		values[e.Name] = e.Field.Value()
	}
	return values
}

// Restore sets the values of a draft. It leaves the focus where it is, so that
// the same keys do the same with and without a draft.
func (f *Form) Restore(values map[string]string) {
	for _, e := range f.Entries {
		if v, ok := values[e.Name]; ok {
			e.Field.SetValue(v)
		}
	}
	for _, e := range f.Entries {
		if c, ok := e.Field.(*Choice); ok {
			c.restored()
		}
	}
}

// Reset restores the values that the form began with. A second Reset in a row
// undoes the first, and a Take right before it.
func (f *Form) Reset() {
	switch {
	case f.isTaken || !f.Touched() && f.discarded != nil:
		f.Restore(f.discarded)
		f.discarded, f.isTaken = nil, false
	case f.Touched():
		f.discarded = f.Changed()
		f.Restore(f.initial)
	}
	f.faults = map[string]string{}
	f.at = f.start
}

// Take restores some fields, by name. A Reset right after it undoes that.
func (f *Form) Take(names []string) {
	if !f.isTaken {
		f.discarded, f.isTaken = map[string]string{}, true
	}
	begun, typed := map[string]string{}, f.Values()
	for _, name := range names {
		f.discarded[name], begun[name] = typed[name], f.initial[name]
		delete(f.faults, name)
	}
	f.Restore(begun)
}

// Begin sets what a field begins with, and its value unless that was changed.
func (f *Form) Begin(name, value string) {
	if f.Values()[name] == f.initial[name] {
		f.Restore(map[string]string{name: value})
		delete(f.faults, name)
	}
	f.initial[name] = value
}

// IsTaken reports whether Reset would undo a Take.
func (f *Form) IsTaken() bool { return f.isTaken }

// IsReset reports whether Reset would undo an earlier Reset.
func (f *Form) IsReset() bool { return f.discarded != nil && !f.isTaken && !f.Touched() }

// Touched reports whether any value differs from what the form began with.
func (f *Form) Touched() bool { return len(f.Changed()) > 0 }

// Changed returns the values that differ from what the form began with, by name of field.
func (f *Form) Changed() map[string]string {
	changed := f.Values()
	for name, v := range f.initial {
		if changed[name] == v {
			delete(changed, name)
		}
	}
	return changed
}

// Initial is the value that a field began with, "" for an unknown field.
func (f *Form) Initial(name string) string { return f.initial[name] }

// Update gives a key to the focused field. The error of a field is shown until
// its value changes; from then on the value is checked with every key. So is a secret of
// another field; see Input.Hide. Text that is typed on a choice moves the focus to a field
// of text and goes there, all of it.
func (f *Form) Update(msg tea.KeyMsg) {
	if f.Choice() != nil && msg.Type == tea.KeyRunes && !msg.Alt {
		f.at = f.textField()
	}
	e := f.Entries[f.at]
	before := e.Field.Value()
	e.Field.Update(msg)
	if e.Field.Value() == before {
		return
	}
	f.isTaken = false
	for _, other := range f.Entries {
		if c, ok := other.Field.(*Choice); ok {
			c.follow()
		}
	}
	if f.faults[e.Name] != "" || isForeign(e) { // what is hidden cannot be read again
		f.check(e)
	}
}

// textField is the number of the field for text that is typed on a choice: the next one
// that is none, or else the first. Where there is none, the focus stays.
func (f *Form) textField() int {
	for i := range f.Entries {
		at := (f.at + i) % len(f.Entries)
		if _, isChoice := f.Entries[at].Field.(*Choice); !isChoice {
			return at
		}
	}
	return f.at
}

// Choice returns the focused field if it is a Choice, else nil.
func (f *Form) Choice() *Choice {
	c, _ := f.Entries[f.at].Field.(*Choice)
	return c
}

// Next moves the focus to the next field, and returns false on the last one. It
// checks the field that loses the focus, unless that is empty.
func (f *Form) Next() bool {
	if e := f.Entries[f.at]; e.Field.Value() != "" {
		f.check(e)
	}
	if f.at == len(f.Entries)-1 {
		return false
	}
	f.at++
	return true
}

// Enter is Next for a key that saves from the last field: it returns false also where only
// optional fields follow.
func (f *Form) Enter() bool {
	for _, e := range f.Entries[f.at+1:] {
		if !e.Optional {
			return f.Next()
		}
	}
	return false
}

// Previous moves the focus to the field before, unless it is on the first.
func (f *Form) Previous() {
	if f.at > 0 {
		f.at--
	}
}

// First moves the focus to the first field.
func (f *Form) First() { f.at = 0 }

// At is the number of the field that has the focus.
func (f *Form) At() int { return f.at }

// Focus moves the focus to a field by its number. Like Next it checks the one that loses
// the focus.
func (f *Form) Focus(field int) {
	if e := f.Entries[f.at]; field != f.at && e.Field.Value() != "" {
		f.check(e)
	}
	f.at = field
}

// Valid checks every field and moves the focus to the first wrong one. It returns
// true if there is none.
func (f *Form) Valid() bool {
	for _, e := range f.Entries {
		f.check(e)
	}
	return f.focusFault()
}

// Fail shows a backend's errors (backend.Error.Fields) under their fields and
// moves the focus to the first of them. It returns false if no error is about a
// field of this form.
func (f *Form) Fail(fields map[string][]string) bool {
	for _, e := range f.Entries {
		if sentences := fields[e.Name]; len(sentences) > 0 {
			f.faults[e.Name] = sentences[0]
		}
	}
	return !f.focusFault()
}

func (f *Form) check(e Entry) {
	delete(f.faults, e.Name)
	if e.Check != nil {
		if err := e.Check(e.Field.Value()); err != nil {
			f.faults[e.Name] = err.Error()
			return
		}
	}
	if isForeign(e) {
		f.faults[e.Name] = "There is a token in it, which is a secret and does not belong here. ctrl+u empties the field."
	}
}

// isForeign reports whether a field holds a secret of another one; see Input.Hide.
func isForeign(e Entry) bool {
	in, isInput := e.Field.(*Input)
	return isInput && !in.isSecret && in.isForeign(in.Value())
}

func (f *Form) focusFault() (none bool) {
	for i, e := range f.Entries {
		if f.faults[e.Name] != "" {
			f.at = i
			return false
		}
	}
	return true
}
