package channels

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/theme"
)

// strip is one sign for each attempt, the oldest at the left.
func strip(sh *shell.Shell, look *theme.Palette, newestFirst []backend.Attempt) string {
	var b strings.Builder
	for _, a := range slices.Backward(newestFirst) {
		now := state.OfAttempt(a.Outcome)
		b.WriteString(now.Style(look).Render(now.Mark(&sh.Look)))
	}
	return b.String()
}

// outcomes lists the outcomes in the order of the legend.
var outcomes = []backend.Outcome{backend.OutcomeSent, backend.OutcomeHeld, backend.OutcomeDelayed, backend.OutcomeUnknown, backend.OutcomeBlocked, backend.OutcomeFailed}

// legend says what the signs of a strip mean and how many there are of each, in lines
// of at most w cells.
func legend(sh *shell.Shell, attempts []backend.Attempt, w int) []string {
	counts := map[backend.Outcome]int{}
	for _, a := range attempts {
		counts[a.Outcome]++
	}
	var lines []string
	used := 0
	for _, o := range outcomes {
		if counts[o] == 0 {
			continue
		}
		now := state.OfAttempt(o)
		style, sign := now.Style(&sh.Look.Palette), now.Mark(&sh.Look)
		text := fmt.Sprintf(" %d %s", counts[o], now.Word())
		n := draw.Width(sign + text)
		part := style.Render(sign) + sh.Look.Muted.Render(text)
		if lines == nil || used+2+n > w {
			lines, used = append(lines, part), n
			continue
		}
		lines[len(lines)-1] += "  " + part
		used += 2 + n
	}
	return lines
}

// speed is how long providers took to accept messages: the median and the slowest.
// Other attempts do not count. False when none is left.
func speed(attempts []backend.Attempt) (median, slowest time.Duration, known bool) {
	var durations []time.Duration
	for _, a := range attempts {
		if a.Outcome == backend.OutcomeSent {
			durations = append(durations, a.Duration)
		}
	}
	if durations == nil {
		return 0, 0, false
	}
	slices.Sort(durations)
	n := len(durations)
	return (durations[(n-1)/2] + durations[n/2]) / 2, durations[n-1], true
}
