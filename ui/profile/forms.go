package profile

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/shell"
)

// nameSavedMsg: name and surname have been changed.
type nameSavedMsg struct {
	profile backend.Profile
	was     backend.Customer
}

// nameRestoredMsg: a change of the name was undone.
type nameRestoredMsg struct{ err error }

// usernameAskedMsg: a code is on its way to the new address.
type usernameAskedMsg struct{ profile backend.Profile }

// nameForm edits name and surname.
func nameForm(sh *shell.Shell) *shell.FormDialog {
	view, base := sh.Session.View, sh.Session.Profile.Customer
	was := base // before the save, for the undo
	told := base
	return &shell.FormDialog{
		Name: "name", Title: "Edit name",
		Form: form.New(
			form.Entry{Name: "name", Label: "Name", Field: form.NewInput(base.Name, ""), Check: form.Fault(backend.CleanName)},
			form.Entry{Name: "surname", Label: "Surname", Field: form.NewInput(base.Surname, ""), Check: form.Fault(backend.CleanName)},
		),
		// What somebody else changed since is told once, and not overwritten unasked.
		Warn: func(values map[string]string) string {
			before := told
			was, told = sh.Session.Profile.Customer, sh.Session.Profile.Customer
			switch change := nameChange(base, values); {
			case change.Name != nil && was.Name != before.Name && was.Name != *change.Name:
				return "Meanwhile somebody changed the name to " + was.Name + ". Save again to replace it."
			case change.Surname != nil && was.Surname != before.Surname && was.Surname != *change.Surname:
				return "Meanwhile somebody changed the surname to " + was.Surname + ". Save again to replace it."
			}
			return ""
		},
		Save: func(ctx context.Context, values map[string]string) (tea.Msg, error) {
			change := nameChange(base, values)
			if change == (backend.NameChange{}) {
				return nameSavedMsg{backend.Profile{Customer: was}, was}, nil
			}
			saved, err := view.UpdateName(ctx, change)
			return nameSavedMsg{saved, was}, err
		},
	}
}

// nameChange is only what was changed in the form, so that the other part
// stays as somebody else may have left it.
func nameChange(was backend.Customer, values map[string]string) backend.NameChange {
	name, surname := values["name"], values["surname"]
	var change backend.NameChange
	if name != was.Name {
		change.Name = &name
	}
	if surname != was.Surname {
		change.Surname = &surname
	}
	return change
}

// usernameForm starts a change of the username.
func usernameForm(sh *shell.Shell) *shell.FormDialog {
	view, was := sh.Session.View, sh.Session.Profile.Customer.Email
	return &shell.FormDialog{
		Name: "username", Title: "Change username",
		Form: form.New(form.Entry{Name: "email", Label: "New email", Field: form.NewInput("", "name@example.org"), Check: form.Fault(backend.CleanEmail)}),
		Note: func() string {
			return "A code is sent to the new address. Until it is entered, " + was + " stays the username."
		},
		Save: func(ctx context.Context, values map[string]string) (tea.Msg, error) {
			saved, err := view.ChangeUsername(ctx, values["email"])
			return usernameAskedMsg{saved}, err
		},
	}
}
