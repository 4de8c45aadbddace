package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// The accounts that the first run made up go in one step: they are listed, it is asked
// once, and they are gone.

type demoListedMsg struct {
	accounts []backend.AccountSummary
	err      error
}

// demoRemovedMsg: the accounts with these ids are gone, or err says why not. next is the account that is
// opened in the place of one of them; none is left where noneLeft is set, and openErr says
// why none could be opened.
type demoRemovedMsg struct {
	removed  []string
	next     *Opened
	noneLeft bool
	openErr  error
	err      error
}

// whyNoDemo says why no demo accounts can be removed, "" when it can be tried.
func (m *Model) whyNoDemo() string {
	_, isRemover := m.shell.Session.Accounts.(backend.DemoRemover)
	switch {
	case !isRemover:
		return "There are no demo accounts here."
	case m.shell.Place == shell.DemoPlace:
		return "This is the demo: all of it goes when you leave."
	}
	return ""
}

// listDemoCmd reads which accounts are made up.
func (m *Model) listDemoCmd() tea.Cmd {
	remover := m.shell.Session.Accounts.(backend.DemoRemover)
	return m.shell.Load("demo accounts", func(ctx context.Context) tea.Msg {
		accounts, err := remover.DemoAccounts(ctx)
		return demoListedMsg{accounts, err}
	})
}

// updateDemo handles the answers about the demo accounts.
func (m *Model) updateDemo(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case demoListedMsg:
		m.askDemo(msg)
	case demoRemovedMsg:
		return m.demoRemoved(msg)
	}
	return nil
}

func (m *Model) askDemo(msg demoListedMsg) {
	switch {
	case msg.err != nil:
		m.shell.FailRead("The accounts could not be listed", msg.err)
		return
	case len(msg.accounts) == 0:
		m.shell.Refuse(shell.Neutral, "There are no demo accounts here.")
		return
	}
	lines := []string{"All that is made up goes, with channels and messages:", ""}
	for _, a := range msg.accounts {
		lines = append(lines, safe.Text(a.FullName()+", "+a.Organization))
	}
	m.shell.Ask(shell.Question{
		Title: "Remove " + shell.Count(len(msg.accounts), "demo account") + "?", Lines: append(lines, "", "Your own accounts stay."),
		Keep: "Keep them", DoIt: "Remove them", Action: m.removeDemoCmd,
	})
}

// removeDemoCmd removes them, and opens another account where one of them is open.
func (m *Model) removeDemoCmd() tea.Cmd {
	from := m.shell.Session.Opened
	return m.shell.Change("remove demo", func(ctx context.Context) tea.Msg {
		removed, err := removeDemo(ctx, from.Accounts.(backend.DemoRemover))
		done := demoRemovedMsg{removed: removed, err: err}
		if err != nil || !from.Account.IsDemo {
			return done
		}
		next := from
		next.Check = nil
		next.View, next.Account, err = from.Accounts.Open(ctx, "")
		switch {
		case err == nil:
			done.next = &next
		case backend.ErrorCode(err) == backend.CodeNotFound:
			done.noneLeft = true
		default:
			done.openErr = err
		}
		return done
	})
}

// removeDemo removes the demo accounts, and returns their ids.
func removeDemo(ctx context.Context, from backend.DemoRemover) (ids []string, err error) {
	list, err := from.DemoAccounts(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range list {
		ids = append(ids, a.ID)
	}
	_, err = from.RemoveDemo(ctx)
	return ids, err
}

func (m *Model) demoRemoved(done demoRemovedMsg) tea.Cmd {
	if done.err != nil {
		m.shell.Fail("The demo accounts could not be removed", done.err)
		return nil
	}
	m.shell.Tell(shell.Good, "%s removed.", shell.Count(len(done.removed), "demo account"))
	drop := m.dropDraftsOf(done.removed)
	switch {
	case done.next != nil:
		return tea.Sequence(drop, func() tea.Msg { return openedMsg{opened: *done.next} })
	case done.noneLeft && m.firstAccount != nil:
		return tea.Batch(drop, m.startOver())
	case done.openErr != nil:
		m.shell.FailRead("Another account could not be opened", done.openErr)
		m.shell.Session.Ended, m.shell.Session.IsDeleted = true, true
		m.shell.Session.Ending = "This account was a demo account and was removed. Another one could not be opened: " + shell.Sentence(done.openErr)
		return drop
	}
	return tea.Batch(drop, m.reload())
}

// dropDraftsOf forgets the drafts of accounts that are gone.
func (m *Model) dropDraftsOf(ids []string) tea.Cmd {
	scopes := make([]string, len(ids))
	for i, id := range ids {
		scopes[i] = shell.DraftScope(m.shell.Session.Scope, id)
	}
	return m.shell.Drafts.DropOf(scopes...)
}

// startOver asks for the first account of a database that has none any more.
func (m *Model) startOver() tea.Cmd {
	forget := m.forgetAccountCmd()
	m.shell.Show(Opened{})
	m.screens, m.at = nil, 0
	m.start = newFirstRun(m.shell, *m.firstAccount, false)
	return tea.Batch(forget, m.start.Init())
}
