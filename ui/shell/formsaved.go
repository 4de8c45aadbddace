package shell

import (
	"errors"
	"maps"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
)

// formSavedMsg: a save has ended. The form may have been left since, or opened again.
type formSavedMsg struct {
	dialog *FormDialog
	result tea.Msg
	err    error
}

// leaver is the result of a save that opens a dialog. Left is the result where the form was
// left before: the person does something else by then, and the keys are meant for that.
type leaver interface{ Left() tea.Msg }

// formSaved tells how a save has ended: in the form, or in the status line where it was left.
func (s *Shell) formSaved(m formSavedMsg) tea.Cmd {
	name, open := m.dialog.Name, s.openForm(m.dialog.Name)
	s.Drafts.Ended(name, m.err)
	switch {
	case m.err != nil && open != nil:
		return open.refused(m.err)
	case m.err != nil:
		s.tellUnsaved(m.dialog.Title, m.err)
		return s.Reload()
	}
	s.Drafts.Drop(name)
	result := m.result
	if open != nil {
		s.Close(open)
	} else if l, hasDialog := result.(leaver); hasDialog {
		result = l.Left()
	}
	return tea.Batch(s.Reload(), func() tea.Msg { return result })
}

// openForm is the form of this name that is open; nil where none is.
func (s *Shell) openForm(name string) *FormDialog {
	for _, o := range s.Overlays {
		if f, isForm := o.(*FormDialog); isForm && f.Name == name {
			return f
		}
	}
	return nil
}

// refused shows in the form why nothing was saved.
func (f *FormDialog) refused(err error) tea.Cmd {
	var e *backend.Error
	if errors.As(err, &e) && len(e.Fields) > 0 && f.Form.Fail(e.Fields) {
		return nil
	}
	w, text := f.shell.Unsaved(err)
	f.shell.Notices.note(f.shell.Now, w, text) // the dialog may be closed before it is read
	f.isUnknown = w == Unknown
	if f.refusal, f.lost = text, f.isUnknown; f.lost || backend.ErrorCode(err) == backend.CodeStale {
		return f.shell.Reload() // so that the person sees whether it was done, or what is different
	}
	return nil
}

// tellUnsaved tells in the status line why a form was not saved, what is wrong with its fields
// included.
func (s *Shell) tellUnsaved(title string, err error) {
	w, text := s.Unsaved(err)
	var e *backend.Error
	if errors.As(err, &e) && len(e.Fields) > 0 {
		var sentences []string
		for _, name := range slices.Sorted(maps.Keys(e.Fields)) {
			sentences = append(sentences, e.Fields[name]...)
		}
		text = strings.Join(sentences, " ")
	}
	if IsOffline(err) {
		s.TellOffline(w, "%s: %s", title, text)
		return
	}
	s.Tell(w, "%s: %s", title, text)
}
