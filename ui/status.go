package ui

import (
	"fmt"
	"math"
	"slices"
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
		left = sh.Look.Warn.Render(m.offline(m.w - draw.Width(right) - 3)) // a blank on each side, and one between
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

// offline says how old what is shown is, when the next try is, and which key tries now; of a database, that
// it is the one. What there is no room for is left out, beginning with what a key that changes something
// says, too.
func (m *Model) offline(room int) string {
	sh := m.shell
	const reason, age, next, off = 0, 1, 2, 3
	parts := []string{"", "as of " + shell.Stamp(sh.Now, sh.Connection.LastRead), m.nextTry(), "changes are off", sh.Keys.Key(keymap.Refresh) + " tries now"}
	if sh.Connection.IsDatabase {
		parts[reason] = "the database cannot be reached"
	}
	text := ""
	for _, part := range []int{-1, off, next, age, reason} {
		if part >= 0 {
			parts[part] = ""
		}
		shown := slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return p == "" })
		text = sh.Look.Attention + " " + strings.Join(shown, " "+sh.Look.Dot+" ")
		if draw.Width(text) <= room {
			break
		}
	}
	return text
}
