package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/form"
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

func onlyFault(check func(string) (string, error)) func(string) error {
	return func(value string) error {
		_, err := check(value)
		return err
	}
}

// nameForm edits name and surname.
func nameForm(d *desk) *formDialog {
	view, was := d.view(), d.profile.Customer
	return &formDialog{
		name: "name", title: "Edit name",
		form: form.New(
			form.Entry{Name: "name", Label: "Name", Field: form.NewInput(was.Name, ""), Check: onlyFault(backend.CleanName)},
			form.Entry{Name: "surname", Label: "Surname", Field: form.NewInput(was.Surname, ""), Check: onlyFault(backend.CleanName)},
		),
		save: func(ctx context.Context, values map[string]string) (tea.Msg, error) {
			name, surname := values["name"], values["surname"]
			saved, err := view.UpdateName(ctx, backend.NameChange{Name: &name, Surname: &surname})
			return nameSavedMsg{saved, was}, err
		},
	}
}

// usernameForm starts a change of the username.
func usernameForm(d *desk) *formDialog {
	view, was := d.view(), d.profile.Customer.Email
	return &formDialog{
		name: "username", title: "Change username",
		form: form.New(form.Entry{Name: "email", Label: "New email", Field: form.NewInput("", "name@example.org"), Check: onlyFault(backend.CleanEmail)}),
		note: func() string {
			return "A code is sent to the new address. Until it is entered, " + was + " stays the username."
		},
		save: func(ctx context.Context, values map[string]string) (tea.Msg, error) {
			saved, err := view.ChangeUsername(ctx, values["email"])
			return usernameAskedMsg{saved}, err
		},
	}
}
