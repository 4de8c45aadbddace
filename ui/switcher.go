package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
)

// listed is how many accounts the switcher holds at once. When there are
// more, typing asks the backend for those that match.
const listed = 200

type accountsListedMsg struct {
	match    string
	accounts []backend.AccountSummary
	err      error
}

type accountOpenedMsg struct {
	opened Opened
	err    error
}

// learn puts the console on another account, or tells why it cannot be.
func (m *Model) learn(fact tea.Msg) tea.Cmd {
	opened, ok := fact.(accountOpenedMsg)
	if !ok {
		return nil
	}
	if opened.err != nil {
		m.shell.fail("The account could not be opened", opened.err)
		return nil
	}
	return func() tea.Msg { return openedMsg{opened.opened} }
}

// switcher chooses another account.
type switcher struct {
	*picker
}

// whyNoOther says why no other account can be opened, "" when one can.
func (m *Model) whyNoOther() string {
	session := &m.shell.Session
	if session.Accounts == nil {
		return "There is no other account here."
	}
	return session.Lacks(backend.FeatureAccounts)
}

// openSwitcher reads the accounts and opens the list on them.
func (m *Model) openSwitcher() tea.Cmd {
	s := &switcher{}
	s.picker = newPicker(m.shell, "Switch account", "name, email or organization", nil, func(it item) tea.Cmd { return s.openCmd(it.id) })
	s.empty = ""
	m.shell.open(s)
	return s.listCmd("")
}

func (s *switcher) listCmd(match string) tea.Cmd {
	accounts := s.shell.Session.Accounts
	return s.shell.load("accounts", func(ctx context.Context) tea.Msg {
		found, err := accounts.List(ctx, match, listed)
		return accountsListedMsg{match, found, err}
	})
}

func (s *switcher) Update(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case accountsListedMsg:
		if fact.err != nil {
			s.shell.failRead("The accounts could not be listed", fact.err)
			return nil
		}
		if fact.match == "" && len(fact.accounts) == listed {
			s.search = s.listCmd
		}
		s.show(fact.accounts)
	}
	return nil
}

func (s *switcher) show(accounts []backend.AccountSummary) {
	items := make([]item, len(accounts))
	for i, a := range accounts {
		items[i] = item{text: a.FullName() + "  " + a.Email, right: safe.Text(a.Organization), id: a.ID}
		if a.ID == s.shell.Session.Account.ID && !s.shell.Session.Ended {
			items[i].right += " " + s.shell.Look.Dot + " here"
		}
	}
	s.empty = "No account matches. Try fewer letters."
	if len(items) == 0 && s.search == nil {
		s.empty = "There is no account here."
	}
	s.fill(items)
}

func (s *switcher) openCmd(id string) tea.Cmd {
	from := s.shell.Session.Opened
	return s.shell.load("open account", func(ctx context.Context) tea.Msg {
		view, account, err := from.Accounts.Open(ctx, id)
		return accountOpenedMsg{Opened{Accounts: from.Accounts, View: view, Account: account, Local: from.Local, Scope: from.Scope}, err}
	})
}
