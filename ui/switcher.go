package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// listed is how many accounts the switcher reads at once. Where there are more, it
// asks the backend for those that match what is typed.
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

// accountOpened handles the answer to openAccount.
func (m *Model) accountOpened(msg tea.Msg) tea.Cmd {
	opened, ok := msg.(accountOpenedMsg)
	if !ok {
		return nil
	}
	if opened.err != nil {
		m.shell.Fail("The account could not be opened", opened.err)
		return nil
	}
	return func() tea.Msg { return openedMsg{opened.opened} }
}

// switcher is the dialog that opens another account.
type switcher struct {
	*shell.Picker
}

// noOther says that only one account can be opened here.
const noOther = "There is no other account here."

// whyNoOther says why no other account can be opened, "" when one can.
func (m *Model) whyNoOther() string {
	session := &m.shell.Session
	if session.Accounts == nil {
		return noOther
	}
	return session.Lacks(backend.FeatureAccounts)
}

// openSwitcher reads the accounts and opens the list on them.
func (m *Model) openSwitcher() tea.Cmd {
	s := &switcher{}
	s.Picker = shell.NewPicker(m.shell, "Switch account", "name, email or organization", nil, func(it shell.Item) tea.Cmd { return m.openAccount(it.ID) })
	s.Empty = ""
	m.shell.Open(s)
	return s.listCmd("")
}

func (s *switcher) listCmd(match string) tea.Cmd {
	accounts := s.Shell.Session.Accounts
	return s.Shell.Load("accounts", func(ctx context.Context) tea.Msg {
		found, err := accounts.List(ctx, match, listed)
		return accountsListedMsg{match, found, err}
	})
}

// Update shows the accounts that were listed. Where there are more of them, it asks from
// then on for those that match what is typed.
func (s *switcher) Update(msg tea.Msg) tea.Cmd {
	list, ok := msg.(accountsListedMsg)
	switch {
	case !ok:
		return nil
	case list.err != nil:
		s.Shell.FailRead("The accounts could not be listed", list.err)
		return nil
	case list.match == "" && len(list.accounts) == listed:
		s.Search = s.listCmd
	}
	s.show(list.accounts)
	return nil
}

func (s *switcher) show(accounts []backend.AccountSummary) {
	items := make([]shell.Item, len(accounts))
	for i, a := range accounts {
		items[i] = shell.Item{Text: a.FullName() + "  " + a.Email, Right: safe.Text(a.Organization), ID: a.ID}
		if a.ID == s.Shell.Session.Account.ID && !s.Shell.Session.Ended {
			items[i].Right += " " + s.Shell.Look.Dot + " here"
		}
	}
	s.Empty = "No account matches. Try fewer letters."
	if len(items) == 0 && s.Search == nil {
		s.Empty = "There is no account here."
	}
	s.Fill(items)
}

// openAccount opens another account.
func (m *Model) openAccount(id string) tea.Cmd {
	from := m.shell.Session.Opened
	return m.shell.Load("open account", func(ctx context.Context) tea.Msg {
		view, account, err := from.Accounts.Open(ctx, id)
		return accountOpenedMsg{Opened{Accounts: from.Accounts, View: view, Account: account, Local: from.Local, Scope: from.Scope}, err}
	})
}
