package shell

import (
	"cmp"
	"maps"
	"slices"
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
	since  time.Time             // when it was on the screen first; zero before that
	// begun is what the fields began with that starting over has emptied of what was typed.
	begun map[string]string
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
	now := f.Present()
	for _, e := range f.Form.Entries {
		present, isKnown := now[e.Name]
		was, typed := f.Form.Initial(e.Name), e.Field.Value()
		if !isKnown || present.Value == was {
			continue
		}
		f.Form.Begin(e.Name, present.Value)
		if typed != was && typed != present.Value {
			f.addConflict(e.Name, was, present)
		}
	}
	f.settle()
}

func (f *FormDialog) addConflict(name, was string, now Presented) {
	if f.conflict.fields == nil {
		f.conflict.fields = map[string]otherValue{}
	}
	if before, isKnown := f.conflict.fields[name]; isKnown {
		was = before.was
	}
	f.conflict.fields[name] = otherValue{cmp.Or(now.Text, safe.Text(now.Value)), was}
	f.conflict.since, f.refusal = time.Time{}, "" // which would stand in its place
}

// settle forgets the fields that have by now what is there elsewhere, and those that began with it.
func (f *FormDialog) settle() {
	for _, e := range f.Form.Entries {
		now := f.Form.Initial(e.Name)
		if e.Field.Value() == now || f.conflict.fields[e.Name].was == now {
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
	if f.conflict.since.IsZero() || f.shell.Now.Sub(f.conflict.since) < seenAfter {
		return true
	}
	f.conflict.fields = nil
	return false
}

// startOver takes what is there by now into the fields that were changed elsewhere; where none was,
// it empties the form of what was typed. The next one brings that back.
func (f *FormDialog) startOver() {
	f.restored = false
	switch {
	case len(f.conflict.fields) > 0:
		f.noteBegun()
		f.Form.Take(slices.Collect(maps.Keys(f.conflict.fields)))
		f.conflict.fields = nil
	case f.Form.IsTaken() || f.Form.IsReset():
		f.Form.Reset()
		f.compareBegun()
	default:
		f.conflict.begun = nil
		f.noteBegun()
		f.Form.Reset()
	}
	f.keep()
}

// noteBegun keeps what the fields began with that were typed into.
func (f *FormDialog) noteBegun() {
	if f.conflict.begun == nil || !f.Form.IsTaken() {
		f.conflict.begun = map[string]string{}
	}
	for name := range f.Form.Changed() {
		f.conflict.begun[name] = f.Form.Initial(name)
		if other, isReplaced := f.conflict.fields[name]; isReplaced {
			f.conflict.begun[name] = other.was
		}
	}
}

// compareBegun finds the fields that have become others elsewhere since what was typed into them
// was taken away.
func (f *FormDialog) compareBegun() {
	if f.Present == nil {
		return
	}
	now := f.Present()
	for name := range f.Form.Changed() {
		if was, isKnown := f.conflict.begun[name]; isKnown && was != f.Form.Initial(name) {
			f.addConflict(name, was, now[name])
		}
	}
}

// conflictLines say what was changed elsewhere. It counts as seen from when it is drawn in the
// topmost dialog.
func (f *FormDialog) conflictLines(w int) []string {
	if f.conflict.since.IsZero() && f.shell.Top() == f {
		f.conflict.since = f.shell.Now
	}
	return f.shell.Lines(f.shell.Look.Warn, f.shell.Look.Attention+" "+f.conflictText(), w)
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
		}
	}
}
