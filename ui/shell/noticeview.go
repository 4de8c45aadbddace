package shell

import (
	"fmt"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// How many lines a notice may take. A notice says at its end what to do, so that
// the end should be the last thing to be cut.
const (
	NoticeHeight        = 2
	CompactNoticeHeight = 3
)

// OpenNotices opens the list of earlier notices, the newest first.
func (s *Shell) OpenNotices() {
	s.Open(NewReader(s, "Earlier notices", func(w int) []string {
		var lines []string
		for _, n := range slices.Backward(s.Notices.earlier) {
			for j, line := range draw.Wrap(s.notice(n), w-10) {
				head := draw.Space(10)
				if j == 0 {
					head = s.Look.Muted.Render(draw.Pad(n.at.In(s.Now.Location()).Format("15:04:05"), 10))
				}
				lines = append(lines, head+line)
			}
		}
		if lines == nil {
			lines = []string{s.Look.Muted.Render("No notice yet.")}
		}
		return lines
	}))
}

// NoticeLines draws a notice in at most so many lines of w cells. A longer one ends
// with the key that shows all of it.
func (s *Shell) NoticeLines(n Notice, w, most int) []string {
	sign := s.signOf(n)
	lines := draw.Wrap(sign+safe.Text(n.text), w-2)
	if len(lines) > most {
		hint := fmt.Sprintf(" %s %s all of it", s.Look.Dot, s.Keys.Key(keymap.Notices))
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

// notice draws a whole notice in one line.
func (s *Shell) notice(n Notice) string { return s.styledNotice(n, s.signOf(n), safe.Text(n.text)) }

func (s *Shell) signOf(n Notice) string {
	switch n.weight {
	case Good:
		return s.Look.Yes + " "
	case Warning:
		return s.Look.Attention + " "
	case Failure:
		return s.Look.No + " "
	case Unknown:
		return UnknownSign + " "
	default:
		return ""
	}
}

func (s *Shell) styledNotice(n Notice, sign, text string) string {
	switch n.weight {
	case Good:
		return s.Look.OK.Render(sign) + s.Look.Text.Render(text)
	case Held:
		return s.Look.Text.Render(text)
	case Warning, Unknown:
		return s.Look.Warn.Render(sign + text)
	case Failure:
		return s.Look.Err.Render(sign + text)
	default:
		return s.Look.Info.Render(text)
	}
}

// UnknownSign stands before what may have been done or not.
const UnknownSign = "?"

// FailedSign is the sign of a change that was refused, or whose answer was lost.
func (s *Shell) FailedSign(lost bool) (theme.Style, string) {
	if lost {
		return s.Look.Warn, UnknownSign
	}
	return s.Look.Err, s.Look.No
}
