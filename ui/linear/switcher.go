package linear

import (
	"context"
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/safe"
)

// switchAccount opens another account, which a text finds, or a context.
func (m *Mode) switchAccount(ctx context.Context, with asked) error {
	contexts := m.options.Console.Contexts
	why := m.whyNoAccounts()
	if why != "" && len(contexts) == 0 {
		m.say(why)
		return nil
	}
	var found []backend.AccountSummary
	var choices []string
	if why == "" {
		list, total, err := m.foundAccounts(ctx, with.text, page)
		if err != nil && len(contexts) == 0 {
			return err
		}
		if err != nil {
			m.tell(err)
		}
		if found = list; total > len(list) {
			m.say(fmt.Sprintf("The first %d of %d; account TEXT finds others.", len(list), total))
		}
	}
	for _, a := range found {
		words := safe.Text(a.FullName()) + ", " + m.email(a.Email) + ", " + safe.Text(a.Organization)
		if a.ID == m.shell.Session.Account.ID {
			words += ", open"
		}
		choices = append(choices, words)
	}
	for _, c := range contexts {
		words := "Context " + safe.Text(c.Name) + ", " + safe.Text(c.Place)
		if c.Name == m.context {
			words += ", open"
		}
		choices = append(choices, words)
	}
	if len(choices) == 0 {
		m.say(fmt.Sprintf("Nothing has %q.", m.short(with.text)))
		return nil
	}
	at, isBack, err := m.choose(ctx, "Which one is to be opened?", choices...)
	switch {
	case isBack || err != nil:
		return err
	case at < len(found):
		return m.openAccount(ctx, found[at].ID)
	}
	return m.openContext(ctx, contexts[at-len(found)])
}

// openContext opens the account of a context. The one that is open stays until that one is.
func (m *Mode) openContext(ctx context.Context, c ui.Context) error {
	opened, err := c.Open(ctx)
	if err != nil {
		m.say("The context " + safe.Text(c.Name) + " could not be opened.")
		return err
	}
	m.context = c.Name
	m.show(ctx, opened)
	return m.list(ctx)
}
