package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
)

func (p *profile) listActions() []action {
	sh := p.shell
	return []action{
		{id: keymap.EditName, do: func() tea.Cmd { return sh.OpenForm(nameForm(sh)) }, off: p.whyNoChange, place: at(1)},
		{id: keymap.ChangeUsername, do: func() tea.Cmd { return sh.OpenForm(usernameForm(sh)) }, off: p.whyNoChange, place: at(2)},
		{id: keymap.EnterCode, do: func() tea.Cmd { openCode(sh, pendingUsername(sh, sh.Session.Profile.Pending), ""); return nil },
			off: p.whyNoCode, place: p.whilePending(3)},
		{id: keymap.NewUsername, do: func() tea.Cmd { return openCode(sh, pendingUsername(sh, sh.Session.Profile.Pending), "").resendCmd() },
			off: p.whyNoCode, place: p.whilePending(4)},
		{id: keymap.CancelUsername, do: p.askCancel, off: p.whyNoCancel, place: p.whilePending(5)},
		{id: keymap.Copy, do: func() tea.Cmd { return sh.copyCmd("the customer id", sh.Session.Profile.Customer.ID) }, off: p.whyUnread, place: at(6)},
		{id: keymap.DeleteAccount, do: func() tea.Cmd { sh.open(newDeletion(sh)); return nil }, off: p.whyNoChange, place: at(7)},
		{id: keymap.Switch, place: at(8)},
		{id: keymap.Down, do: func() tea.Cmd { p.top = min(p.top+1, max(0, p.n-1)); return nil }},
		{id: keymap.Up, do: func() tea.Cmd { p.top = max(0, p.top-1); return nil }},
		{id: keymap.FindText, off: offHere("There is nothing to find on this screen.")},
		{id: keymap.Open, off: offHere("There is nothing to open on this screen.")},
	}
}

// whilePending is a place in the footer that counts while a new username waits
// for its code.
func (p *profile) whilePending(place int) func() int {
	return func() int {
		if p.shell.Session.Profile == nil || p.shell.Session.Profile.Pending == nil {
			return 0
		}
		return place
	}
}

// whyUnread says that the profile has not been read, "" when it has.
func (p *profile) whyUnread() string {
	if p.shell.Session.Profile == nil {
		return p.shell.unread("The profile has")
	}
	return ""
}

// whyNoChange says why the account cannot be changed, "" when it can.
func (p *profile) whyNoChange() string {
	if why := p.shell.Session.Lacks(backend.FeatureOwnAccount); why != "" {
		return why
	}
	return p.whyUnread()
}

// whyNoCode says why no code of a new username can be entered or sent, "" when one can.
func (p *profile) whyNoCode() string {
	if why := p.shell.Session.Lacks(backend.FeatureOwnAccount); why != "" {
		return why
	}
	return p.whyNonePending()
}

func (p *profile) whyNoCancel() string {
	if why := p.shell.Session.Lacks(backend.FeatureCancelUsername); why != "" {
		return why
	}
	return p.whyNonePending()
}

func (p *profile) whyNonePending() string {
	if p.shell.Session.Profile == nil || p.shell.Session.Profile.Pending == nil {
		return fmt.Sprintf("No username change is waiting for a code. %s starts one.", p.shell.Keys.Key(keymap.ChangeUsername))
	}
	return ""
}
