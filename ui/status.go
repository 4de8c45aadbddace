package ui

import (
	"fmt"
	"math"
	"strings"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
)

// status is the line above the footer: a notice, or what the screen says. Only a
// notice takes more than one line.
func (m *Model) status() []string {
	sh := m.shell
	said, right := m.screen().Status()
	if sh.Room == shell.Compact {
		right = ""
	}
	typed := m.screen().TypingScope() != "" && said.Text != ""
	left := said.Style.Render(said.Text)
	switch n, told := sh.Notices.Current(); {
	case m.leaving && sh.Work.Saving() == 0:
		left = sh.Look.Warn.Render("The export is being stopped " + sh.Look.Dot + " " + sh.Keys.Key(keymap.Quit) + " again to leave at once")
	case m.leaving:
		left = sh.Look.Warn.Render(fmt.Sprintf("%s being saved %s %s again to leave at once", shell.Count(sh.Work.Saving(), "change"), sh.Look.Dot, sh.Keys.Key(keymap.Quit)))
	case told && !typed: // what is being typed, or why it is refused, is never hidden
		return m.notice(n, right)
	case sh.Connection.Offline && !typed:
		left = sh.Look.Warn.Render(m.offline())
	case sh.Work.Slow(sh.Now) && (!typed || sh.Work.Saving() > 0): // what is being typed does not wait for a reading
		left = sh.Look.Info.Render("Still working " + sh.Look.Dot + " " + sh.Keys.Key(keymap.Back) + " gives up")
	}
	if left == "" && sh.Room == shell.Compact {
		left = sh.Verdict(m.w - 3)
	}
	return []string{draw.Ends(" "+left, sh.Look.Muted.Render(right)+" ", m.w)}
}

// notice is a notice, and at the right the next try while offline and what the screen says.
// Where a line is too short for both, the next try has a line of its own, if there is room.
func (m *Model) notice(n shell.Notice, right string) []string {
	sh := m.shell
	most := shell.NoticeHeight
	if sh.Room == shell.Compact {
		most = shell.CompactNoticeHeight
	}
	lines, next := sh.NoticeLines(n, m.w, most), ""
	if sh.Connection.Offline {
		next = m.nextTry()
	}
	fits := func(text string) bool { return draw.Width(lines[0])+draw.Width(text)+2 <= m.w }
	switch both := next + "  " + right; {
	case next != "" && fits(both):
		right = strings.TrimSuffix(both, "  ")
	case next != "" && fits(next):
		right = next
	case next != "" && len(lines) < most:
		lines = append(lines, sh.Look.Muted.Render(draw.Cut("   "+next, m.w)))
	}
	if right != "" && fits(right) {
		lines[0] = draw.Ends(lines[0], sh.Look.Muted.Render(right)+" ", m.w)
	}
	return lines
}

// nextTry is in how long the accounts are tried again, "" while they are tried.
func (m *Model) nextTry() string {
	left := m.shell.Connection.RetryAt.Sub(m.shell.Now)
	if left <= 0 {
		return ""
	}
	return fmt.Sprintf("next try in %.0fs", math.Ceil(left.Seconds()))
}

// offline says how old what is shown is, and when the next try is; of a database, that it is the one.
func (m *Model) offline() string {
	sh := m.shell
	parts := []string{"as of " + shell.Stamp(sh.Now, sh.Connection.LastRead)}
	if sh.Connection.IsDatabase {
		parts = []string{"the database cannot be reached", parts[0]}
	}
	if next := m.nextTry(); next != "" {
		parts = append(parts, next)
	}
	parts = append(parts, "changes are off", sh.Keys.Key(keymap.Refresh)+" tries now")
	text := sh.Look.Attention + " " + strings.Join(parts, " "+sh.Look.Dot+" ")
	if off := " " + sh.Look.Dot + " changes are off"; draw.Width(text) >= m.w { // a key that changes something says so, too
		text = strings.Replace(text, off, "", 1)
	}
	return text
}
