package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
)

// listActions are those of the list and the detail. What is done to a channel
// is done to the one under the cursor, or to those that are chosen; where there
// is none it is off.
func (c *channels) listActions() []action {
	sh := c.shell
	list := []action{
		{id: keymap.AddChannel, do: func() tea.Cmd { return sh.OpenForm(addForm(sh)) }, off: c.whyNoMore, place: c.whereAdd},
		{id: keymap.EditChannel, do: c.with(func(ch backend.Channel) tea.Cmd { return sh.OpenForm(editForm(sh, ch)) }), off: c.whyEmpty, place: c.inDetail(2)},
		{id: keymap.VerifyChannel, do: c.with(func(ch backend.Channel) tea.Cmd { openCode(sh, pendingChannel(sh, ch), ""); return nil }),
			off: c.unless(c.whyNoCode), place: c.whereVerify},
		{id: keymap.GiveWord, do: c.with(func(ch backend.Channel) tea.Cmd { openWord(sh, ch, ""); return nil }),
			off: c.unless(func(ch backend.Channel) string { return whyNoWord(sh, ch) }), place: c.whereWord},
		{id: keymap.TestChannel, do: c.testCmd, off: c.unless(c.whyNoTest), place: c.inDetail(4)},
		{id: keymap.SwitchChannel, do: c.switchCmd, off: c.unless(c.whyNoSwitch), place: c.inDetail(5)},
		{id: keymap.DeleteChannel, do: c.askDelete, off: c.whyEmpty, place: c.inDetail(6)},
		{id: keymap.FindText, do: func() tea.Cmd { c.finding = true; return nil }, place: c.inList(7)},
		{id: keymap.FilterTypes, do: func() tea.Cmd { sh.open(newTypeFilter(sh, c.filter)); return nil }, place: c.inList(8)},
		{id: keymap.ClearTypes, do: c.clearTypes},
		{id: keymap.TestAll, do: c.askTestAll, off: c.whyNoTests, place: c.inList(9)},
		{id: keymap.Choose, do: c.with(c.chooseNext), off: c.whyEmpty, place: c.inList(10)},
		{id: keymap.ChooseAll, do: func() tea.Cmd { c.chooseAll(); return nil }, off: c.whyEmpty},
		{id: keymap.ExtendDown, do: func() tea.Cmd { c.extend(keymap.ExtendDown); return nil }},
		{id: keymap.ExtendUp, do: func() tea.Cmd { c.extend(keymap.ExtendUp); return nil }},
		{id: keymap.NewCode, do: c.with(func(ch backend.Channel) tea.Cmd { return openCode(sh, pendingChannel(sh, ch), "").resendCmd() }),
			off: c.unless(c.whyNoCode), place: c.inList(11)},
		{id: keymap.NewSecret, do: c.with(func(ch backend.Channel) tea.Cmd { askSecret(sh, ch); return nil }), off: c.unless(c.whyNoSecret), place: c.inList(12)},
		{id: keymap.Unmask, place: c.inList(13)},
		{id: keymap.Refresh, place: c.whereRefresh},
		{id: keymap.Open, do: func() tea.Cmd { c.detail, c.top = true, 0; return nil }, off: c.whyEmpty},
		{id: keymap.Back, do: c.back, place: c.whereBack},
		{id: keymap.Copy, do: c.with(func(ch backend.Channel) tea.Cmd {
			return sh.copyCmd(fmt.Sprintf("the value of channel %d", ch.Priority), ch.Value)
		}), off: c.whyEmpty},
	}
	return andThen(append(list, moves(c.move)...), c.follow)
}

// findActions are those of the text to find.
func (c *channels) findActions() []action {
	return []action{
		{id: keymap.FindKeep, do: func() tea.Cmd { c.endFind(); return nil }, place: at(1)},
		{id: keymap.FindClear, do: func() tea.Cmd { c.find.SetValue(""); c.endFind(); return nil }, place: at(2)},
	}
}

// with does something with the channel under the cursor.
func (c *channels) with(do func(backend.Channel) tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		ch, _ := c.current()
		return do(ch)
	}
}

// unless says why something cannot be done to the channel under the cursor:
// because there is none, or because of what it is.
func (c *channels) unless(whyNot func(backend.Channel) string) func() string {
	return func() string {
		if why := c.whyEmpty(); why != "" {
			return why
		}
		ch, _ := c.current()
		return whyNot(ch)
	}
}

// move moves the page of the detail where that is longer than the window, else
// the cursor.
func (c *channels) move(id keymap.ID) tea.Cmd {
	if !c.detail || !c.scroll(id) {
		c.list.move(id)
		c.top = 0
	}
	return nil
}

// The places in the footer: of a list; of the detail, too; and where there is
// nothing to look at.

func (c *channels) isUnreadable() bool { return !c.read && c.err != nil }
func (c *channels) hasNone() bool      { return c.read && len(c.shell.Session.Channels) == 0 }
func (c *channels) isDetail() bool     { return c.detail && !c.isUnreadable() && !c.hasNone() }

func (c *channels) inDetail(place int) func() int {
	return func() int {
		if c.isUnreadable() || c.hasNone() {
			return 0
		}
		return place
	}
}

func (c *channels) inList(place int) func() int {
	return func() int {
		if c.detail {
			return 0
		}
		return c.inDetail(place)()
	}
}

func (c *channels) whereAdd() int {
	if c.hasNone() {
		return 1
	}
	return c.inList(1)()
}

func (c *channels) whereBack() int {
	if c.isDetail() {
		return 1
	}
	return 0
}

func (c *channels) whereRefresh() int {
	if c.isUnreadable() {
		return 1
	}
	return 0
}

// A verified channel has no code to enter: the word of its test takes that place.

func (c *channels) awaitsWord() bool {
	ch, ok := c.current()
	return ok && ch.Verified && whyNoWord(c.shell, ch) == ""
}

func (c *channels) whereVerify() int {
	if c.awaitsWord() {
		return 0
	}
	return c.inDetail(3)()
}

func (c *channels) whereWord() int {
	if c.awaitsWord() {
		return c.inDetail(3)()
	}
	return 0
}
