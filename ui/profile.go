package ui

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
)

// profile is the first screen: who this is, the team and organization, the
// limits, and a username change that waits for its code.
type profile struct {
	d   *desk
	top int // the first line in sight, in little room
	n   int // how many lines there are
	err error
}

type profileReadMsg struct {
	profile backend.Profile
	err     error
}

type usernameCancelledMsg struct{ err error }

func newProfile(d *desk) *profile { return &profile{d: d} }

func (p *profile) Init() tea.Cmd       { return p.Load() }
func (p *profile) Title() string       { return "Profile" }
func (p *profile) Badge() string       { return "" }
func (p *profile) Scope() keymap.Scope { return keymap.Profile }
func (p *profile) Capturing() bool     { return false }

func (p *profile) Key(tea.KeyMsg) tea.Cmd { return nil }

func (p *profile) Load() tea.Cmd {
	view := p.d.view()
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
	d, view, was, saved := p.d, p.d.view(), m.was, m.profile.Customer
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

func (p *profile) Off(id keymap.ID) string {
	switch id {
	case keymap.EditName, keymap.ChangeUsername, keymap.EnterCode, keymap.NewUsername, keymap.DeleteAccount:
		if why := p.d.lacks(backend.FeatureOwnAccount); why != "" {
			return why
		}
	}
	switch id {
	case keymap.EnterCode, keymap.NewUsername, keymap.CancelUsername:
		if why := p.d.lacks(backend.FeatureCancelUsername); id == keymap.CancelUsername && why != "" {
			return why
		}
		if p.d.profile == nil || p.d.profile.Pending == nil {
			return fmt.Sprintf("No username change is waiting for a code. %s starts one.", p.d.keys.Key(keymap.ChangeUsername))
		}
	case keymap.EditName, keymap.ChangeUsername, keymap.DeleteAccount, keymap.Copy:
		if p.d.profile == nil {
			return p.d.unread("The profile has")
		}
	case keymap.FindText, keymap.Open:
		return "There is nothing to " + map[keymap.ID]string{keymap.FindText: "find", keymap.Open: "open"}[id] + " on this screen."
	}
	return ""
}

func (p *profile) Do(id keymap.ID) tea.Cmd {
	d := p.d
	switch id {
	case keymap.EditName:
		return d.openForm(nameForm(d))
	case keymap.ChangeUsername:
		return d.openForm(usernameForm(d))
	case keymap.EnterCode:
		d.openCode(usernameProof(d, d.profile.Pending), "")
	case keymap.NewUsername:
		d.openCode(usernameProof(d, d.profile.Pending), "")
		return d.top().(*codeDialog).resendCmd()
	case keymap.CancelUsername:
		return p.askCancel()
	case keymap.DeleteAccount:
		d.open(newErase(d))
	case keymap.Copy:
		return d.copyCmd("the customer id", d.profile.Customer.ID)
	case keymap.Down:
		p.top = min(p.top+1, max(0, p.n-1))
	case keymap.Up:
		p.top = max(0, p.top-1)
	}
	return nil
}

func (p *profile) askCancel() tea.Cmd {
	d := p.d
	d.open(&confirm{
		d: d, title: "Cancel the username change?", keep: "Keep it", doIt: "Cancel it",
		lines: []string{"It would become " + safe.Text(d.profile.Pending.Email) + ".", "Its code stops working."},
		action: func() tea.Cmd {
			view := d.view()
			return d.change("cancel username", func(ctx context.Context) tea.Msg {
				_, err := view.CancelUsername(ctx)
				return usernameCancelledMsg{err}
			})
		},
	})
	return nil
}

// usernameProof is the username change as something that waits for a code.
func usernameProof(d *desk, pending *backend.PendingUsername) proof {
	view, email := d.view(), pending.Email
	return proof{
		title: "Confirm the new username",
		to:    func() string { return safe.Text(email) },
		state: func() (*backend.CodeState, bool) {
			if d.profile == nil || d.profile.Pending == nil || d.profile.Pending.Email != email {
				return nil, false
			}
			return &d.profile.Pending.Code, true
		},
		verify: func(ctx context.Context, code string) error { _, err := view.ConfirmUsername(ctx, code); return err },
		resend: func(ctx context.Context) error { _, err := view.ChangeUsername(ctx, email); return err },
		sent:   func() (backend.Message, bool) { return d.newest(backend.KindUsername, backend.TypeEmail, email) },
		done:   "The username is " + email + " now.",
	}
}

func (p *profile) Footer() []keymap.ID {
	ids := []keymap.ID{keymap.EditName, keymap.ChangeUsername}
	if p.d.profile != nil && p.d.profile.Pending != nil {
		ids = append(ids, keymap.EnterCode, keymap.NewUsername, keymap.CancelUsername)
	}
	return append(ids, keymap.Copy, keymap.DeleteAccount, keymap.Switch)
}

func (p *profile) Status() (left, right string) {
	if p.d.profile != nil && p.d.profile.Pending != nil {
		return "The new username waits for its code " + p.d.Dot + " " + p.d.keys.Key(keymap.EnterCode) + " enters it", ""
	}
	return "", ""
}
