package linear

import (
	"context"
	"math"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// accountsRead is how many accounts are read at once.
const accountsRead = 200

// accountList is the screen of all accounts.
type accountList struct {
	*Mode
	read         []backend.AccountRow
	next         string // where the next page begins; "" for none
	onlyProblems bool
}

func newAccounts(m *Mode) *place {
	a := &accountList{Mode: m}
	return &place{scope: keymap.Accounts, action: keymap.Screen6, needs: backend.FeatureAccounts, noun: "account", head: a.head, rows: a.rows, facts: a.facts,
		older: a.older, hasOlder: func() bool { return a.next != "" }, isSilentWithout: true, isNarrowing: true,
		entries: []entry{
			{id: keymap.Open, takes: takesOne, title: "open this account", do: a.open},
			{id: keymap.OnlyProblems, title: "list only those with a problem", do: a.setOnlyProblems(true)},
			{id: keymap.AllAccounts, title: "list all accounts again", do: a.setOnlyProblems(false)},
			{word: "spell", takes: takesOne, title: "say its email sign by sign", do: a.spell},
		}}
}

func (a *accountList) head() string {
	if a.onlyProblems {
		return "Accounts with a problem."
	}
	return "All accounts, by name."
}

func (a *accountList) setOnlyProblems(isOnly bool) func(context.Context, asked) error {
	return func(ctx context.Context, _ asked) error {
		a.onlyProblems, a.row = isOnly, ""
		return a.list(ctx)
	}
}

// rows reads the accounts that have the text to find, in their names.
func (a *accountList) rows(ctx context.Context) ([]row, error) {
	a.read, a.next = nil, ""
	return a.older(ctx)
}

// older reads the accounts behind those that were read.
func (a *accountList) older(ctx context.Context) (rows []row, err error) {
	query := backend.AccountQuery{Match: a.narrow.text[keymap.Accounts], OnlyProblems: a.onlyProblems, After: a.next, Limit: accountsRead}
	read, err := a.shell.Session.Accounts.Page(ctx, query)
	if err != nil {
		return nil, err
	}
	switch total := shell.Count(read.Total, "account"); {
	case a.next != "" || read.Total == 0:
	case read.IsMore:
		a.say("More than " + total + "; find TEXT finds one.")
	case read.Total > len(read.Accounts):
		a.say(total + "; find TEXT finds one.")
	default:
		a.say(total + ".")
	}
	for _, account := range read.Accounts {
		a.read = append(a.read, account)
		rows = append(rows, row{len(a.read), account.ID, a.accountWords(account), query.Match})
	}
	a.next = read.Next
	return rows, nil
}

func (a *accountList) account(id string) (backend.AccountRow, bool) {
	for _, account := range a.read {
		if account.ID == id {
			return account, true
		}
	}
	return backend.AccountRow{}, false
}

func (a *accountList) facts(id string) []string {
	account, isThere := a.account(id)
	if !isThere {
		return nil
	}
	return []string{a.accountWords(account) + ".", "Team " + safe.Text(account.Team) + ", plan " + safe.Text(string(account.Plan)) + ".", "open opens it."}
}

func (a *accountList) open(ctx context.Context, with asked) error {
	return a.openAccount(ctx, with.id())
}

func (a *accountList) spell(_ context.Context, with asked) error {
	account, _ := a.account(with.id())
	a.say(spelled(backend.ReadableEmail(account.Email)))
	return nil
}

// openAccount opens another account in the same place, and says where the person is then.
func (m *Mode) openAccount(ctx context.Context, id string) error {
	from := m.shell.Session.Opened
	view, account, err := from.Accounts.Open(ctx, id)
	if err != nil {
		return err
	}
	m.show(ctx, from.With(view, account))
	return m.list(ctx)
}

// whyNoAccounts says why no other account can be opened, "" when one can.
func (m *Mode) whyNoAccounts() string {
	if m.shell.Session.Accounts == nil {
		return "There is no other account here."
	}
	return m.shell.Session.Lacks(backend.FeatureAccounts)
}

// foundAccounts are the accounts that a text finds, the best first, at most most.
func (m *Mode) foundAccounts(ctx context.Context, text string, most int) (list []backend.AccountSummary, total int, err error) {
	accounts := m.shell.Session.Accounts
	if m.shell.Session.Lacks(backend.FeatureSearch) != "" {
		list, err = accounts.List(ctx, text, math.MaxInt32)
		return list[:min(most, len(list))], len(list), err
	}
	found, err := accounts.Search(ctx, backend.AccountSearch{Text: text, Limit: most})
	return found.Accounts, found.Total, err
}
