package profile

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/verify"
)

// profile is the first screen: who this is, the team and organization, the
// limits, and a username change that waits for its code.
type screen struct {
	shell   *shell.Shell
	top     int // the first line in sight, in little room
	n       int // how many lines there are
	err     error
	actions []shell.Action
}

type usernameCancelledMsg struct{ err error }

// New returns the screen on the account that the shell has open.
func New(sh *shell.Shell) shell.Screen {
	p := &screen{shell: sh}
	p.actions = p.listActions()
	return p
}

func (p *screen) Init() tea.Cmd             { return p.Load() }
func (p *screen) Title() string             { return "Profile" }
func (p *screen) Badge() string             { return "" }
func (p *screen) Scope() keymap.Scope       { return keymap.Profile }
func (p *screen) TypingScope() keymap.Scope { return "" }
func (p *screen) Type(tea.KeyMsg) tea.Cmd   { return nil }
func (p *screen) Actions() []shell.Action   { return p.actions }

func (p *screen) Load() tea.Cmd {
	view := p.shell.Session.View
	return p.shell.Load("profile", func(ctx context.Context) tea.Msg {
		read, err := view.Profile(ctx)
		return shell.ProfileReadMsg{Profile: read, Err: err}
	})
}

func (p *screen) Update(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case shell.ProfileReadMsg:
		p.err = fact.Err
		if fact.Err != nil {
			p.shell.FailRead("The profile could not be read", fact.Err)
			return nil
		}
		p.shell.Session.Profile, p.shell.Session.Revision = &fact.Profile, fact.Profile.Revision
		p.shell.Session.MayBeDeleted = false
		p.shell.Connected()
	case nameSavedMsg:
		p.nameSaved(fact)
	case nameRestoredMsg:
		if fact.err != nil {
			p.shell.Fail("The name could not be put back", fact.err)
			return nil
		}
		p.shell.Tell(shell.Good, "The name is as it was.")
		return p.shell.Reload()
	case usernameAskedMsg:
		p.shell.Session.Profile, p.shell.Undo = &fact.profile, nil
		verify.OpenCode(p.shell, verify.Username(p.shell, fact.profile.Pending), "")
	case usernameCancelledMsg:
		if fact.err != nil {
			p.shell.Fail("The change was not cancelled", fact.err)
			return p.Load()
		}
		p.shell.Undo = nil
		p.shell.Tell(shell.Good, "Cancelled. The username stays as it was.")
		return p.shell.Reload()
	}
	return nil
}

// nameSaved tells the new name and keeps the old one for an undo, which
// takes back this change and nothing that came after it.
func (p *screen) nameSaved(m nameSavedMsg) {
	sh, view, was, saved := p.shell, p.shell.Session.View, m.was, m.profile.Customer
	if was.Name == saved.Name && was.Surname == saved.Surname {
		sh.Tell(shell.Neutral, "Nothing was changed.")
		return
	}
	sh.Tell(shell.Good, "Saved: %s %s %s undo", saved.FullName(), sh.Look.Dot, sh.Keys.Key(keymap.Undo))
	sh.Undo = func() tea.Cmd {
		if now := sh.Session.Profile.Customer; now.Name != saved.Name || now.Surname != saved.Surname {
			sh.Tell(shell.Warning, "The name has been changed again since: it stays.")
			return nil
		}
		return sh.Change("name", func(ctx context.Context) tea.Msg {
			_, err := view.UpdateName(ctx, backend.NameChange{Name: &was.Name, Surname: &was.Surname})
			return nameRestoredMsg{err}
		})
	}
}

func (p *screen) askCancel() tea.Cmd {
	sh := p.shell
	sh.Ask(shell.Question{Title: "Cancel the username change?", Keep: "Keep it", DoIt: "Cancel it",
		Lines: []string{"It would become " + safe.Text(sh.Session.Profile.Pending.Email) + ".", "Its code stops working."},
		Action: func() tea.Cmd {
			view := sh.Session.View
			return sh.Change("cancel username", func(ctx context.Context) tea.Msg {
				_, err := view.CancelUsername(ctx)
				return usernameCancelledMsg{err}
			})
		},
	})
	return nil
}

func (p *screen) Status() (left, right string) {
	if p.shell.Session.Profile != nil && p.shell.Session.Profile.Pending != nil {
		return "The new username waits for its code " + p.shell.Look.Dot + " " + p.shell.Keys.Key(keymap.EnterUsernameCode) + " enters it", ""
	}
	return "", ""
}
