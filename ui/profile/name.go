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
	view, atOpening := sh.Session.View, sh.Session.Profile.Customer
	was := atOpening // the customer before the save, for the undo
	warned := atOpening
	return &shell.FormDialog{
		Name: "name", Title: "Edit name", Edits: true,
		Form: form.New(
			form.Entry{Name: "name", Label: "Name", Field: form.NewInput(atOpening.Name, ""), Check: form.Fault(backend.CleanName)},
			form.Entry{Name: "surname", Label: "Surname", Field: form.NewInput(atOpening.Surname, ""), Check: form.Fault(backend.CleanName)},
		),
		// What another console has changed since the form was opened is not overwritten
		// without a warning. There is one warning for each such change.
		Warn: func(values map[string]string) string {
			last := warned
			was, warned = sh.Session.Profile.Customer, sh.Session.Profile.Customer
			switch change := nameChange(atOpening, values); {
			case change.Name != nil && was.Name != last.Name && was.Name != *change.Name:
				return "The name was changed elsewhere to " + was.Name + ". Save again to replace it."
			case change.Surname != nil && was.Surname != last.Surname && was.Surname != *change.Surname:
				return "The surname was changed elsewhere to " + was.Surname + ". Save again to replace it."
			}
			return ""
		},
		Save: func(ctx context.Context, values map[string]string) (tea.Msg, error) {
			change := nameChange(atOpening, values)
			if change == (backend.NameChange{}) {
				return nameSavedMsg{backend.Profile{Customer: was}, was}, nil
			}
			saved, err := saveName(ctx, view, was, change)
			return nameSavedMsg{saved, was}, err
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
func nameChange(atOpening backend.Customer, values map[string]string) backend.NameChange {
	name, surname := values["name"], values["surname"]
	var change backend.NameChange
	if name != atOpening.Name {
		change.Name = &name
	}
	if surname != atOpening.Surname {
		change.Surname = &surname
	}
	return change
}

// applyTo tells the new name and makes an undo. The undo does nothing where the name
// has been changed again since.
func (m nameSavedMsg) applyTo(s *screen) tea.Cmd {
	sh, was, saved := s.shell, m.was, m.profile.Customer
	if was.Name == saved.Name && was.Surname == saved.Surname {
		sh.Tell(shell.Neutral, "Nothing was changed.")
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
