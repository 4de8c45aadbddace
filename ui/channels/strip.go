package channels

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
)

// strip is one sign for each attempt, the oldest one left.
func strip(sh *shell.Shell, newestFirst []backend.Attempt) string {
	var b strings.Builder
	for _, a := range slices.Backward(newestFirst) {
		style, sign := sh.OutcomeSign(a.Outcome)
		b.WriteString(style.Render(sign))
	}
	return b.String()
}

// outcomes lists the outcomes in the order in which they are told.
var outcomes = []backend.Outcome{backend.OutcomeSent, backend.OutcomeHeld, backend.OutcomeDelayed, backend.OutcomeFailed}

// legend says what the signs of a strip mean, and how many there are of each.
func legend(sh *shell.Shell, list []backend.Attempt, w int) []string {
	counts := map[backend.Outcome]int{}
	for _, a := range list {
		counts[a.Outcome]++
	}
	var lines []string
	used := 0
	for _, o := range outcomes {
		if counts[o] == 0 {
			continue
		}
		style, sign := sh.OutcomeSign(o)
		words := fmt.Sprintf(" %d %s", counts[o], o)
		n := draw.Width(sign + words)
		part := style.Render(sign) + sh.Look.Muted.Render(words)
		if lines == nil || used+2+n > w {
			lines, used = append(lines, part), n
			continue
		}
		lines[len(lines)-1] += "  " + part
		used += 2 + n
	}
	return lines
}

// speed is how long providers took for what they took: the median and the
// slowest. What was held went to none. False when they took nothing.
func speed(list []backend.Attempt) (median, slowest time.Duration, known bool) {
	var took []time.Duration
	for _, a := range list {
		if a.Outcome == backend.OutcomeSent {
			took = append(took, a.Duration)
		}
	}
	if took == nil {
		return 0, 0, false
	}
	slices.Sort(took)
	n := len(took)
	return (took[(n-1)/2] + took[n/2]) / 2, took[n-1], true
}
