package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/background"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// Setting is one of the console, as the configuration has it in its section [console].
type Setting struct{ Name, Value string } // the value as TOML has it: "true", "\"dark\""

// choice is a value of a setting that can be chosen.
type choice struct {
	Setting
	isSet bool // it is in use
	use   func() tea.Cmd
}

// The beginning of an item's id that is a setting, and the id of the one that keeps them.
const (
	itemSetting = "setting "
	itemKeep    = itemSetting + "keep"
)

// choices are all values of settings that can be chosen here.
func (m *Model) choices() []choice {
	sh := m.shell
	var list []choice
	if o, canChange := sh.Theme(); canChange {
		for _, name := range theme.Names {
			list = append(list, choice{Setting{"theme", quoted(name)}, o.Name == name, func() tea.Cmd { return m.useTheme(name) }})
		}
	}
	for _, style := range shell.TimeStyles {
		list = append(list, choice{Setting{"times", quoted(style)}, sh.TimeStyle() == style, func() tea.Cmd { sh.SetTimes(style); return nil }})
	}
	onOff := func(name string, isOn bool, use func(isOn bool) tea.Cmd) {
		for _, value := range []bool{true, false} {
			text := map[bool]string{true: "true", false: "false"}[value]
			list = append(list, choice{Setting{name, text}, isOn == value, func() tea.Cmd { return use(value) }})
		}
	}
	onOff("masks", sh.HasMasks(), func(isOn bool) tea.Cmd { sh.SetMasks(isOn); return nil })
	onOff("mouse", m.mouse.isOn, func(bool) tea.Cmd { return m.toggleMouse() })
	onOff("still", !sh.IsMoving(), func(isOn bool) tea.Cmd { sh.SetMoving(!isOn); return nil })
	if _, canChange := sh.Theme(); canChange {
		onOff("ascii", sh.Look.ASCII, func(isOn bool) tea.Cmd { sh.Draw(func(o *theme.Options) { o.ASCII = isOn }); return nil })
	}
	for _, title := range []string{"", "account"} {
		list = append(list, choice{Setting{"title", quoted(title)}, m.titles.HasAccount == (title != ""), func() tea.Cmd { m.titles.HasAccount = title != ""; return nil }})
	}
	return list
}

func quoted(text string) string { return `"` + text + `"` }

// useTheme draws with another theme. What the terminal's background is was not asked where the
// theme did not depend on it.
func (m *Model) useTheme(name string) tea.Cmd {
	m.shell.Draw(func(o *theme.Options) { o.Name = name })
	if o, _ := m.shell.Theme(); o.Ground == theme.UnknownGround {
		return func() tea.Msg { return background.AskMsg{} }
	}
	return nil
}

// settingItems are the values of settings in a list to choose from, and what keeps those that
// were chosen.
func (m *Model) settingItems() []shell.Item {
	var items []shell.Item
	if len(m.chosen) > 0 && m.keepSettings != nil {
		items = append(items, shell.Item{Text: "Settings: keep " + m.chosenText() + " in the configuration", ID: itemKeep})
	}
	for _, c := range m.choices() {
		it := shell.Item{Text: "Settings: " + c.text(), ID: itemSetting + c.Name + " = " + c.Value}
		if c.isSet {
			it.Off = "This is in use."
		}
		items = append(items, it)
	}
	return items
}

// text is a value of a setting for people: "theme › dark", "mouse › on".
func (s Setting) text() string {
	value := strings.Trim(s.Value, `"`)
	if word, isWord := map[string]string{"true": "on", "false": "off", "": "nothing"}[value]; isWord {
		value = word
	}
	return s.Name + " › " + value
}

// chosenText names the settings that were chosen.
func (m *Model) chosenText() string {
	var list []string
	for _, s := range m.chosen {
		list = append(list, s.text())
	}
	return strings.Join(list, ", ")
}

// chooseSetting uses a value of a setting until the console ends, or keeps all that were chosen.
func (m *Model) chooseSetting(id string) tea.Cmd {
	if id == itemKeep {
		return m.keepSettingsCmd()
	}
	for _, c := range m.choices() {
		if itemSetting+c.Name+" = "+c.Value != id {
			continue
		}
		cmd := c.use()
		m.noteChosen(c.Setting)
		m.shell.Notices.Key(m.shell.Now)
		m.shell.Tell(shell.Neutral, "%s until the console ends%s.", shell.Capitalized(c.text()), m.howKept())
		return cmd
	}
	return nil
}

// howKept says how what was chosen is kept; "" where it cannot be.
func (m *Model) howKept() string {
	if m.keepSettings == nil {
		return ""
	}
	return "; " + m.shell.Keys.Key(keymap.Commands) + " keep writes it down"
}

// noteChosen notes a setting that was chosen, in place of what was chosen for it before.
func (m *Model) noteChosen(s Setting) {
	for i, other := range m.chosen {
		if other.Name == s.Name {
			m.chosen[i] = s
			return
		}
	}
	m.chosen = append(m.chosen, s)
}

// settingsKeptMsg: the settings that were chosen are in the configuration, or err says why not.
type settingsKeptMsg struct {
	said string
	err  error
}

func (m *Model) keepSettingsCmd() tea.Cmd {
	keep, chosen := m.keepSettings, append([]Setting{}, m.chosen...)
	return func() tea.Msg {
		said, err := keep(chosen)
		return settingsKeptMsg{said, err}
	}
}

// settingsKept handles the answer to keepSettingsCmd.
func (m *Model) settingsKept(msg tea.Msg) {
	kept, isOne := msg.(settingsKeptMsg)
	switch {
	case !isOne:
	case kept.err != nil:
		m.shell.Tell(shell.Failure, "The settings are not kept: %v", kept.err)
	default:
		m.chosen = nil
		m.shell.Tell(shell.Good, "%s", kept.said)
	}
}
