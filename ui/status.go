package ui

import (
	"fmt"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
)

// status is the news above the footer: notices first, then what the screen
// says. Only a notice takes more than one line.
func (m *Model) status() []string {
	sh := m.shell
	left, right := m.screen().Status()
	if sh.Room == Compact {
		right = ""
	}
	typed := m.screen().TypingScope() != "" && left != ""
	left = sh.Look.Muted.Render(left)
	switch n, told := sh.Notices.current(); {
	case m.leaving:
		left = sh.Look.Warn.Render(fmt.Sprintf("%s being saved %s %s again to leave at once", count(sh.Work.saving(), "change"), sh.Look.Dot, sh.Keys.Key(keymap.Quit)))
	case told && !typed: // nothing may hide what is being typed, or why it is refused
		lines := sh.noticeLines(n, m.w, usualNotice)
		if sh.Room == Compact {
			lines = sh.noticeLines(n, m.w, compactNotice)
		}
		if draw.Width(lines[0])+draw.Width(right)+2 <= m.w {
			lines[0] = draw.Ends(lines[0], sh.Look.Muted.Render(right)+" ", m.w)
		}
		return lines
	case sh.Connection.Down && !typed:
		left = sh.Look.Warn.Render(fmt.Sprintf("%s as of %s %s changes are off %s %s retries now", sh.Look.Attention, sh.Connection.LastRead.Local().Format("15:04"), sh.Look.Dot, sh.Look.Dot, sh.Keys.Key(keymap.Refresh)))
	case sh.Work.slow(sh.Now):
		left = sh.Look.Info.Render("Still working " + sh.Look.Dot + " " + sh.Keys.Key(keymap.Back) + " gives up")
	}
	return []string{draw.Ends(" "+left, sh.Look.Muted.Render(right)+" ", m.w)}
}
