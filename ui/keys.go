package ui

import (
	"slices"
	"strings"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/verify"
)

// key routes a key: to what always works, to the topmost dialog, to the text that is
// typed on the screen in front, or to an action.
func (m *Model) key(msg tea.KeyMsg) tea.Cmd {
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
			m.shell.Notices.Key(m.shell.Now)
			return m.pasted(string(msg.Runes))
		}
	}
	if m.shell.Drops(msg.String()) || !m.typing() && m.shell.DropsDigit(msg.String()) {
		return nil
	}
	m.shell.Notices.Key(m.shell.Now)
	if a, ok := shell.FindAction(m.always, m.shell.Keys.Find(msg.String(), keymap.Always)); ok && !msg.Paste {
		return a.Do()
	}
	if m.shell.Room == shell.TooSmall {
		return nil // what it would do is not seen
	}
	switch o := m.shell.Top(); {
	case o != nil:
		return m.dialogKey(o, msg)
	case m.start != nil:
		return m.startKey(msg)
	case m.shell.Session.Ended:
		return m.keyAfterEnd(msg)
	case m.screen().TypingScope() != "":
		return m.typeKey(msg)
	}
	id := m.shell.Keys.Find(msg.String(), keymap.Anywhere, m.screen().Scope())
	if id == "" {
		m.tellUnknown(msg)
		return nil
	}
	m.forgetUnknown()
	return m.act(id)
}

// dialogKey handles a key for the topmost dialog. Where letters are keys, those that it has
// no use for open the help or are told.
func (m *Model) dialogKey(o shell.Overlay, msg tea.KeyMsg) tea.Cmd {
	switch {
	case o.Typing() || m.knows(o, msg.String()):
		m.forgetUnknown()
		return o.Key(msg)
	case m.shell.Keys.Find(msg.String(), keymap.Anywhere) == keymap.Help:
		m.help()
	default:
		m.tellUnknown(msg)
	}
	return nil
}

// startKey handles a key for the start screen.
func (m *Model) startKey(msg tea.KeyMsg) tea.Cmd {
	switch id := m.shell.Keys.Find(msg.String(), m.start.Scope(), keymap.Anywhere); {
	case m.start.Typing():
	case id == keymap.Switch && m.whyNoOther() == "":
		return m.openSwitcher()
	case id == keymap.Help:
		m.help()
		return nil
	case id == keymap.Notices:
		m.shell.OpenNotices()
		return nil
	case id == "":
		m.tellUnknown(msg)
		return nil
	}
	m.forgetUnknown()
	return m.start.Key(msg)
}

// pasted enters the code or the test word of a message that is pasted where no text is typed.
func (m *Model) pasted(text string) tea.Cmd {
	sh := m.shell
	switch {
	case sh.Room == shell.TooSmall || m.start != nil || sh.Session.Ended:
		sh.Refuse(shell.Neutral, "There is nothing to paste into here.")
		return nil
	case sh.Top() != nil:
		sh.Refuse(shell.Neutral, "There is no text field in this dialog. Close it, then paste again.")
		return nil
	}
	if why := sh.WhyOff(shell.Action{ID: keymap.UseCode}); why != "" {
		sh.TellOff(shell.Warning, why)
		return nil
	}
	cmd, isMessage := verify.Pasted(sh, text)
	if !isMessage {
		sh.Refuse(shell.Neutral, "There is no text field to paste into here, and no code in the text.")
	}
	return cmd
}

// typing reports whether text is being typed, so that letters are no keys.
func (m *Model) typing() bool {
	if o := m.shell.Top(); o != nil {
		return o.Typing()
	}
	if m.start != nil {
		return m.start.Typing()
	}
	return m.screen().TypingScope() != ""
}

// burst marks letters that arrived in one read as a paste. Without that, "tab" or
// "ctrl+c" typed fast into a form would be taken for the key of that name. Bytes that
// are no text become question marks, since fields leave U+FFFD out.
func burst(msg tea.KeyMsg) tea.KeyMsg {
	if slices.Contains(msg.Runes, utf8.RuneError) {
		msg.Runes = []rune(strings.ReplaceAll(string(msg.Runes), string(utf8.RuneError), "?"))
	}
	if msg.Type == tea.KeyRunes && len(msg.Runes) > 1 && !msg.Alt {
		msg.Paste = true
	}
	return msg
}

// split separates keys that arrived in one read, as happens over SSH and under load,
// and an esc from the letter that followed it at once.
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

// act does an action, or says why it cannot be done now.
func (m *Model) act(id keymap.ID) tea.Cmd {
	if id == "" {
		return nil
	}
	if why := m.whyOff(id); why != "" {
		switch id {
		case keymap.VerifyChannel, keymap.EnterUsernameCode:
			m.shell.DropDigits() // a code may follow all the same
		}
		weight := shell.Warning
		if m.screen().TypingScope() != "" {
			weight = shell.Failure // a warning does not show beside what is typed
		}
		m.shell.TellOff(weight, why)
		return nil
	}
	return m.do(id)
}

// do does an action: the root's where it has one with this id, else the screen's.
func (m *Model) do(id keymap.ID) tea.Cmd {
	for _, list := range [][]shell.Action{m.actions, m.screen().Actions()} {
		if a, ok := shell.FindAction(list, id); ok && a.Do != nil {
			return a.Do()
		}
	}
	return nil
}

// typeKey handles a key while text is typed on the screen in front.
func (m *Model) typeKey(msg tea.KeyMsg) tea.Cmd {
	s := m.screen()
	if id := m.shell.Keys.Find(msg.String(), s.TypingScope()); id != "" && !msg.Paste {
		return m.act(id)
	}
	return s.Type(msg)
}

// whyOff says why an action cannot be done now, "" when it can.
func (m *Model) whyOff(id keymap.ID) string {
	isKnown := false
	for _, list := range [][]shell.Action{m.actions, m.screen().Actions()} {
		if a, ok := shell.FindAction(list, id); ok {
			isKnown = true
			if why := m.shell.WhyOff(a); why != "" {
				return why
			}
		}
	}
	switch id {
	case keymap.SortNext, keymap.SortPrevious, keymap.SortReverse, keymap.ChooseColumns:
		if !isKnown {
			return "This screen has no table to sort."
		}
	}
	return ""
}

// keyAfterEnd handles a key once nothing more can be done with the account.
func (m *Model) keyAfterEnd(msg tea.KeyMsg) tea.Cmd {
	switch m.shell.Keys.Find(msg.String(), keymap.Anywhere) {
	case keymap.Quit:
		return m.quit()
	case keymap.Switch:
		if m.whyNoOther() == "" {
			return m.openSwitcher()
		}
		m.shell.Refuse(shell.Neutral, "%s", m.whyNoOther())
	default:
		m.shell.Refuse(shell.Neutral, "%s does nothing here: %s.", keymap.Show(msg.String()), m.keysAfterEnd())
	}
	return nil
}

// keysAfterEnd are the keys that do something once nothing more can be done with the
// account, as a clause.
func (m *Model) keysAfterEnd() string {
	quits := m.shell.Keys.Key(keymap.Quit) + " quits"
	if m.whyNoOther() != "" {
		return quits
	}
	return m.shell.Keys.Key(keymap.Switch) + " opens another " + m.others() + ", " + quits
}
