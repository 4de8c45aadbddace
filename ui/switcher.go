package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// listed is how many accounts the switcher reads at once. Where there are more, it
// asks the backend for those that match what is typed.
const listed = 200

type accountsListedMsg struct {
	of    *switcher
	match string
	page  backend.AccountPage
	err   error
}

// searchMsg: nothing may have been typed for a while.
type searchMsg struct {
	of   shell.Overlay
	text string
}

type accountOpenedMsg struct {
	openedMsg
	err error
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
	return func() tea.Msg { return opened.openedMsg }
}

// switcher is the dialog that opens another account, or another context.
type switcher struct {
	*shell.Picker
	model *Model
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
	s := &switcher{model: m}
	s.Picker = shell.NewPicker(m.shell, "Switch account", "name, email or organization", nil, s.run)
	s.Empty = ""
	m.shell.Open(s)
	return s.listCmd("")
}

func (s *switcher) run(chosen shell.Item) tea.Cmd {
	if name, isContext := strings.CutPrefix(chosen.ID, itemContext); isContext {
		return s.model.openContext(name)
	}
	return s.model.openAccount(chosen.ID, false)
}

// contexts are those that match what is typed, where the backend searches the accounts;
// else all, of which the picker finds them.
func (s *switcher) contexts() []shell.Item {
	text := strings.TrimSpace(s.Text())
	return slices.DeleteFunc(s.model.contextItems(), func(it shell.Item) bool {
		return s.Search != nil && text != "" && len(fuzzy.Find(text, []string{it.Text + " " + it.Right})) == 0
	})
}

// searchCmd asks for what matches, once typing pauses.
func (s *switcher) searchCmd(text string) tea.Cmd {
	return s.Shell.After(shell.TypingPause, searchMsg{s, text})
}

func (s *switcher) listCmd(match string) tea.Cmd {
	session := &s.Shell.Session
	accounts, here, hasPages := session.Accounts, session.Account.ID, session.Lacks(backend.FeatureReach) == ""
	return s.Shell.Load("accounts", func(ctx context.Context) tea.Msg {
		page, err := accounts.Page(ctx, backend.AccountQuery{Match: match, Limit: listed})
		if err == nil && match == "" && page.Next != "" && hasPages && !has(page, here) {
			page, err = around(ctx, accounts, here, page)
		}
		return accountsListedMsg{s, match, page, err}
	})
}

func has(page backend.AccountPage, id string) bool {
	return slices.ContainsFunc(page.Accounts, func(a backend.AccountRow) bool { return a.ID == id })
}

// around is the page around an account, or the first one where that is gone.
func around(ctx context.Context, accounts backend.Accounts, id string, first backend.AccountPage) (backend.AccountPage, error) {
	before, err := accounts.Page(ctx, backend.AccountQuery{From: id, Descending: true, Limit: listed / 2})
	if backend.ErrorCode(err) == backend.CodeNotFound {
		return first, nil
	}
	if err != nil {
		return first, err
	}
	page, err := accounts.Page(ctx, backend.AccountQuery{From: id, Limit: listed/2 + 1})
	slices.Reverse(before.Accounts)
	if n := len(before.Accounts); n > 0 && len(page.Accounts) > 0 {
		page.Accounts = append(before.Accounts[:n-1], page.Accounts...) // both have the account itself
	}
	page.Next = first.Next // there are more
	return page, err
}

// Update shows the accounts that were listed. Where there are more of them, it asks from
// then on for those that match what is typed.
func (s *switcher) Update(msg tea.Msg) tea.Cmd {
	if search, ok := msg.(searchMsg); ok && search.of == shell.Overlay(s) && search.text == s.Text() {
		return s.listCmd(search.text)
	}
	list, ok := msg.(accountsListedMsg)
	switch {
	case !ok || list.of != s:
		return nil
	case list.err != nil:
		s.Shell.FailRead("The accounts could not be listed", list.err)
		return nil
	case list.match == "" && (list.page.Next != "" || list.page.IsMore):
		s.Search = s.searchCmd
	}
	s.show(list.page)
	if list.match == "" && s.Text() == "" {
		s.Point(s.Shell.Session.Account.ID)
	}
	return nil
}

func (s *switcher) show(page backend.AccountPage) {
	items := make([]shell.Item, len(page.Accounts))
	for i, a := range page.Accounts {
		items[i] = shell.Item{Text: a.FullName(), Aside: backend.ReadableEmail(a.Email), Masked: s.Shell.MaskedAccount(a.Email), Right: safe.Text(a.Organization), ID: a.ID}
		if a.ID == s.Shell.Session.Account.ID && !s.Shell.Session.Ended {
			items[i].Right = "here " + s.Shell.Look.Dot + " " + items[i].Right
		}
	}
	s.Empty = "No account matches. Try fewer letters."
	if len(items) == 0 && s.Search == nil {
		s.Empty = "There is no account here."
	}
	s.Note = ""
	if n := len(items); page.Next != "" || page.IsMore {
		of := shell.Number(max(n, page.Total))
		if page.IsMore {
			of += "+"
		}
		s.Note = fmt.Sprintf("%d of %s %s type to narrow", n, of, s.Shell.Look.Dot)
	}
	contexts := s.contexts()
	for i, it := range contexts {
		contexts[i].Aside, contexts[i].Right = it.Right, ""
		if it.Off != "" {
			contexts[i].Right = "here"
		}
	}
	s.Fill(slices.Concat(items, contexts))
}

// openAccount opens another account, which was chosen in the side or elsewhere.
func (m *Model) openAccount(id string, isFromSide bool) tea.Cmd {
	from := m.shell.Session.Opened
	return m.shell.Load("open account", func(ctx context.Context) tea.Msg {
		view, account, err := from.Accounts.Open(ctx, id)
		return accountOpenedMsg{openedMsg{from.With(view, account), isFromSide}, err}
	})
}
