package shell

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
)

// FormDialog is a dialog with a form. What is typed is kept as a draft until it has
// been saved; what the backend refuses is shown at its field. A screen fills in the
// exported fields and opens it with OpenForm.
type FormDialog struct {
	shell *Shell
	Name  string // of the draft and of the request
	Title string
	Note  func() string // shown under the fields; may be nil
	Form  *form.Form
	// Present is what the fields hold by now, as it was read last, of a form that changes what is
	// there already. It may leave fields out. The draft of such a form has only what was changed, so
	// that the rest stays as it is when the draft comes back. nil for a form of another kind.
	Present func() map[string]Presented
	// Gone says what became of what the form changes, where that is not there any more, and what to
	// do; "" while it is. nil where it cannot go.
	Gone      func() string
	restored  bool
	conflict  conflict
	looking   bool         // for the draft
	earlyKeys []tea.KeyMsg // pressed while looking, typed afterwards
	refusal   string       // of the last save, when it belongs to no field
	lost      bool         // the answer to the save is not known, which is no refusal
	isUnknown bool         // the same, until the next save: it has to be the same request
	// Save returns the request that does the change, which returns the message that tells the
	// screen. It is called before the request is sent, so that it may look at what was read.
	Save func(values map[string]string) func(context.Context) (tea.Msg, error)
	// Progress says how far a save is that may take long and changes no settings; nil for a change.
	Progress func() string
}

// OpenForm opens the dialog and looks for its draft.
func (s *Shell) OpenForm(f *FormDialog) tea.Cmd {
	f.shell, f.looking = s, true
	s.Open(f)
	return s.Drafts.FindCmd(f.Name)
}

// Typing is always true: a form is typed into.
func (f *FormDialog) Typing() bool { return true }

// Scopes is that of the forms.
func (f *FormDialog) Scopes() []keymap.Scope { return []keymap.Scope{keymap.Form, keymap.Choices} }

// Update takes up the draft, and what the fields hold by now. The end of a save is the shell's to
// handle: the form may have been left.
func (f *FormDialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case DraftFoundMsg:
		if f.looking && msg.Key == f.shell.Drafts.Key(f.Name) {
			return f.found(msg.Values)
		}
	case ProfileReadMsg, ChannelsReadMsg:
		f.follow()
	}
	return nil
}

// found restores the draft, if there is one, and then types the early keys.
func (f *FormDialog) found(values map[string]string) tea.Cmd {
	f.looking = false
	if values != nil {
		f.Form.Restore(values)
		f.restored = f.Form.Touched()
		f.addReplaced(values)
	}
	var cmds []tea.Cmd
	for _, key := range f.earlyKeys {
		cmds = append(cmds, f.Key(key))
	}
	f.earlyKeys = nil
	f.follow()
	return tea.Batch(cmds...)
}

// Key types into the form, saves it or leaves it.
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
	if !msg.Paste && f.shell.Keys.Find(msg.String(), keymap.Form) == keymap.FormReset {
		f.startOver()
		return nil
	}
	switch f.shell.FormKey(f.Form, msg) {
	case keymap.FormClose:
		f.shell.Close(f)
	case keymap.FormSave:
		return f.submit()
	case TypedInForm:
		f.settle()
		f.keep()
	}
	return nil
}

// TypedInForm is what FormKey returns for a key that went into a field.
const TypedInForm keymap.ID = "form.typed"

// FormKey handles a key of a form: it moves the focus, or types into a field. It
// returns the action of the key, of which saving and closing are left to the caller.
func (s *Shell) FormKey(f *form.Form, msg tea.KeyMsg) keymap.ID {
	id := s.Keys.Find(msg.String(), keymap.Form)
	if msg.Paste {
		id = ""
	}
	switch id {
	case keymap.FormEnter:
		if !f.Enter() {
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

// keep keeps the values as a draft, or drops the draft where they are the ones that
// the form began with.
func (f *FormDialog) keep() {
	if f.Form.Touched() {
		f.shell.Drafts.titles[f.shell.Drafts.Key(f.Name)] = f.Title
		f.shell.Drafts.Keep(f.Name, f.draft())
	} else {
		f.shell.Drafts.Drop(f.Name)
	}
}

func (f *FormDialog) submit() tea.Cmd {
	if f.shell.ReadOnly && f.Progress == nil {
		f.refusal = "Opened for reading only: nothing can be saved."
		return nil
	}
	if !f.Form.Valid() {
		return nil
	}
	if f.follow(); f.mustChoose() || f.gone() != "" {
		return nil
	}
	f.isUnknown = false
	values := f.Form.Values()
	save := f.Save(values)
	command := f.shell.Drafts.Command(f.Name, f.draft())
	do := func(ctx context.Context) tea.Msg {
		result, err := save(backend.WithCommand(ctx, command))
		return formSavedMsg{f, result, err}
	}
	if f.Progress != nil {
		return f.shell.Work.lasting(f.shell.Now, f.Name, do)
	}
	return f.shell.Change(f.Name, do)
}

// state is what became of the form.
func (f *FormDialog) state(w int) []string {
	sh := f.shell
	switch {
	case sh.Work.Busy(f.Name) && f.Progress != nil:
		return sh.Lines(sh.Look.Info, sh.Spinner()+" "+f.Progress(), w)
	case sh.Work.Busy(f.Name):
		return []string{sh.Look.Info.Render(sh.Spinner() + " Saving…")}
	case f.refusal != "":
		style, sign := sh.FailedSign(f.lost)
		return sh.Lines(style, sign+" "+safe.Text(f.refusal), w)
	case f.gone() != "":
		return sh.Lines(sh.Look.Warn, sh.Look.Attention+" "+safe.Text(f.gone()), w)
	case len(f.conflict.fields) > 0:
		return f.conflictLines(w)
	case f.Form.IsTaken():
		return []string{sh.Look.Info.Render("Theirs is taken " + sh.Look.Dot + " " + sh.Keys.Key(keymap.FormReset) + " brings yours back")}
	case f.Form.IsReset():
		return []string{sh.Look.Info.Render("Started over " + sh.Look.Dot + " " + sh.Keys.Key(keymap.FormReset) + " takes that back")}
	case f.Form.Touched() && f.draftFault() != "":
		return sh.Lines(sh.Look.Warn, sh.Look.Attention+" Not kept: "+safe.Text(f.draftFault()), w)
	case f.restored:
		return []string{sh.Look.Info.Render("Your draft is back " + sh.Look.Dot + " " + sh.Keys.Key(keymap.FormReset) + " starts over")}
	}
	return nil
}

// gone is what Gone says. While the answer to a save is not known, the same request settles it.
func (f *FormDialog) gone() string {
	if f.Gone == nil || f.isUnknown {
		return ""
	}
	return f.Gone()
}

// draftFault is why what is typed is not kept as a draft, "" when it is.
func (f *FormDialog) draftFault() string {
	_, fault := f.shell.Drafts.Kept(f.Name)
	return fault
}

// Card draws the form, and under it what was refused or became of it. It keeps its height.
func (f *FormDialog) Card(w, _ int) Card {
	sh := f.shell
	lines := sh.Reserve(f.Form.View(sh.Look, w), f.Form.Height(sh.Look, w))
	var spots []Spot
	if !f.looking && !sh.Work.Busy(f.Name) {
		spots = sh.FormSpots(f.Form, w)
	}
	if f.Note != nil {
		lines = append(append(lines, ""), sh.Lines(sh.Look.Muted, safe.Text(f.Note()), w)...)
	}
	state := sh.Reserve(f.state(w), ReservedLines)
	if len(state) > 0 {
		lines = append(append(lines, ""), state...)
	}
	keep := slices.Index(f.Form.Rows(sh.Look, w), f.Form.At())
	return Card{Title: f.Title, Lines: lines, Keep: keep, Foot: len(state), Spots: spots, Keys: []keymap.ID{keymap.FormSave, keymap.FormNext, keymap.FormClose}}
}
