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
	d := m.desk
	left, right := m.screen().Status()
	if d.class == compact {
		right = ""
	}
	typed := m.screen().TypingScope() != "" && left != ""
	left = d.Muted.Render(left)
	switch n, told := d.notices.current(); {
	case m.leaving:
		left = d.Warn.Render(fmt.Sprintf("%s being saved %s %s again to leave at once", count(d.work.saving(), "change"), d.Dot, d.keys.Key(keymap.Quit)))
	case told && !typed: // nothing may hide what is being typed, or why it is refused
		lines := d.noticeLines(n, m.w, usualNotice)
		if d.class == compact {
			lines = d.noticeLines(n, m.w, compactNotice)
		}
		if draw.Width(lines[0])+draw.Width(right)+2 <= m.w {
			lines[0] = draw.Ends(lines[0], d.Muted.Render(right)+" ", m.w)
		}
		return lines
	case d.line.down && !typed:
		left = d.Warn.Render(fmt.Sprintf("%s as of %s %s changes are off %s %s retries now", d.Attention, d.line.reads.Local().Format("15:04"), d.Dot, d.Dot, d.keys.Key(keymap.Refresh)))
	case d.work.slow(d.now):
		left = d.Info.Render("Still working " + d.Dot + " " + d.keys.Key(keymap.Back) + " gives up")
	}
	return []string{draw.Ends(" "+left, d.Muted.Render(right)+" ", m.w)}
}

// noticeLines is a notice in at most so many lines of w cells. Where it is
// longer, it ends with the key that shows all of it.
func (d *desk) noticeLines(n notice, w, most int) []string {
	sign := d.signOf(n)
	lines := draw.Wrap(sign+safe.Text(n.text), w-2)
	if len(lines) > most {
		hint := fmt.Sprintf(" %s %s all of it", d.Dot, d.keys.Key(keymap.News))
		rest := strings.Join(lines[most-1:], " ")
		lines = append(lines[:most-1], draw.Cut(rest, w-2-draw.Width(hint))+hint)
	}
	for i, line := range lines {
		line, ok := strings.CutPrefix(line, sign)
		if !ok {
			sign = ""
		}
		lines[i] = " " + d.styledNotice(n, sign, line)
		sign = ""
	}
	return lines
}

// notice is a whole notice in a line.
func (d *desk) notice(n notice) string { return d.styledNotice(n, d.signOf(n), safe.Text(n.text)) }

func (d *desk) signOf(n notice) string {
	switch n.weight {
	case good:
		return d.Yes + " "
	case held:
		return d.Held + " "
	case warning:
		return d.Attention + " "
	case failure:
		return d.No + " "
	case unknown:
		return unknownSign + " "
	}
	return ""
}

func (d *desk) styledNotice(n notice, sign, text string) string {
	switch n.weight {
	case good:
		return d.OK.Render(sign) + d.Text.Render(text)
	case held:
		return d.Info.Render(sign) + d.Text.Render(text)
	case warning, unknown:
		return d.Warn.Render(sign + text)
	case failure:
		return d.Err.Render(sign + text)
	}
	return d.Info.Render(text)
}

// unknownSign stands before what is neither done nor failed.
const unknownSign = "?"

// failed is the sign of a change that was not answered with yes: refused, or
// lost on the way back.
func (d *desk) failed(lost bool) (theme.Style, string) {
	if lost {
		return d.Warn, unknownSign
	}
	return d.Err, d.No
}
