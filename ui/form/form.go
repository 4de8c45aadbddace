// Package form holds the fields of the console: a line of text, a choice, a
// page of text and the boxes of a code, and the Form that strings them
// together. A field keeps what was typed until it is told otherwise; what is
// wrong with it is shown under it, in words that say what would be right.
package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/theme"
)

// Field is one thing that can be filled in.
type Field interface {
	// Update takes a key; the form has taken its own keys before.
	Update(msg tea.KeyMsg)
	// View draws the value in w cells, one line or more.
	View(look theme.Look, w int, focused bool) []string
	Value() string
	SetValue(value string)
}

// Entry is a field with its place in a form.
type Entry struct {
	Name  string // as in backend.Error.Fields
	Label string
	Hint  string // shown behind the value while the field has the focus
	Field Field
	// Check says what is wrong with a value; nil when nothing can be.
	Check func(value string) error
}

// Fault turns a check that also cleans a value, as package backend has them, into
// the Check of an Entry.
func Fault(clean func(string) (string, error)) func(string) error {
	return func(value string) error {
		_, err := clean(value)
		return err
	}
}

// Form is a column of fields of which one has the focus.
type Form struct {
	Entries []Entry
	at      int
	faults  map[string]string
	initial map[string]string
	thrown  map[string]string // what Reset has thrown away
}

// New returns a form with the focus on the first field. The values that the
// fields have now are those that Reset comes back to.
func New(entries ...Entry) *Form {
	f := &Form{Entries: entries, faults: map[string]string{}}
	f.initial = f.Values()
	return f
}

// Values returns every field's value by name.
func (f *Form) Values() map[string]string {
	values := map[string]string{}
	for _, e := range f.Entries {
		values[e.Name] = e.Field.Value()
	}
	return values
}

// Restore fills in the values of a draft. The focus stays where it is, so that
// the same keys do the same with a draft and without.
func (f *Form) Restore(values map[string]string) {
	for _, e := range f.Entries {
		if v, ok := values[e.Name]; ok {
			e.Field.SetValue(v)
		}
	}
}

// Reset brings back the values the form began with; a second one in a row
// takes that back.
func (f *Form) Reset() {
	if f.Touched() {
		f.thrown = f.Values()
		f.Restore(f.initial)
	} else if f.thrown != nil {
		f.Restore(f.thrown)
		f.thrown = nil
	}
	f.faults = map[string]string{}
	f.at = 0
}

// IsReset reports whether a second Reset would bring something back.
func (f *Form) IsReset() bool { return f.thrown != nil && !f.Touched() }

// Touched reports whether any value differs from what the form began with.
func (f *Form) Touched() bool {
	for name, v := range f.Values() {
		if f.initial[name] != v {
			return true
		}
	}
	return false
}

// Update gives a key to the focused field. A fault is told until the value is
// changed; then the field is judged as it is typed, since the person is
// mending it now. Text that a choice has no use for is for the field behind it.
func (f *Form) Update(msg tea.KeyMsg) {
	if c := f.Choice(); c != nil && msg.Type == tea.KeyRunes && !msg.Alt && !c.takes(msg) && f.at < len(f.Entries)-1 {
		f.at++
	}
	e := f.Entries[f.at]
	before := e.Field.Value()
	e.Field.Update(msg)
	if e.Field.Value() == before || f.faults[e.Name] == "" {
		return
	}
	delete(f.faults, e.Name)
	f.judge(e)
}

// Choice returns the focused field where it is one that is turned, else nil.
func (f *Form) Choice() *Choice {
	c, _ := f.Entries[f.at].Field.(*Choice)
	return c
}

// Next moves the focus on and reports false from the last field. The field
// that is left is judged, unless it is empty still.
func (f *Form) Next() bool {
	if e := f.Entries[f.at]; e.Field.Value() != "" {
		f.judge(e)
	}
	if f.at == len(f.Entries)-1 {
		return false
	}
	f.at++
	return true
}

// Previous moves the focus back.
func (f *Form) Previous() {
	if f.at > 0 {
		f.at--
	}
}

// First moves the focus to the first field.
func (f *Form) First() { f.at = 0 }

// Valid judges every field, moves the focus to the first wrong one and
// reports whether there is none.
func (f *Form) Valid() bool {
	for _, e := range f.Entries {
		f.judge(e)
	}
	return f.focusFault()
}

// Fail shows what the backend said against the fields. It reports false when
// it said nothing of a field of this form.
func (f *Form) Fail(fields map[string][]string) bool {
	for _, e := range f.Entries {
		if sentences := fields[e.Name]; len(sentences) > 0 {
			f.faults[e.Name] = sentences[0]
		}
	}
	return !f.focusFault()
}

func (f *Form) judge(e Entry) {
	if e.Check == nil {
		return
	}
	if err := e.Check(e.Field.Value()); err != nil {
		f.faults[e.Name] = err.Error()
	} else {
		delete(f.faults, e.Name)
	}
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

// View draws the fields in w cells, each with its fault or an empty line under it.
func (f *Form) View(look theme.Look, w int) []string {
	label := 0
	for _, e := range f.Entries {
		label = max(label, draw.Width(e.Label))
	}
	label += 2
	var lines []string
	for i, e := range f.Entries {
		name := look.Muted
		if i == f.at {
			name = look.Focus
		}
		for n, line := range e.Field.View(look, w-label, i == f.at) {
			head := draw.Space(label)
			if n == 0 {
				head = name.Render(draw.Pad(e.Label, label))
			}
			lines = append(lines, head+line)
		}
		lines = append(lines, f.under(look, e, i == f.at, label, w)...)
	}
	return lines
}

// under is what stands below a field: its fault, its hint, or nothing.
func (f *Form) under(look theme.Look, e Entry, focused bool, label, w int) []string {
	style, words := look.Faint, ""
	if focused {
		words = e.Hint
	}
	if fault := f.faults[e.Name]; fault != "" {
		style, words = look.Err, look.No+" "+fault
	}
	var lines []string
	for _, line := range draw.Wrap(words, w-label) {
		lines = append(lines, draw.Space(label)+style.Render(line))
	}
	return lines
}
