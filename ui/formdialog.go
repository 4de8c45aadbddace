package ui

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
type formDialog struct {
	shell     *Shell
	name      string // of the draft and of the request
	title     string
	note      func() string // said under the fields
	form      *form.Form
	restored  bool
	looking   bool         // for a draft; keys wait until it is here
	earlyKeys []tea.KeyMsg // those keys
	refusal   string       // of the last save, when it belongs to no field
	lost      bool         // that is no refusal: what came of the save is not known
	// warn says what should be known before saving, "" for nothing; it is
	// asked again when the person saves all the same.
	warn func(values map[string]string) string
	// save does the change and returns the fact to tell its owner.
	save func(ctx context.Context, values map[string]string) (tea.Msg, error)
}

// formSavedMsg is the end of a save.
type formSavedMsg struct {
	dialog *formDialog
	fact   tea.Msg
	err    error
}

// openForm opens the dialog and looks for its draft.
func (s *Shell) OpenForm(f *formDialog) tea.Cmd {
	f.shell, f.looking = s, true
	s.open(f)
	return s.Drafts.findCmd(f.name)
}

func (f *formDialog) Typing() bool        { return true }
func (f *formDialog) Scope() keymap.Scope { return keymap.Form }

func (f *formDialog) Update(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case draftFoundMsg:
		if fact.key == f.shell.Drafts.key(f.name) && f.looking {
			return f.found(fact.values)
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
func (f *formDialog) found(values map[string]string) tea.Cmd {
	f.looking = false
	if values != nil {
		f.form.Restore(values)
		f.restored = f.form.Touched()
	}
	var cmds []tea.Cmd
	for _, key := range f.earlyKeys {
		cmds = append(cmds, f.Key(key))
	}
	f.earlyKeys = nil
	return tea.Batch(cmds...)
}

func (f *formDialog) saved(m formSavedMsg) tea.Cmd {
	f.shell.Drafts.ended(f.name, m.err)
	if m.err == nil {
		f.shell.Drafts.drop(f.name)
		f.shell.close(f)
		return tea.Batch(f.shell.Reload(), func() tea.Msg { return m.fact })
	}
	var e *backend.Error
	if errors.As(m.err, &e) && len(e.Fields) > 0 && f.form.Fail(e.Fields) {
		return nil
	}
	w, words := f.shell.unsaved(m.err)
	f.shell.Notices.note(f.shell.Now, w, words) // the dialog can be left
	if f.refusal, f.lost = words, w == unknown; f.lost {
		return f.shell.Reload() // look, before anybody does it again
	}
	return nil
}

func (f *formDialog) Key(msg tea.KeyMsg) tea.Cmd {
	if f.looking {
		f.earlyKeys = append(f.earlyKeys, msg)
		return nil
	}
	if f.shell.Work.busy(f.name) {
		if f.shell.Keys.Find(msg.String(), keymap.Form) == keymap.FormClose {
			f.shell.close(f)
		}
		return nil // it is being saved: nothing typed now would be part of it
	}
	f.refusal, f.lost = "", false
	switch f.shell.formKey(f.form, msg) {
	case keymap.FormClose:
		f.shell.close(f)
	case keymap.FormSave:
		return f.submit()
	case keymap.FormReset:
		f.restored = false
		f.keep()
	case typedInForm:
		f.keep()
	}
	return nil
}

// typedInForm stands for a key that went into a field.
const typedInForm keymap.ID = "form.typed"

// formKey moves about in a form and types into it, and returns what is left
// for the form's owner to do, or to know.
func (s *Shell) formKey(f *form.Form, msg tea.KeyMsg) keymap.ID {
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
		case f.Choice() != nil && turn == keymap.TurnNext:
			f.Choice().Turn(1)
		case f.Choice() != nil && turn == keymap.TurnPrev:
			f.Choice().Turn(-1)
		default:
			f.Update(msg)
		}
		return typedInForm
	}
	return id
}

// keep makes a draft of what stands there, or takes it away when that is
// what the form began with.
func (f *formDialog) keep() {
	if f.form.Touched() {
		f.shell.Drafts.keep(f.name, f.form.Values())
	} else {
		f.shell.Drafts.drop(f.name)
	}
}

func (f *formDialog) submit() tea.Cmd {
	if f.shell.ReadOnly {
		f.refusal = "Opened for reading only: nothing can be saved."
		return nil
	}
	if !f.form.Valid() {
		return nil
	}
	f.refusal = ""
	values, save := f.form.Values(), f.save
	if f.warn != nil {
		if f.refusal = f.warn(values); f.refusal != "" {
			return nil
		}
	}
	command := f.shell.Drafts.command(f.name, values)
	return f.shell.change(f.name, func(ctx context.Context) tea.Msg {
		fact, err := save(backend.WithCommand(ctx, command), values)
		return formSavedMsg{f, fact, err}
	})
}

func (f *formDialog) Card(w, h int) card {
	sh := f.shell
	lines := f.form.View(sh.Look, w)
	if f.refusal != "" {
		lines = append(lines, "")
		style, sign := sh.failed(f.lost)
		lines = append(lines, sh.lines(style, sign+" "+safe.Text(f.refusal), w)...)
	}
	if f.note != nil {
		lines = append(lines, "")
		for _, line := range draw.Wrap(safe.Text(f.note()), w) {
			lines = append(lines, sh.Look.Muted.Render(line))
		}
	}
	switch {
	case sh.Work.busy(f.name):
		lines = append(lines, "", sh.Look.Info.Render("Saving…"))
	case f.form.IsReset():
		lines = append(lines, "", sh.Look.Info.Render("Started over "+sh.Look.Dot+" "+sh.Keys.Key(keymap.FormReset)+" takes that back"))
	case f.restored:
		lines = append(lines, "", sh.Look.Info.Render("Your draft is back "+sh.Look.Dot+" "+sh.Keys.Key(keymap.FormReset)+" starts over"))
	}
	return card{title: f.title, lines: lines, keys: []keymap.ID{keymap.FormSave, keymap.FormNext, keymap.FormClose}}
}
