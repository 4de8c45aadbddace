package profile

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/export"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/verify"
)

func (s *screen) newActions() []shell.Action {
	sh := s.shell
	openCode := func() *verify.CodeDialog { return verify.OpenCode(sh, verify.Username(sh, s.pending()), "") }
	return append([]shell.Action{
		{ID: keymap.EditName, Do: func() tea.Cmd { return sh.OpenForm(nameForm(sh)) }, Off: s.whyNoChange, Place: shell.At(1)},
		{ID: keymap.ChangeUsername, Do: func() tea.Cmd { return sh.OpenForm(usernameForm(sh)) }, Off: s.whyNoChange, Place: shell.At(2)},
		{ID: keymap.EnterUsernameCode, Do: func() tea.Cmd { openCode(); return nil }, Off: s.whyNoCode, Place: s.whilePending(3)},
		{ID: keymap.NewUsernameCode, Do: func() tea.Cmd { return openCode().ResendCmd() }, Off: s.whyNoCode, Place: s.whilePending(4)},
		{ID: keymap.CancelUsername, Do: s.askCancel, Off: s.whyNoCancel, Place: s.whilePending(5)},
		{ID: keymap.Open, Do: s.openCmd, Off: s.whyNotOpened, Place: shell.At(7)},
		{ID: keymap.Copy, Do: s.copyCmd, Off: s.whyUnread, Place: shell.At(6)},
		{ID: keymap.CopyRecord, Do: func() tea.Cmd { return sh.CopyTextCmd("the profile as JSON", export.Profile(*sh.Session.Profile)) }, Off: s.whyUnread},
		{ID: keymap.DeleteAccount, Do: func() tea.Cmd { sh.Open(newDeletion(sh)); return nil }, Off: s.whyNoChange, Place: shell.At(8)},
		{ID: keymap.Switch, Place: s.switchPlace},
		{ID: keymap.FindText, Do: findChannel},
	}, shell.MoveActions(s.move)...)
}

// findChannel finds in the list that this screen shows a part of.
func findChannel() tea.Cmd {
	return tea.Sequence(shell.GoTo(keymap.Channels), func() tea.Msg { return shell.ActMsg{ID: keymap.FindText} })
}

// whilePending is a place in the footer while a new username waits for its code.
func (s *screen) whilePending(place int) func() int {
	return func() int {
		if s.pending() == nil {
			return 0
		}
		return place
	}
}

// switchPlace is none where only this account can ever be opened.
func (s *screen) switchPlace() int {
	if session := &s.shell.Session; session.Accounts == nil || session.Lacks(backend.FeatureAccounts) != "" {
		return 0
	}
	return 9
}

// The reasons why something cannot be done now, "" when it can.

func (s *screen) whyUnread() string {
	if s.shell.Session.Profile == nil {
		return s.shell.Unread("The profile has")
	}
	return ""
}

// whyNoChange says why the account cannot be changed.
func (s *screen) whyNoChange() string {
	if why := s.shell.Session.Lacks(backend.FeatureOwnAccount); why != "" {
		return why
	}
	return s.whyUnread()
}

// whyNoCode says why no code of a new username can be entered or sent.
func (s *screen) whyNoCode() string {
	if why := s.shell.Session.Lacks(backend.FeatureOwnAccount); why != "" {
		return why
	}
	return s.whyNonePending()
}

// whyNoCancel says why no change of the username can be cancelled.
func (s *screen) whyNoCancel() string {
	if why := s.shell.Session.Lacks(backend.FeatureCancelUsername); why != "" {
		return why
	}
	return s.whyNonePending()
}

func (s *screen) whyNonePending() string {
	if s.pending() == nil {
		return fmt.Sprintf("No username change is waiting for a code. %s starts one.", s.shell.Keys.Key(keymap.ChangeUsername))
	}
	return ""
}
