package profile

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// warnFrom is how much of a limit is used when a warning begins, in percent.
const warnFrom = 80

// maxBar is the longest bar, in cells.
const maxBar = 20

// limitLines say how much is used of each limit of the plan, in one line where there is
// room. One that is nearly reached has a line of its own, with a bar.
func limitLines(sh *shell.Shell, w int) []string {
	var calm, near []string
	for _, l := range sh.Session.Profile.Limits {
		text := fmt.Sprintf("%s %d/%d", limitName(l), l.Used, l.Value)
		if isDaily := l.Key == backend.LimitCodes || l.Key == backend.LimitFeedback; isDaily && sh.Room != shell.Compact {
			text += " in 24 h"
		}
		if style, remark := limitRemark(sh, l); remark != "" {
			near = append(near, limitLine(sh, l, text, w, style, remark))
		} else {
			calm = append(calm, text)
		}
	}
	var lines []string
	for _, line := range filled(calm, " "+sh.Look.Dot+" ", w) {
		lines = append(lines, sh.Look.Text.Render(draw.Cut(line, w)))
	}
	return append(lines, near...)
}

// filled puts as many texts into each line of w cells as fit.
func filled(texts []string, between string, w int) (lines []string) {
	for _, text := range texts {
		if n := len(lines) - 1; n >= 0 && draw.Width(lines[n]+between+text) <= w {
			lines[n] += between + text
		} else {
			lines = append(lines, text)
		}
	}
	return lines
}

// limitNames are short names of the limits that are known; others have their titles.
var limitNames = map[string]string{backend.LimitChannels: "channels", backend.LimitCodes: "codes", backend.LimitFeedback: "feedback"}

func limitName(l backend.Limit) string {
	if name, isKnown := limitNames[l.Key]; isKnown {
		return name
	}
	return safe.Text(l.Title)
}

// limitLine is a limit that is nearly reached, in w cells.
func limitLine(sh *shell.Shell, l backend.Limit, text string, w int, style theme.Style, remark string) string {
	width := min(maxBar, w-draw.Width(remark)-draw.Width(text)-3)
	return bar(sh, l, width, style) + " " + style.Render(remark) + "  " + sh.Look.Text.Render(draw.Cut(text, max(4, w-max(0, width)-draw.Width(remark)-3)))
}

// limitRemark says that a limit is reached, or nearly.
func limitRemark(sh *shell.Shell, l backend.Limit) (theme.Style, string) {
	switch {
	case l.Value <= 0:
		return sh.Look.Muted, ""
	case l.Used >= l.Value:
		return sh.Look.Err, sh.Look.No + " full"
	case l.Used*100 >= l.Value*warnFrom:
		return sh.Look.Warn, fmt.Sprintf("%s %d%%", sh.Look.Attention, l.Used*100/l.Value)
	}
	return sh.Look.OK, ""
}

// bar draws how much of a limit is used, in w cells. What is used at all fills one cell
// at least.
func bar(sh *shell.Shell, l backend.Limit, w int, style theme.Style) string {
	if w < 1 {
		return ""
	}
	full := 0
	if l.Value > 0 {
		full = min(w, (l.Used*w+l.Value-1)/l.Value)
	}
	return style.Render(strings.Repeat(sh.Look.Full, full)) + sh.Look.Faint.Render(strings.Repeat(sh.Look.Rest, w-full))
}
