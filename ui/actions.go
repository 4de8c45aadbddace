package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/accounts"
	"github.com/account-settings/pinghome/ui/activity"
	"github.com/account-settings/pinghome/ui/channels"
	"github.com/account-settings/pinghome/ui/feedback"
	"github.com/account-settings/pinghome/ui/messages"
	"github.com/account-settings/pinghome/ui/profile"
	"github.com/account-settings/pinghome/ui/shell"
)

// screens lists all screens in the order of the tabs. Nothing else in this package
// names one of them.
var screens = []registration{
	{keymap.Screen1, keymap.Profile, "", profile.New},
	{keymap.Screen2, keymap.Channels, "", channels.New},
	{keymap.Screen3, keymap.Feedback, "", feedback.New},
	{keymap.Screen4, keymap.Activity, backend.FeatureJournal, activity.New},
	{keymap.Screen5, keymap.Messages, backend.FeatureMessages, messages.New},
	{keymap.Screen6, keymap.Accounts, backend.FeatureAccounts, accounts.New},
}

// firstBeside is the screen that counts as the one before the accounts, until one was.
const firstBeside = keymap.Channels

// registration is a screen that can be opened on an account.
type registration struct {
	action keymap.ID       // brings it to the front
	scope  keymap.Scope    // of its keys; also its name
	needs  backend.Feature // without it there is no such screen; "" for none
	open   func(*shell.Shell) shell.Screen
}

// Screens are the names of all screens, in the order of the tabs.
func Screens() []keymap.Scope {
	var scopes []keymap.Scope
	for _, s := range screens {
		scopes = append(scopes, s.scope)
	}
	return scopes
}

// whyNot says why the account has no such screen, "" when it has.
func (r registration) whyNot(sh *shell.Shell) string {
	switch {
	case r.needs == "":
		return ""
	case r.needs == backend.FeatureAccounts && sh.Session.Accounts == nil:
		return noOther
	}
	return sh.Session.Lacks(r.needs)
}

// actionOf returns the action that brings the screen with this scope to the front, ""
// where no screen has it.
func actionOf(scope keymap.Scope) keymap.ID {
	for _, s := range screens {
		if s.scope == scope {
			return s.action
		}
	}
	return ""
}

// alwaysActions lists what can be done everywhere, also while text is typed.
func (m *Model) alwaysActions() []shell.Action {
	return []shell.Action{
		{ID: keymap.QuitNow, Do: m.quitNow},
		{ID: keymap.Suspend, Do: func() tea.Cmd { return tea.Suspend }},
		{ID: keymap.Redraw, Do: func() tea.Cmd { return tea.Sequence(tea.ClearScreen, tea.WindowSize()) }},
		{ID: keymap.HelpAnywhere, Do: func() tea.Cmd { m.help(); return nil }},
	}
}

// rootActions lists the actions that are no single screen's.
func (m *Model) rootActions() []shell.Action {
	sh := m.shell
	list := []shell.Action{
		{ID: keymap.Quit, Do: m.leavePage},
		{ID: keymap.Help, Do: func() tea.Cmd { m.help(); return nil }},
		{ID: keymap.NextScreen, Do: func() tea.Cmd { return m.bringUp((m.at+1)%len(m.screens), "") }},
		{ID: keymap.PrevScreen, Do: func() tea.Cmd { return m.bringUp((m.at+len(m.screens)-1)%len(m.screens), "") }},
		{ID: keymap.ShowValues, Do: func() tea.Cmd { sh.ToggleValues(); return nil }},
		{ID: keymap.Refresh, Do: sh.ReadAgain},
		{ID: keymap.Notices, Do: func() tea.Cmd { sh.OpenNotices(); return nil }},
		{ID: keymap.Commands, Do: m.openPalette},
		{ID: keymap.Switch, Do: m.openSwitcher, Off: m.whyNoOther},
		{ID: keymap.RemoveDemo, Do: m.listDemoCmd, Off: m.whyNoDemo},
		{ID: keymap.Undo, Do: sh.UndoCmd, Off: sh.WhyNoUndo},
		{ID: keymap.Redo, Do: sh.RedoCmd, Off: func() string { return sh.Session.Lacks(backend.FeatureUndo) }},
		{ID: keymap.NextProblem, Do: sh.NextProblemCmd, Off: sh.WhyNoProblem},
		{ID: keymap.Mouse, Do: m.toggleMouse},
		{ID: keymap.Back, Do: m.back},
	}
	for _, s := range screens {
		list = append(list, shell.Action{ID: s.action,
			Do:  func() tea.Cmd { return m.goTo(shell.GoToMsg{Screen: s.scope}) },
			Off: func() string { return s.whyNot(sh) },
		})
	}
	return list
}

// leavePage goes back from a page of the screen, as esc does; without one it quits.
func (m *Model) leavePage() tea.Cmd {
	if p, hasPages := m.screen().(shell.Paged); hasPages && p.InPage() {
		if a, ok := shell.FindAction(m.screen().Actions(), keymap.Back); ok && a.Do != nil {
			return a.Do()
		}
	}
	return m.quit()
}

// back gives up waiting for slow requests; without any, it is the screen's action.
func (m *Model) back() tea.Cmd {
	sh := m.shell
	if !sh.Work.Slow(sh.Now) {
		if a, ok := shell.FindAction(m.screen().Actions(), keymap.Back); ok && a.Do != nil {
			return a.Do()
		}
		return nil
	}
	if changes := sh.Work.Saving(); changes > 0 {
		sh.Tell(shell.Unknown, "It is not known whether %s done. %s reads what is there.", was(changes), sh.Keys.Key(keymap.Refresh))
	} else {
		sh.Tell(shell.Neutral, "Stopped waiting. %s reads again.", sh.Keys.Key(keymap.Refresh))
	}
	sh.Work.CancelAll()
	return m.deliver(shell.GivenUpMsg{})
}

func was(changes int) string {
	if changes == 1 {
		return "the change was"
	}
	return shell.Count(changes, "change") + " were"
}

// goTo brings the screen that is asked for to the front, where the account has it.
func (m *Model) goTo(msg shell.GoToMsg) tea.Cmd {
	i := slices.IndexFunc(m.screens, func(s shell.Screen) bool { return s.Scope() == msg.Screen })
	if i < 0 {
		return nil
	}
	return m.bringUp(i, msg.Row)
}

// bringUp brings a screen to the front at once: the next key is for it. row is that of a
// shell.GoToMsg.
func (m *Model) bringUp(screen int, row string) tea.Cmd {
	if _, isSide := m.screen().(sideScreen); !isSide {
		m.right = m.at
	}
	m.at = screen
	m.shell.Notices.Moved(m.shell.Now)
	return m.deliver(m.frontMsg(row))
}
