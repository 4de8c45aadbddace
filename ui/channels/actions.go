package channels

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/verify"
)

// listActions are those of the list and the detail. What is done to a channel
// is done to the one under the cursor, or to those that are chosen; where there
// is none it is off.
func (c *screen) listActions() []shell.Action {
	sh := c.shell
	list := []shell.Action{
		{ID: keymap.AddChannel, Do: func() tea.Cmd { return sh.OpenForm(addForm(sh)) }, Off: c.whyNoMore, Place: c.whereAdd},
		{ID: keymap.EditChannel, Do: c.with(func(ch backend.Channel) tea.Cmd { return sh.OpenForm(editForm(sh, ch)) }), Off: c.whyEmpty, Place: c.inDetail(2)},
		{ID: keymap.VerifyChannel, Do: c.with(func(ch backend.Channel) tea.Cmd { verify.OpenCode(sh, verify.Channel(sh, ch), ""); return nil }),
			Off: c.unless(c.whyNoCode), Place: c.whereVerify},
		{ID: keymap.EnterWord, Do: c.with(func(ch backend.Channel) tea.Cmd { verify.OpenWord(sh, ch, ""); return nil }),
			Off: c.unless(func(ch backend.Channel) string { return verify.WhyNoWord(sh, ch) }), Place: c.whereWord},
		{ID: keymap.TestChannel, Do: c.testCmd, Off: c.unless(c.whyNoTest), Place: c.inDetail(4)},
		{ID: keymap.SwitchChannel, Do: c.switchCmd, Off: c.unless(c.whyNoSwitch), Place: c.inDetail(5)},
		{ID: keymap.DeleteChannel, Do: c.askDelete, Off: c.whyEmpty, Place: c.inDetail(6)},
		{ID: keymap.FindText, Do: func() tea.Cmd { c.finding = true; return nil }, Place: c.inList(7)},
		{ID: keymap.FilterTypes, Do: func() tea.Cmd { sh.Open(newTypeFilter(sh, c.filter)); return nil }, Place: c.inList(8)},
		{ID: keymap.ClearTypes, Do: c.clearTypes},
		{ID: keymap.TestAll, Do: c.askTestAll, Off: c.whyNoTests, Place: c.inList(9)},
		{ID: keymap.Choose, Do: c.with(c.chooseNext), Off: c.whyEmpty, Place: c.inList(10)},
		{ID: keymap.ChooseAll, Do: func() tea.Cmd { c.chooseAll(); return nil }, Off: c.whyEmpty},
		{ID: keymap.ExtendDown, Do: func() tea.Cmd { c.extend(keymap.ExtendDown); return nil }},
		{ID: keymap.ExtendUp, Do: func() tea.Cmd { c.extend(keymap.ExtendUp); return nil }},
		{ID: keymap.NewCode, Do: c.with(func(ch backend.Channel) tea.Cmd { return verify.OpenCode(sh, verify.Channel(sh, ch), "").ResendCmd() }),
			Off: c.unless(c.whyNoCode), Place: c.inList(11)},
		{ID: keymap.NewSecret, Do: c.with(func(ch backend.Channel) tea.Cmd { askSecret(sh, ch); return nil }), Off: c.unless(c.whyNoSecret), Place: c.inList(12)},
		{ID: keymap.ShowValues, Place: c.inList(13)},
		{ID: keymap.Refresh, Place: c.whereRefresh},
		{ID: keymap.Open, Do: func() tea.Cmd { c.detail, c.top = true, 0; return nil }, Off: c.whyEmpty},
		{ID: keymap.Back, Do: c.back, Place: c.whereBack},
		{ID: keymap.Copy, Do: c.with(func(ch backend.Channel) tea.Cmd {
			return sh.CopyCmd(fmt.Sprintf("the value of channel %d", ch.Priority), ch.Value)
		}), Off: c.whyEmpty},
	}
	return shell.AndThen(append(list, shell.MoveActions(c.move)...), c.follow)
}

// findActions are those of the text to find.
func (c *screen) findActions() []shell.Action {
	return []shell.Action{
		{ID: keymap.FindKeep, Do: func() tea.Cmd { c.endFind(); return nil }, Place: shell.At(1)},
		{ID: keymap.FindClear, Do: func() tea.Cmd { c.find.SetValue(""); c.endFind(); return nil }, Place: shell.At(2)},
	}
}

// with does something with the channel under the cursor.
func (c *screen) with(do func(backend.Channel) tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		ch, _ := c.current()
		return do(ch)
	}
}

// unless says why something cannot be done to the channel under the cursor:
// because there is none, or because of what it is.
func (c *screen) unless(whyNot func(backend.Channel) string) func() string {
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
func (c *screen) move(id keymap.ID) tea.Cmd {
	if !c.detail || !c.scroll(id) {
		c.list.Move(id)
		c.top = 0
	}
	return nil
}

// The places in the footer: of a list; of the detail, too; and where there is
// nothing to look at.

func (c *screen) isUnreadable() bool { return !c.read && c.err != nil }
func (c *screen) hasNone() bool      { return c.read && len(c.shell.Session.Channels) == 0 }
func (c *screen) isDetail() bool     { return c.detail && !c.isUnreadable() && !c.hasNone() }

func (c *screen) inDetail(place int) func() int {
	return func() int {
		if c.isUnreadable() || c.hasNone() {
			return 0
		}
		return place
	}
}

func (c *screen) inList(place int) func() int {
	return func() int {
		if c.detail {
			return 0
		}
		return c.inDetail(place)()
	}
}

func (c *screen) whereAdd() int {
	if c.hasNone() {
		return 1
	}
	return c.inList(1)()
}

func (c *screen) whereBack() int {
	if c.isDetail() {
		return 1
	}
	return 0
}

func (c *screen) whereRefresh() int {
	if c.isUnreadable() {
		return 1
	}
	return 0
}

// A verified channel has no code to enter: the word of its test takes that place.

func (c *screen) awaitsWord() bool {
	ch, ok := c.current()
	return ok && ch.Verified && verify.WhyNoWord(c.shell, ch) == ""
}

func (c *screen) whereVerify() int {
	if c.awaitsWord() {
		return 0
	}
	return c.inDetail(3)()
}

func (c *screen) whereWord() int {
	if c.awaitsWord() {
		return c.inDetail(3)()
	}
	return 0
}
