package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
)

// screens lists every screen in the order of the tabs. A new one is added here,
// in the table of package keymap, and nowhere else.
var screens = []registration{
	{keymap.Screen1, keymap.Profile, "", func(sh *Shell) screen { return newProfile(sh) }},
	{keymap.Screen2, keymap.Channels, "", func(sh *Shell) screen { return newChannels(sh) }},
	{keymap.Screen3, keymap.Feedback, "", func(sh *Shell) screen { return newFeedback(sh) }},
	{keymap.Screen4, keymap.Messages, backend.FeatureMessages, func(sh *Shell) screen { return newMessages(sh) }},
}

// registration is a screen before it is opened on an account.
type registration struct {
	action keymap.ID       // puts it in front
	scope  keymap.Scope    // its name
	needs  backend.Feature // "" for nothing: without it there is no such screen
	open   func(*Shell) screen
}

// whyNot says why there is no such screen on this account, "" when there is.
func (r registration) whyNot(sh *Shell) string {
	if r.needs == "" {
		return ""
	}
	return sh.Session.Lacks(r.needs)
}

// rootActions lists what no single screen does.
func (m *Model) rootActions() []action {
	sh := m.shell
	list := []action{
		{id: keymap.Quit, do: m.quit},
		{id: keymap.Help, do: func() tea.Cmd { m.help(); return nil }},
		{id: keymap.NextScreen, do: func() tea.Cmd { return m.bringUp((m.at + 1) % len(m.screens)) }},
		{id: keymap.PrevScreen, do: func() tea.Cmd { return m.bringUp((m.at + len(m.screens) - 1) % len(m.screens)) }},
		{id: keymap.Unmask, do: func() tea.Cmd { sh.toggleValues(); return nil }},
		{id: keymap.Refresh, do: m.reload},
		{id: keymap.News, do: func() tea.Cmd { sh.openNotices(); return nil }},
		{id: keymap.Switch, do: m.openSwitcher, off: m.whyNoOther},
		{id: keymap.Undo, do: sh.UndoCmd, off: m.whyNoUndo},
		{id: keymap.Back, do: m.back},
	}
	for _, s := range screens {
		list = append(list, action{id: s.action,
			do:  func() tea.Cmd { return m.goTo(s.scope) },
			off: func() string { return s.whyNot(sh) },
		})
	}
	return list
}

// whyNoUndo says why nothing can be undone, "" when something can.
func (m *Model) whyNoUndo() string {
	if m.shell.Undo == nil {
		return "There is nothing to undo. Only names and on/off can be."
	}
	return ""
}

// back gives up waiting for what takes long, or goes back on the screen.
func (m *Model) back() tea.Cmd {
	sh := m.shell
	if !sh.Work.slow(sh.Now) {
		if a, ok := findAction(m.screen().Actions(), keymap.Back); ok && a.do != nil {
			return a.do()
		}
		return nil
	}
	if changes := sh.Work.saving(); changes > 0 {
		sh.tell(unknown, "It is not known whether %s done. %s reads what is there.", was(changes), sh.Keys.Key(keymap.Refresh))
	} else {
		sh.tell(neutral, "Given up waiting. %s reads again.", sh.Keys.Key(keymap.Refresh))
	}
	sh.Work.cancelAll()
	return m.deliver(givenUpMsg{})
}

func was(changes int) string {
	if changes == 1 {
		return "the change was"
	}
	return count(changes, "change") + " were"
}

// goTo puts the screen with this scope in front.
func (m *Model) goTo(scope keymap.Scope) tea.Cmd {
	i := slices.IndexFunc(m.screens, func(s screen) bool { return s.Scope() == scope })
	if i < 0 {
		return nil
	}
	return m.bringUp(i)
}

// bringUp puts a screen in front at once: the next key is for it.
func (m *Model) bringUp(screen int) tea.Cmd {
	m.at = screen
	m.shell.Notices.moved(m.shell.Now)
	return m.deliver(goToMsg{m.screen().Scope()})
}
