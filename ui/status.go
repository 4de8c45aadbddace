package ui

import (
	"fmt"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
)

// status is the line above the footer: a notice, or what the screen says. Only a
// notice takes more than one line.
func (m *Model) status() []string {
	sh := m.shell
	left, right := m.screen().Status()
	if sh.Room == shell.Compact {
		right = ""
	}
	typed := m.screen().TypingScope() != "" && left != ""
	left = sh.Look.Muted.Render(left)
	switch n, told := sh.Notices.Current(); {
	case m.leaving:
		left = sh.Look.Warn.Render(fmt.Sprintf("%s being saved %s %s again to leave at once", shell.Count(sh.Work.Saving(), "change"), sh.Look.Dot, sh.Keys.Key(keymap.Quit)))
	case told && !typed: // what is being typed, or why it is refused, is never hidden
		lines := sh.NoticeLines(n, m.w, shell.NoticeHeight)
		if sh.Room == shell.Compact {
			lines = sh.NoticeLines(n, m.w, shell.CompactNoticeHeight)
		}
		if draw.Width(lines[0])+draw.Width(right)+2 <= m.w {
			lines[0] = draw.Ends(lines[0], sh.Look.Muted.Render(right)+" ", m.w)
		}
		return lines
	case sh.Connection.Offline && !typed:
		left = sh.Look.Warn.Render(fmt.Sprintf("%s as of %s %s changes are off %s %s retries now", sh.Look.Attention, sh.Connection.LastRead.Local().Format("15:04"), sh.Look.Dot, sh.Look.Dot, sh.Keys.Key(keymap.Refresh)))
	case sh.Work.Slow(sh.Now) && (!typed || sh.Work.Saving() > 0): // what is being typed does not wait for a reading
		left = sh.Look.Info.Render("Still working " + sh.Look.Dot + " " + sh.Keys.Key(keymap.Back) + " gives up")
	}
	return []string{draw.Ends(" "+left, sh.Look.Muted.Render(right)+" ", m.w)}
}
