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
	{keymap.Screen1, keymap.Profile, "", func(d *desk) screen { return newProfile(d) }},
	{keymap.Screen2, keymap.Channels, "", func(d *desk) screen { return newChannels(d) }},
	{keymap.Screen3, keymap.Feedback, "", func(d *desk) screen { return newFeedback(d) }},
	{keymap.Screen4, keymap.Messages, backend.FeatureMessages, func(d *desk) screen { return newMessages(d) }},
}

// registration is a screen before it is opened on an account.
type registration struct {
	action keymap.ID       // puts it in front
	scope  keymap.Scope    // its name
	needs  backend.Feature // "" for nothing: without it there is no such screen
	open   func(*desk) screen
}

// whyNot says why there is no such screen on this account, "" when there is.
func (r registration) whyNot(d *desk) string {
	if r.needs == "" {
		return ""
	}
	return d.lacks(r.needs)
}

// rootActions lists what no single screen does.
func (m *Model) rootActions() []action {
	d := m.desk
	list := []action{
		{id: keymap.Quit, do: m.quit},
		{id: keymap.Help, do: func() tea.Cmd { m.help(); return nil }},
		{id: keymap.NextScreen, do: func() tea.Cmd { return m.bringUp((m.at + 1) % len(m.screens)) }},
		{id: keymap.PrevScreen, do: func() tea.Cmd { return m.bringUp((m.at + len(m.screens) - 1) % len(m.screens)) }},
		{id: keymap.Unmask, do: func() tea.Cmd { d.toggleValues(); return nil }},
		{id: keymap.Refresh, do: m.reload},
		{id: keymap.News, do: func() tea.Cmd { d.open(newNews(d)); return nil }},
		{id: keymap.Switch, do: d.openSwitcher, off: d.whyNoOther},
		{id: keymap.Undo, do: d.undoCmd, off: d.whyNoUndo},
		{id: keymap.Back, do: m.back},
	}
	for _, s := range screens {
		list = append(list, action{id: s.action,
			do:  func() tea.Cmd { return m.goTo(s.scope) },
			off: func() string { return s.whyNot(d) },
		})
	}
	return list
}

// whyNoUndo says why nothing can be undone, "" when something can.
func (d *desk) whyNoUndo() string {
	if d.undo == nil {
		return "There is nothing to undo. Only names and on/off can be."
	}
	return ""
}

// back gives up waiting for what takes long, or goes back on the screen.
func (m *Model) back() tea.Cmd {
	d := m.desk
	if !d.work.slow(d.now) {
		if a, ok := findAction(m.screen().Actions(), keymap.Back); ok && a.do != nil {
			return a.do()
		}
		return nil
	}
	if changes := d.work.saving(); changes > 0 {
		d.tell(unknown, "It is not known whether %s done. %s reads what is there.", was(changes), d.keys.Key(keymap.Refresh))
	} else {
		d.tell(neutral, "Given up waiting. %s reads again.", d.keys.Key(keymap.Refresh))
	}
	d.work.cancelAll()
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
	m.desk.notices.moved(m.desk.now)
	return m.deliver(goToMsg{m.screen().Scope()})
}
