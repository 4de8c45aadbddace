package channels

import (
	"fmt"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// channelList is "channel 3" or "channels 1, 2 and 5".
func channelList(priorities []int) string {
	numbers := make([]string, len(priorities))
	for i, p := range slices.Sorted(slices.Values(priorities)) {
		numbers[i] = fmt.Sprint(p)
	}
	switch len(numbers) {
	case 0:
		return "no channel"
	case 1:
		return "channel " + numbers[0]
	}
	last := len(numbers) - 1
	return "channels " + strings.Join(numbers[:last], ", ") + " and " + numbers[last]
}

// isOrAre is the verb for so many channels.
func isOrAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// priorities are those of the channels, in the same order.
func priorities(list []backend.Channel) []int {
	out := make([]int, len(list))
	for i, ch := range list {
		out[i] = ch.Priority
	}
	return out
}

// questionLines names channels in a question, one a line: the first of them up to
// most, and how many more there are.
func questionLines(sh *shell.Shell, list []backend.Channel, most int) []string {
	var lines []string
	labels := shell.LabelColumn(list, 12, "  ")
	for i, ch := range list {
		if i == most {
			return append(lines, fmt.Sprintf("and %d more", len(list)-most))
		}
		lines = append(lines, fmt.Sprintf("%2d  %s %-7s  %s%s", ch.Priority, sh.Sign(ch.Type), shell.TypeName(ch.Type), labels(ch), sh.Masked(ch.Type, ch.InForce())))
	}
	return lines
}

// notVerifiedText says which of the chosen channels were left out, "" for none.
func notVerifiedText(leftOut []int, what string) string {
	if len(leftOut) == 0 {
		return ""
	}
	return fmt.Sprintf("Not %s, because %s: %s.", what, state.NeverVerified.Word(), channelList(leftOut))
}
