package profile

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/shell"
)

// nameSavedMsg: name and surname were saved. was is the customer before that.
type nameSavedMsg struct {
	profile backend.Profile
	was     backend.Customer
}

// nameRestoredMsg: a change of the name was undone, or err says why not.
type nameRestoredMsg struct{ err error }

// nameForm edits name and surname.
func nameForm(sh *shell.Shell) *shell.FormDialog {
	view, known := sh.Session.View, sh.Session.Profile.Customer // as the form knows it
	return &shell.FormDialog{
		Name: "name", Title: "Edit name",
		Form: form.New(
			form.Entry{Name: "name", Label: "Name", Field: form.NewInput(known.Name, ""), Check: form.Fault(backend.CleanName)},
			form.Entry{Name: "surname", Label: "Surname", Field: form.NewInput(known.Surname, ""), Check: form.Fault(backend.CleanName)},
		),
		Present: func() map[string]shell.Presented {
			known = sh.Session.Profile.Customer
			return map[string]shell.Presented{"name": {Value: known.Name}, "surname": {Value: known.Surname}}
		},
		Save: func(values map[string]string) func(context.Context) (tea.Msg, error) {
			was, change := known, nameChange(known, values)
			return func(ctx context.Context) (tea.Msg, error) {
				if change == (backend.NameChange{}) {
					return nameSavedMsg{backend.Profile{Customer: was}, was}, nil
				}
				saved, err := saveName(ctx, view, was, change)
				return nameSavedMsg{saved, was}, err
			}
		},
	}
}

// saveName changes a name only while what it replaces is as it was known, or is the new one
// already: a first try may have changed it, and its answer been lost.
func saveName(ctx context.Context, view backend.Backend, known backend.Customer, change backend.NameChange) (saved backend.Profile, err error) {
	err = shell.UnlessChanged(ctx, view, view.Profile, func(now backend.Profile) string {
		switch {
		case shell.IsReplaced(known.Name, now.Customer.Name, change.Name):
			return "The name is another one now."
		case shell.IsReplaced(known.Surname, now.Customer.Surname, change.Surname):
			return "The surname is another one now."
		}
		return ""
	}, func(ctx context.Context) error {
		saved, err = view.UpdateName(ctx, change)
		return err
	})
	return saved, err
}

// nameChange is what was changed in the form. The other part is not sent, so that it
// stays as it is by now.
func nameChange(known backend.Customer, values map[string]string) backend.NameChange {
	name, surname := values["name"], values["surname"]
	var change backend.NameChange
	if name != known.Name {
		change.Name = &name
	}
	if surname != known.Surname {
		change.Surname = &surname
	}
	return change
}

// applyTo tells the new name and makes an undo. The undo does nothing where the name
// has been changed again since.
func (m nameSavedMsg) applyTo(s *screen) tea.Cmd {
	sh, was, saved := s.shell, m.was, m.profile.Customer
	if was.Name == saved.Name && was.Surname == saved.Surname {
		sh.Tell(shell.Neutral, "Nothing to save: this is the name already.")
		return nil
	}
	sh.Tell(shell.Good, "Saved: %s%s", saved.FullName(), sh.UndoHint())
	view := sh.Session.View
	sh.Undoable(func() tea.Cmd {
		if now := sh.Session.Profile.Customer; now.Name != saved.Name || now.Surname != saved.Surname {
			sh.Tell(shell.Warning, "The name was changed again since, so it stays.")
			return nil
		}
		return sh.Change("name", func(ctx context.Context) tea.Msg {
			_, err := view.UpdateName(ctx, backend.NameChange{Name: &was.Name, Surname: &was.Surname})
			return nameRestoredMsg{err}
		})
	})
	return nil
}

func (m nameRestoredMsg) applyTo(s *screen) tea.Cmd {
	if m.err != nil {
		s.shell.Fail("The name could not be put back", m.err)
		return nil
	}
	s.shell.Tell(shell.Good, "The name is as it was.")
	return s.shell.Reload()
}
