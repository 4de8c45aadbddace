package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
)

// profile is the first screen: who this is, the team and organization, the
// limits, and a username change that waits for its code.
type profile struct {
	shell   *Shell
	top     int // the first line in sight, in little room
	n       int // how many lines there are
	err     error
	actions []action
}

type usernameCancelledMsg struct{ err error }

func newProfile(sh *Shell) *profile {
	p := &profile{shell: sh}
	p.actions = p.listActions()
	return p
}

func (p *profile) Init() tea.Cmd             { return p.Load() }
func (p *profile) Title() string             { return "Profile" }
func (p *profile) Badge() string             { return "" }
func (p *profile) Scope() keymap.Scope       { return keymap.Profile }
func (p *profile) TypingScope() keymap.Scope { return "" }
func (p *profile) Type(tea.KeyMsg) tea.Cmd   { return nil }
func (p *profile) Actions() []action         { return p.actions }

func (p *profile) Load() tea.Cmd {
	view := p.shell.Session.View
	return p.shell.load("profile", func(ctx context.Context) tea.Msg {
		read, err := view.Profile(ctx)
		return profileReadMsg{read, err}
	})
}

func (p *profile) Update(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case profileReadMsg:
		p.err = fact.err
		if fact.err != nil {
			p.shell.failRead("The profile could not be read", fact.err)
			return nil
		}
		p.shell.Session.Profile, p.shell.Session.Revision = &fact.profile, fact.profile.Revision
		p.shell.Session.MayBeDeleted = false
		p.shell.Connected()
	case nameSavedMsg:
		p.nameSaved(fact)
	case nameRestoredMsg:
		if fact.err != nil {
			p.shell.fail("The name could not be put back", fact.err)
			return nil
		}
		p.shell.tell(good, "The name is as it was.")
		return p.shell.Reload()
	case usernameAskedMsg:
		p.shell.Session.Profile, p.shell.Undo = &fact.profile, nil
		openCode(p.shell, pendingUsername(p.shell, fact.profile.Pending), "")
	case usernameCancelledMsg:
		if fact.err != nil {
			p.shell.fail("The change was not cancelled", fact.err)
			return p.Load()
		}
		p.shell.Undo = nil
		p.shell.tell(good, "Cancelled. The username stays as it was.")
		return p.shell.Reload()
	}
	return nil
}

// nameSaved tells the new name and keeps the old one for an undo, which
// takes back this change and nothing that came after it.
func (p *profile) nameSaved(m nameSavedMsg) {
	sh, view, was, saved := p.shell, p.shell.Session.View, m.was, m.profile.Customer
	if was.Name == saved.Name && was.Surname == saved.Surname {
		sh.tell(neutral, "Nothing was changed.")
		return
	}
	sh.tell(good, "Saved: %s %s %s undo", saved.FullName(), sh.Look.Dot, sh.Keys.Key(keymap.Undo))
	sh.Undo = func() tea.Cmd {
		if now := sh.Session.Profile.Customer; now.Name != saved.Name || now.Surname != saved.Surname {
			sh.tell(warning, "The name has been changed again since: it stays.")
			return nil
		}
		return sh.change("name", func(ctx context.Context) tea.Msg {
			_, err := view.UpdateName(ctx, backend.NameChange{Name: &was.Name, Surname: &was.Surname})
			return nameRestoredMsg{err}
		})
	}
}

func (p *profile) askCancel() tea.Cmd {
	sh := p.shell
	sh.ask(question{title: "Cancel the username change?", keep: "Keep it", doIt: "Cancel it",
		lines: []string{"It would become " + safe.Text(sh.Session.Profile.Pending.Email) + ".", "Its code stops working."},
		action: func() tea.Cmd {
			view := sh.Session.View
			return sh.change("cancel username", func(ctx context.Context) tea.Msg {
				_, err := view.CancelUsername(ctx)
				return usernameCancelledMsg{err}
			})
		},
	})
	return nil
}

func (p *profile) Status() (left, right string) {
	if p.shell.Session.Profile != nil && p.shell.Session.Profile.Pending != nil {
		return "The new username waits for its code " + p.shell.Look.Dot + " " + p.shell.Keys.Key(keymap.EnterCode) + " enters it", ""
	}
	return "", ""
}
