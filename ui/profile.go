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
	d       *desk
	top     int // the first line in sight, in little room
	n       int // how many lines there are
	err     error
	actions []action
}

type profileReadMsg struct {
	profile backend.Profile
	err     error
}

type usernameCancelledMsg struct{ err error }

func newProfile(d *desk) *profile {
	p := &profile{d: d}
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
	view := p.d.opened.View
	return p.d.load("profile", func(ctx context.Context) tea.Msg {
		read, err := view.Profile(ctx)
		return profileReadMsg{read, err}
	})
}

func (p *profile) Update(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case profileReadMsg:
		p.err = fact.err
		if fact.err != nil {
			p.d.failRead("The profile could not be read", fact.err)
			return nil
		}
		p.d.profile, p.d.revision = &fact.profile, fact.profile.Revision
		p.d.mayBeGone = false
		p.d.works()
	case nameSavedMsg:
		p.nameSaved(fact)
	case nameRestoredMsg:
		if fact.err != nil {
			p.d.fail("The name could not be put back", fact.err)
			return nil
		}
		p.d.tell(good, "The name is as it was.")
		return p.d.reload()
	case usernameAskedMsg:
		p.d.profile, p.d.undo = &fact.profile, nil
		p.d.openCode(usernameProof(p.d, fact.profile.Pending), "")
	case usernameCancelledMsg:
		if fact.err != nil {
			p.d.fail("The change was not cancelled", fact.err)
			return p.Load()
		}
		p.d.undo = nil
		p.d.tell(good, "Cancelled. The username stays as it was.")
		return p.d.reload()
	}
	return nil
}

// nameSaved tells the new name and keeps the old one for an undo, which
// takes back this change and nothing that came after it.
func (p *profile) nameSaved(m nameSavedMsg) {
	d, view, was, saved := p.d, p.d.opened.View, m.was, m.profile.Customer
	if was.Name == saved.Name && was.Surname == saved.Surname {
		d.tell(neutral, "Nothing was changed.")
		return
	}
	d.tell(good, "Saved: %s %s %s undo", saved.FullName(), d.Dot, d.keys.Key(keymap.Undo))
	d.undo = func() tea.Cmd {
		if now := d.profile.Customer; now.Name != saved.Name || now.Surname != saved.Surname {
			d.tell(warning, "The name has been changed again since: it stays.")
			return nil
		}
		return d.change("name", func(ctx context.Context) tea.Msg {
			_, err := view.UpdateName(ctx, backend.NameChange{Name: &was.Name, Surname: &was.Surname})
			return nameRestoredMsg{err}
		})
	}
}

func (p *profile) askCancel() tea.Cmd {
	d := p.d
	d.open(&confirm{
		d: d, title: "Cancel the username change?", keep: "Keep it", doIt: "Cancel it",
		lines: []string{"It would become " + safe.Text(d.profile.Pending.Email) + ".", "Its code stops working."},
		action: func() tea.Cmd {
			view := d.opened.View
			return d.change("cancel username", func(ctx context.Context) tea.Msg {
				_, err := view.CancelUsername(ctx)
				return usernameCancelledMsg{err}
			})
		},
	})
	return nil
}

func (p *profile) Status() (left, right string) {
	if p.d.profile != nil && p.d.profile.Pending != nil {
		return "The new username waits for its code " + p.d.Dot + " " + p.d.keys.Key(keymap.EnterCode) + " enters it", ""
	}
	return "", ""
}
