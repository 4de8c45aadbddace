package shell

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
)

// formDialog is a form over a screen. What is typed is kept as a draft until
// it has been saved; what the backend refuses stands at its field.
type FormDialog struct {
	shell     *Shell
	Name      string // of the draft and of the request
	Title     string
	Note      func() string // said under the fields
	Form      *form.Form
	restored  bool
	looking   bool         // for a draft; keys wait until it is here
	earlyKeys []tea.KeyMsg // those keys
	refusal   string       // of the last save, when it belongs to no field
	lost      bool         // that is no refusal: what came of the save is not known
	// warn says what should be known before saving, "" for nothing; it is
	// asked again when the person saves all the same.
	Warn func(values map[string]string) string
	// save does the change and returns the fact to tell its owner.
	Save func(ctx context.Context, values map[string]string) (tea.Msg, error)
}

// formSavedMsg is the end of a save.
type formSavedMsg struct {
	dialog *FormDialog
	fact   tea.Msg
	err    error
}

// openForm opens the dialog and looks for its draft.
func (s *Shell) OpenForm(f *FormDialog) tea.Cmd {
	f.shell, f.looking = s, true
	s.Open(f)
	return s.Drafts.FindCmd(f.Name)
}

func (f *FormDialog) Typing() bool        { return true }
func (f *FormDialog) Scope() keymap.Scope { return keymap.Form }

func (f *FormDialog) Update(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case DraftFoundMsg:
		if fact.Key == f.shell.Drafts.Key(f.Name) && f.looking {
			return f.found(fact.Values)
		}
	case formSavedMsg:
		if fact.dialog == f {
			return f.saved(fact)
		}
	}
	return nil
}

// found restores the draft, if there is one, and then types what was typed
// while it was looked for.
func (f *FormDialog) found(values map[string]string) tea.Cmd {
	f.looking = false
	if values != nil {
		f.Form.Restore(values)
		f.restored = f.Form.Touched()
	}
	var cmds []tea.Cmd
	for _, key := range f.earlyKeys {
		cmds = append(cmds, f.Key(key))
	}
	f.earlyKeys = nil
	return tea.Batch(cmds...)
}

func (f *FormDialog) saved(m formSavedMsg) tea.Cmd {
	f.shell.Drafts.Ended(f.Name, m.err)
	if m.err == nil {
		f.shell.Drafts.Drop(f.Name)
		f.shell.Close(f)
		return tea.Batch(f.shell.Reload(), func() tea.Msg { return m.fact })
	}
	var e *backend.Error
	if errors.As(m.err, &e) && len(e.Fields) > 0 && f.Form.Fail(e.Fields) {
		return nil
	}
	w, words := f.shell.Unsaved(m.err)
	f.shell.Notices.note(f.shell.Now, w, words) // the dialog can be left
	if f.refusal, f.lost = words, w == Unknown; f.lost {
		return f.shell.Reload() // look, before anybody does it again
	}
	return nil
}

func (f *FormDialog) Key(msg tea.KeyMsg) tea.Cmd {
	if f.looking {
		f.earlyKeys = append(f.earlyKeys, msg)
		return nil
	}
	if f.shell.Work.Busy(f.Name) {
		if f.shell.Keys.Find(msg.String(), keymap.Form) == keymap.FormClose {
			f.shell.Close(f)
		}
		return nil // it is being saved: nothing typed now would be part of it
	}
	f.refusal, f.lost = "", false
	switch f.shell.FormKey(f.Form, msg) {
	case keymap.FormClose:
		f.shell.Close(f)
	case keymap.FormSave:
		return f.submit()
	case keymap.FormReset:
		f.restored = false
		f.keep()
	case TypedInForm:
		f.keep()
	}
	return nil
}

// typedInForm stands for a key that went into a field.
const TypedInForm keymap.ID = "form.typed"

// formKey moves about in a form and types into it, and returns what is left
// for the form's owner to do, or to know.
func (s *Shell) FormKey(f *form.Form, msg tea.KeyMsg) keymap.ID {
	id := s.Keys.Find(msg.String(), keymap.Form)
	if msg.Paste {
		id = ""
	}
	switch id {
	case keymap.FormEnter:
		if !f.Next() {
			return keymap.FormSave
		}
	case keymap.FormNext:
		if !f.Next() {
			f.First()
		}
	case keymap.FormPrev:
		f.Previous()
	case keymap.FormReset:
		f.Reset()
	case "":
		switch turn := s.Keys.Find(msg.String(), keymap.Choices); {
		case f.Choice() != nil && turn == keymap.ChoiceNext:
			f.Choice().Turn(1)
		case f.Choice() != nil && turn == keymap.ChoicePrev:
			f.Choice().Turn(-1)
		default:
			f.Update(msg)
		}
		return TypedInForm
	}
	return id
}

// keep makes a draft of what stands there, or takes it away when that is
// what the form began with.
func (f *FormDialog) keep() {
	if f.Form.Touched() {
		f.shell.Drafts.Keep(f.Name, f.Form.Values())
	} else {
		f.shell.Drafts.Drop(f.Name)
	}
}

func (f *FormDialog) submit() tea.Cmd {
	if f.shell.ReadOnly {
		f.refusal = "Opened for reading only: nothing can be saved."
		return nil
	}
	if !f.Form.Valid() {
		return nil
	}
	f.refusal = ""
	values, save := f.Form.Values(), f.Save
	if f.Warn != nil {
		if f.refusal = f.Warn(values); f.refusal != "" {
			return nil
		}
	}
	command := f.shell.Drafts.Command(f.Name, values)
	return f.shell.Change(f.Name, func(ctx context.Context) tea.Msg {
		fact, err := save(backend.WithCommand(ctx, command), values)
		return formSavedMsg{f, fact, err}
	})
}

func (f *FormDialog) Card(w, h int) Card {
	sh := f.shell
	lines := f.Form.View(sh.Look, w)
	if f.refusal != "" {
		lines = append(lines, "")
		style, sign := sh.FailedSign(f.lost)
		lines = append(lines, sh.Lines(style, sign+" "+safe.Text(f.refusal), w)...)
	}
	if f.Note != nil {
		lines = append(lines, "")
		for _, line := range draw.Wrap(safe.Text(f.Note()), w) {
			lines = append(lines, sh.Look.Muted.Render(line))
		}
	}
	switch {
	case sh.Work.Busy(f.Name):
		lines = append(lines, "", sh.Look.Info.Render("Saving…"))
	case f.Form.IsReset():
		lines = append(lines, "", sh.Look.Info.Render("Started over "+sh.Look.Dot+" "+sh.Keys.Key(keymap.FormReset)+" takes that back"))
	case f.restored:
		lines = append(lines, "", sh.Look.Info.Render("Your draft is back "+sh.Look.Dot+" "+sh.Keys.Key(keymap.FormReset)+" starts over"))
	}
	return Card{Title: f.Title, Lines: lines, Keys: []keymap.ID{keymap.FormSave, keymap.FormNext, keymap.FormClose}}
}
