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
const maxBar = 40

// limitLines draw each limit of the plan as a bar with its numbers.
func limitLines(sh *shell.Shell, w int) []string {
	limits := sh.Session.Profile.Limits
	titleWidth := 0
	for _, l := range limits {
		titleWidth = max(titleWidth, draw.Width(safe.Text(l.Title)))
	}
	titleWidth = min(titleWidth, max(8, w/2-2))
	edge := " "
	if sh.Room == shell.Compact {
		edge = ""
	}
	var lines []string
	for _, l := range limits {
		style, remark := limitRemark(sh, l)
		barWidth := min(w-titleWidth-10-draw.Width(remark)-4, maxBar)
		lines = append(lines, edge+sh.Look.Muted.Render(draw.Pad(safe.Text(l.Title), titleWidth))+" "+bar(sh, l, barWidth, style)+" "+
			sh.Look.Text.Render(draw.Right(fmt.Sprintf("%d/%d", l.Used, l.Value), 7))+" "+style.Render(remark))
	}
	return lines
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
