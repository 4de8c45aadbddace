package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
)

// key leads a key to where it belongs: hard quit, then the topmost dialog,
// then a screen in which something is typed, then actions.
func (m *Model) key(msg tea.KeyMsg) tea.Cmd {
	if isTerminalReply(msg) {
		return nil
	}
	if m.typing() {
		msg = burst(msg)
	} else {
		if keys, several := split(msg); several {
			var cmds []tea.Cmd
			for _, k := range keys {
				cmds = append(cmds, m.key(k))
			}
			return tea.Batch(cmds...)
		}
		if msg.Paste {
			m.desk.tell(neutral, "There is no text field to paste into here.")
			return nil
		}
	}
	m.desk.notices.key(m.desk.now)
	if cmd, taken := m.always(msg); taken {
		return cmd
	}
	if m.first != nil && len(m.desk.overlays) == 0 {
		if !m.first.Typing() && m.desk.keys.Find(msg.String(), keymap.Anywhere) == keymap.Help {
			m.help()
			return nil
		}
		return m.first.Key(msg)
	}
	if o := m.desk.top(); o != nil {
		return o.Key(msg)
	}
	if m.desk.gone {
		return m.keyOfGone(msg)
	}
	if m.screens[m.at].Capturing() {
		return m.screens[m.at].Key(msg)
	}
	return m.act(m.desk.keys.Find(msg.String(), keymap.Anywhere, m.scope()))
}

// always does what works everywhere, also while typing.
func (m *Model) always(msg tea.KeyMsg) (cmd tea.Cmd, taken bool) {
	if msg.Paste {
		return nil, false
	}
	switch m.desk.keys.Find(msg.String(), keymap.Always) {
	case keymap.HardQt:
		return m.quit(), true
	case keymap.Suspend:
		return tea.Suspend, true
	case keymap.Redraw:
		return tea.Sequence(tea.ClearScreen, tea.WindowSize()), true
	case keymap.HelpAny:
		m.help()
		return nil, true
	}
	return nil, false
}

// typing reports whether letters are letters now.
func (m *Model) typing() bool {
	if o := m.desk.top(); o != nil {
		return o.Typing()
	}
	if m.first != nil {
		return m.first.Typing()
	}
	return m.screens[m.at].Capturing()
}

// burst marks letters that arrived in one read as text. Without it, a hasty
// "tab" or "ctrl+c" typed into a form would be taken for the key of that name.
func burst(msg tea.KeyMsg) tea.KeyMsg {
	if msg.Type == tea.KeyRunes && len(msg.Runes) > 1 && !msg.Alt {
		msg.Paste = true
	}
	return msg
}

// split takes keys apart that arrived in one read, as they do over SSH and
// under load, and an esc from the letter that followed it at once.
func split(msg tea.KeyMsg) ([]tea.KeyMsg, bool) {
	if msg.Type != tea.KeyRunes || msg.Paste || len(msg.Runes) == 0 {
		return nil, false
	}
	if len(msg.Runes) == 1 && !msg.Alt {
		return nil, false
	}
	var keys []tea.KeyMsg
	if msg.Alt {
		keys = append(keys, tea.KeyMsg{Type: tea.KeyEsc})
	}
	for _, r := range msg.Runes {
		k := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}
		if r == ' ' {
			k.Type = tea.KeySpace
		}
		keys = append(keys, k)
	}
	return keys, true
}

// isTerminalReply recognises what is left of an answer to a question about
// colours that came too late: "esc ]11;rgb:…" read as keys.
func isTerminalReply(msg tea.KeyMsg) bool {
	if msg.Type != tea.KeyRunes || msg.Paste {
		return false
	}
	text := string(msg.Runes)
	return msg.Alt && (text == "]" || text == "\\") || strings.HasPrefix(text, "11;rgb:") || strings.HasPrefix(text, "]11;")
}

// screenKeys are the actions that put a screen in front, in the order of the screens.
var screenKeys = []keymap.ID{keymap.Screen1, keymap.Screen2, keymap.Screen3, keymap.Screen4}

// act does an action of this moment, or says why it cannot be done.
func (m *Model) act(id keymap.ID) tea.Cmd {
	if id == "" {
		return nil
	}
	if why := m.whyOff(id); why != "" {
		m.desk.tell(warning, "%s", why)
		return nil
	}
	if do, ok := rootActions[id]; ok {
		return do(m)
	}
	return m.screens[m.at].Do(id)
}

// rootActions is what each action does that is no single screen's.
var rootActions = map[keymap.ID]func(*Model) tea.Cmd{
	keymap.Quit:       (*Model).quit,
	keymap.Help:       func(m *Model) tea.Cmd { m.help(); return nil },
	keymap.Screen1:    func(m *Model) tea.Cmd { return m.goTo(atProfile) },
	keymap.Screen2:    func(m *Model) tea.Cmd { return m.goTo(atChannels) },
	keymap.Screen3:    func(m *Model) tea.Cmd { return m.goTo(atFeedback) },
	keymap.Screen4:    func(m *Model) tea.Cmd { return m.goTo(atMessages) },
	keymap.NextScreen: func(m *Model) tea.Cmd { return m.goTo((m.at + 1) % len(m.screens)) },
	keymap.PrevScreen: func(m *Model) tea.Cmd { return m.goTo((m.at + len(m.screens) - 1) % len(m.screens)) },
	keymap.Unmask:     func(m *Model) tea.Cmd { m.desk.toggleValues(); return nil },
	keymap.Refresh:    (*Model).reload,
	keymap.News:       func(m *Model) tea.Cmd { m.desk.open(newNews(m.desk)); return nil },
	keymap.Switch:     func(m *Model) tea.Cmd { return m.desk.openSwitcher() },
	keymap.Undo:       func(m *Model) tea.Cmd { return m.desk.undoCmd() },
	keymap.Back:       (*Model).back,
}

// back gives up waiting for what takes long, or goes back on the screen.
func (m *Model) back() tea.Cmd {
	d := m.desk
	if !d.work.slow(d.now) {
		return m.screens[m.at].Do(keymap.Back)
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

const readingOnly = "Opened for reading only: start without --read-only to change things."

// whyOff says why an action cannot be done now, "" when it can.
func (m *Model) whyOff(id keymap.ID) string {
	if i := slices.Index(screenKeys, id); i >= len(m.screens) {
		return m.desk.lacks(backend.FeatureMessages)
	}
	if m.desk.line.down && m.desk.keys.Action(id).Changes {
		return "Changes are off while offline. r tries again now."
	}
	if m.desk.readOnly && m.desk.keys.Action(id).Changes {
		return readingOnly
	}
	if id == keymap.Switch {
		return m.desk.whyNoOther()
	}
	if id == keymap.Undo && m.desk.undo == nil {
		return "There is nothing to undo. Only names and on/off can be."
	}
	return m.screens[m.at].Off(id)
}

func (m *Model) keyOfGone(msg tea.KeyMsg) tea.Cmd {
	switch m.desk.keys.Find(msg.String(), keymap.Anywhere) {
	case keymap.Quit:
		return m.quit()
	case keymap.Switch:
		if m.desk.whyNoOther() == "" {
			return m.desk.openSwitcher()
		}
	}
	return nil
}

// goTo puts a screen in front at once: the next key is for it.
func (m *Model) goTo(screen int) tea.Cmd {
	m.at = screen
	m.desk.notices.moved(m.desk.now)
	return m.deliver(goToMsg{screen})
}
