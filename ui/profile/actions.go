package profile

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/verify"
)

func (p *screen) listActions() []shell.Action {
	sh := p.shell
	return []shell.Action{
		{ID: keymap.EditName, Do: func() tea.Cmd { return sh.OpenForm(nameForm(sh)) }, Off: p.whyNoChange, Place: shell.At(1)},
		{ID: keymap.ChangeUsername, Do: func() tea.Cmd { return sh.OpenForm(usernameForm(sh)) }, Off: p.whyNoChange, Place: shell.At(2)},
		{ID: keymap.EnterUsernameCode, Do: func() tea.Cmd { verify.OpenCode(sh, verify.Username(sh, sh.Session.Profile.Pending), ""); return nil },
			Off: p.whyNoCode, Place: p.whilePending(3)},
		{ID: keymap.NewUsernameCode, Do: func() tea.Cmd {
			return verify.OpenCode(sh, verify.Username(sh, sh.Session.Profile.Pending), "").ResendCmd()
		},
			Off: p.whyNoCode, Place: p.whilePending(4)},
		{ID: keymap.CancelUsername, Do: p.askCancel, Off: p.whyNoCancel, Place: p.whilePending(5)},
		{ID: keymap.Copy, Do: func() tea.Cmd { return sh.CopyCmd("the customer id", sh.Session.Profile.Customer.ID) }, Off: p.whyUnread, Place: shell.At(6)},
		{ID: keymap.DeleteAccount, Do: func() tea.Cmd { sh.Open(newDeletion(sh)); return nil }, Off: p.whyNoChange, Place: shell.At(7)},
		{ID: keymap.Switch, Place: shell.At(8)},
		{ID: keymap.Down, Do: func() tea.Cmd { p.top = min(p.top+1, max(0, p.n-1)); return nil }},
		{ID: keymap.Up, Do: func() tea.Cmd { p.top = max(0, p.top-1); return nil }},
		{ID: keymap.FindText, Off: shell.AlwaysOff("There is nothing to find on this screen.")},
		{ID: keymap.Open, Off: shell.AlwaysOff("There is nothing to open on this screen.")},
	}
}

// whilePending is a place in the footer that counts while a new username waits
// for its code.
func (p *screen) whilePending(place int) func() int {
	return func() int {
		if p.shell.Session.Profile == nil || p.shell.Session.Profile.Pending == nil {
			return 0
		}
		return place
	}
}

// whyUnread says that the profile has not been read, "" when it has.
func (p *screen) whyUnread() string {
	if p.shell.Session.Profile == nil {
		return p.shell.Unread("The profile has")
	}
	return ""
}

// whyNoChange says why the account cannot be changed, "" when it can.
func (p *screen) whyNoChange() string {
	if why := p.shell.Session.Lacks(backend.FeatureOwnAccount); why != "" {
		return why
	}
	return p.whyUnread()
}

// whyNoCode says why no code of a new username can be entered or sent, "" when one can.
func (p *screen) whyNoCode() string {
	if why := p.shell.Session.Lacks(backend.FeatureOwnAccount); why != "" {
		return why
	}
	return p.whyNonePending()
}

func (p *screen) whyNoCancel() string {
	if why := p.shell.Session.Lacks(backend.FeatureCancelUsername); why != "" {
		return why
	}
	return p.whyNonePending()
}

func (p *screen) whyNonePending() string {
	if p.shell.Session.Profile == nil || p.shell.Session.Profile.Pending == nil {
		return fmt.Sprintf("No username change is waiting for a code. %s starts one.", p.shell.Keys.Key(keymap.ChangeUsername))
	}
	return ""
}
