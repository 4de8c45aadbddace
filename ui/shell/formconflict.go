package shell

import (
	"cmp"
	"strings"
	"time"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

// What a form changes may be changed elsewhere while it is open, or while its draft waits. In a
// field that was not typed into, the other value appears. Else both stay until the person has
// chosen: saving keeps what was typed, and starting over takes what is there now.

// Presented is what a field holds by now.
type Presented struct {
	Value string // as in the field
	Text  string // as it is shown in a sentence; "" for Value
}

// conflict is what was changed elsewhere in fields that were typed into.
type conflict struct {
	fields map[string]otherValue // by name
	since  time.Time             // when the person could see it first
	// isRefused: a save was refused for what was not read yet.
	isRefused bool
}

// otherValue is what a field has elsewhere by now, as it is shown, and what it began with.
type otherValue struct{ text, was string }

// seenAfter is how long a conflict has to be on the screen before a key that saves is about it:
// reading the sentence takes longer.
const seenAfter = time.Second

// follow takes up what the fields hold by now.
func (f *FormDialog) follow() {
	if f.Present == nil || f.looking || f.isUnknown || f.shell.Work.Busy(f.Name) {
		return
	}
	now, isNew := f.Present(), false
	for _, e := range f.Form.Entries {
		present, isKnown := now[e.Name]
		was, typed := f.Form.Initial(e.Name), e.Field.Value()
		if !isKnown || present.Value == was {
			continue
		}
		f.Form.Begin(e.Name, present.Value)
		if typed != was && typed != present.Value {
			f.addConflict(e.Name, was, present)
			isNew = true
		}
	}
	switch {
	case isNew && f.conflict.isRefused: // it was stopped for this
		f.conflict.since, f.refusal = time.Time{}, ""
	case isNew:
		f.conflict.since = f.shell.Now
	}
	f.conflict.isRefused = f.conflict.isRefused && !isNew
}

func (f *FormDialog) addConflict(name, was string, now Presented) {
	if f.conflict.fields == nil {
		f.conflict.fields = map[string]otherValue{}
	}
	if before, isKnown := f.conflict.fields[name]; isKnown {
		was = before.was
	}
	f.conflict.fields[name] = otherValue{cmp.Or(now.Text, safe.Text(now.Value)), was}
}

// settle forgets the fields that are as they are elsewhere by now.
func (f *FormDialog) settle() {
	for _, e := range f.Form.Entries {
		if e.Field.Value() == f.Form.Initial(e.Name) {
			delete(f.conflict.fields, e.Name)
		}
	}
}

// mustChoose reports whether something would be replaced that the person may not have read of.
// The next save replaces it.
func (f *FormDialog) mustChoose() bool {
	if f.settle(); len(f.conflict.fields) == 0 {
		return false
	}
	isRead := f.shell.Now.Sub(f.conflict.since) >= seenAfter
	f.conflict.since = time.Time{}
	if isRead {
		f.conflict.fields = nil
	}
	return !isRead
}

// takeTheirs puts what is there by now into the fields that were changed elsewhere.
func (f *FormDialog) takeTheirs() {
	var names []string
	for name := range f.conflict.fields {
		names = append(names, name)
	}
	f.Form.Take(names)
	f.conflict.fields = nil
	f.keep()
}

// conflictText says what was changed elsewhere, and which keys choose.
func (f *FormDialog) conflictText() string {
	const longest = 30 // cells of a value
	var parts []string
	for _, e := range f.Form.Entries {
		if other, isReplaced := f.conflict.fields[e.Name]; isReplaced && other.text == "" {
			parts = append(parts, "the "+e.Name+" was removed")
		} else if isReplaced {
			parts = append(parts, "the "+e.Name+" became "+draw.Cut(other.text, longest))
		}
	}
	keys, begin := f.shell.Keys, "Meanwhile, "
	if f.restored {
		begin = "Your draft is back. Meanwhile, "
	}
	return begin + strings.Join(parts, ", and ") + ". " + keys.Key(keymap.FormSave) + " keeps yours, " + keys.Key(keymap.FormReset) + " takes theirs."
}

// beganField is what a field began with, among the values of a draft. No field of a form has
// this name.
const beganField = "began with "

// draft is what is kept of the form until it has been saved.
func (f *FormDialog) draft() map[string]string {
	if f.Present == nil {
		return f.Form.Values()
	}
	kept := f.Form.Changed()
	for name := range f.Form.Changed() {
		kept[beganField+name] = f.Form.Initial(name)
		if other, isReplaced := f.conflict.fields[name]; isReplaced {
			kept[beganField+name] = other.was
		}
	}
	return kept
}

// addReplaced finds the fields of a draft that have become others since it was typed. A draft of
// an earlier version has every field and does not tell what they began with: each that differs
// may be one.
func (f *FormDialog) addReplaced(draft map[string]string) {
	for _, e := range f.Form.Entries {
		was, isKnown := draft[beganField+e.Name]
		typed, isTyped := draft[e.Name]
		isOther := isTyped && typed != f.Form.Initial(e.Name)
		if f.Present != nil && isOther && !(isKnown && was == f.Form.Initial(e.Name)) {
			f.addConflict(e.Name, was, f.Present()[e.Name])
			f.conflict.since = f.shell.Now
		}
	}
}
