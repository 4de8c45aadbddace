package ui

import (
	"errors"
	"strings"

	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
)

const (
	tokenField  = "token"        // the name of the field that a token belongs into
	serverDraft = "first server" // the name of the form's draft
)

// serverForm asks for a server: its address, a token and the name of its context.
func serverForm(s Setup) firstForm {
	address := form.NewInput("", "https://accounts.example.org").Hide(isToken)
	name := form.NewInput("", "").Hide(isToken).Follow(func() string {
		if strings.TrimSpace(address.Value()) == "" || isToken(address.Value()) {
			return ""
		}
		return s.ServerName(address.Value())
	})
	return firstForm{title: "Your server", draft: serverDraft, Form: form.New(
		form.Entry{Name: "address", Label: "Address", Field: address, Check: noToken(needed("Enter the address of the server."))},
		form.Entry{Name: tokenField, Label: "Token", Field: form.NewSecret(), Check: needed("Enter the token that the server has given you."), Hint: `made by "pinghome token create" on the server`},
		form.Entry{Name: "name", Label: "Name", Field: name, Check: noToken(nil), Hint: "for --context; may be empty"},
	)}
}

// isToken reports whether a value begins as a token does, or has one in it. No server and
// no context is called so.
func isToken(value string) bool {
	value = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(value)), "bearer ")
	return strings.HasPrefix(strings.TrimSpace(value), "ph_") || safe.HasToken(value)
}

// noToken is the Check of a field into which a token was pasted by mistake; next checks all
// other values, nil: they are right.
func noToken(next func(string) error) func(string) error {
	return func(value string) error {
		switch {
		case isToken(value):
			return errors.New("This is a token. It belongs in the field Token; ctrl+u empties this one.")
		case next == nil:
			return nil
		}
		return next(value)
	}
}

// needed is the Check of a field that must not be empty.
func needed(sentence string) func(string) error {
	return func(value string) error {
		if strings.TrimSpace(value) == "" {
			return errors.New(sentence)
		}
		return nil
	}
}

// withoutTokens is what a draft has of a form: no token, wherever it was typed.
func withoutTokens(f *firstForm) map[string]string {
	values := f.Values()
	delete(values, tokenField)
	for name, value := range values {
		if f.draft == serverDraft && isToken(value) {
			delete(values, name)
		}
	}
	return values
}
