package linear

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/safe"
)

// switchAccount opens another account, which a text finds, or a context: at once where the text leaves one, else the one
// that is chosen. A number is that of the list of accounts that was said last.
func (m *Mode) switchAccount(ctx context.Context, with asked) error {
	why := m.whyNoAccounts()
	if !m.canSwitch() {
		m.say(why)
		return nil
	}
	if n, err := strconv.Atoi(with.text); err == nil && why == "" && m.listed.of != nil && m.listed.of.scope == keymap.Accounts {
		if id := idOf(m.listed.rows, n); id != "" {
			return m.openAccount(ctx, id)
		}
	}
	for _, c := range m.options.Console.Contexts { // accounts are found by some of their letters, and contexts have few
		if strings.EqualFold(c.Name, with.text) {
			return m.openContext(ctx, c)
		}
	}
	found, isAll, contexts, err := m.findToOpen(ctx, with.text, why == "")
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(found, func(a backend.AccountSummary) bool { return strings.EqualFold(a.FullName(), with.text) }); i >= 0 && isAll && isOnlyOf(found, i) {
		return m.openAccount(ctx, found[i].ID)
	}
	choices := m.openChoices(found, contexts)
	at, isBack := 0, false
	switch {
	case len(choices) == 0:
		m.say(fmt.Sprintf("Nothing has %q.", m.short(with.text)))
		return nil
	case len(choices) == 1 && utf8.RuneCountInString(with.text) >= fewestLetters:
		m.say(sentence(choices[0]))
	default:
		at, isBack, err = m.choose(ctx, "Which one is to be opened?", choices...)
	}
	switch {
	case isBack || err != nil:
		return err
	case at < len(found):
		return m.openAccount(ctx, found[at].ID)
	}
	return m.openContext(ctx, contexts[at-len(found)])
}

// canSwitch reports whether there may be another account to open.
func (m *Mode) canSwitch() bool {
	return m.whyNoAccounts() == "" || len(m.options.Console.Contexts) > 0
}

// isOnlyOf reports whether no other account of a list has the name of this one.
func isOnlyOf(list []backend.AccountSummary, at int) bool {
	same := 0
	for _, a := range list {
		if strings.EqualFold(a.FullName(), list[at].FullName()) {
			same++
		}
	}
	return same == 1
}

// findToOpen finds the accounts and the contexts that have a text; isAll: all of these accounts. Contexts are there also
// where no account can be read.
func (m *Mode) findToOpen(ctx context.Context, text string, hasAccounts bool) (found []backend.AccountSummary, isAll bool, contexts []ui.Context, err error) {
	for _, c := range m.options.Console.Contexts {
		if strings.Contains(strings.ToLower(c.Name+"\n"+c.Place), strings.ToLower(text)) {
			contexts = append(contexts, c)
		}
	}
	if !hasAccounts {
		return nil, true, contexts, nil
	}
	found, total, err := m.foundAccounts(ctx, text, page)
	switch {
	case err != nil && len(contexts) == 0:
		return nil, false, nil, err
	case err != nil:
		m.tell(err)
	case total > len(found):
		m.say(fmt.Sprintf("The first %d of %d. For another one go back, and type account with a part of its name.", len(found), total))
	}
	return found, total == len(found), contexts, nil
}

func (m *Mode) openChoices(found []backend.AccountSummary, contexts []ui.Context) (choices []string) {
	add := func(words string, isOpen bool) {
		if isOpen {
			words += ", open now"
		}
		choices = append(choices, words)
	}
	for _, a := range found {
		add(m.accountNames(a.FullName(), a.Email, a.Organization), a.ID == m.shell.Session.Account.ID)
	}
	for _, c := range contexts {
		add("Context "+safe.Text(c.Name)+", "+safe.Text(c.Place), c.Name == m.context)
	}
	return choices
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
