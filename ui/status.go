package ui

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// How many lines a notice may take from the screen. What is to be done stands
// at the end of a sentence, and is the last thing that may be cut.
const (
	usualNotice   = 2
	compactNotice = 3
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

// noticeLines is a notice in at most so many lines of w cells. Where it is
// longer, it ends with the key that shows all of it.
func (s *Shell) noticeLines(n notice, w, most int) []string {
	sign := s.signOf(n)
	lines := draw.Wrap(sign+safe.Text(n.text), w-2)
	if len(lines) > most {
		hint := fmt.Sprintf(" %s %s all of it", s.Look.Dot, s.Keys.Key(keymap.News))
		rest := strings.Join(lines[most-1:], " ")
		lines = append(lines[:most-1], draw.Cut(rest, w-2-draw.Width(hint))+hint)
	}
	for i, line := range lines {
		line, ok := strings.CutPrefix(line, sign)
		if !ok {
			sign = ""
		}
		lines[i] = " " + s.styledNotice(n, sign, line)
		sign = ""
	}
	return lines
}

// notice is a whole notice in a line.
func (s *Shell) notice(n notice) string { return s.styledNotice(n, s.signOf(n), safe.Text(n.text)) }

func (s *Shell) signOf(n notice) string {
	switch n.weight {
	case good:
		return s.Look.Yes + " "
	case held:
		return s.Look.Held + " "
	case warning:
		return s.Look.Attention + " "
	case failure:
		return s.Look.No + " "
	case unknown:
		return unknownSign + " "
	}
	return ""
}

func (s *Shell) styledNotice(n notice, sign, text string) string {
	switch n.weight {
	case good:
		return s.Look.OK.Render(sign) + s.Look.Text.Render(text)
	case held:
		return s.Look.Info.Render(sign) + s.Look.Text.Render(text)
	case warning, unknown:
		return s.Look.Warn.Render(sign + text)
	case failure:
		return s.Look.Err.Render(sign + text)
	}
	return s.Look.Info.Render(text)
}

// unknownSign stands before what is neither done nor failed.
const unknownSign = "?"

// failed is the sign of a change that was not answered with yes: refused, or
// lost on the way back.
func (s *Shell) failed(lost bool) (theme.Style, string) {
	if lost {
		return s.Look.Warn, unknownSign
	}
	return s.Look.Err, s.Look.No
}
