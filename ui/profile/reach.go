package profile

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// reachText says in one line whether and how the customer is reached.
func reachText(sh *shell.Shell) string {
	channels := sh.Session.Channels
	if channels == nil {
		return ""
	}
	reachable, seen, types := 0, map[backend.ChannelType]bool{}, []string(nil)
	for _, ch := range channels {
		if !ch.Reachable() {
			continue
		}
		reachable++
		if !seen[ch.Type] && !ch.Failing() {
			seen[ch.Type] = true
			types = append(types, shell.TypeName(ch.Type))
		}
	}
	if reachable == 0 {
		return sh.Look.Err.Render(sh.Look.No + " not at all: no channel is on")
	}
	reached := sh.Look.OK.Render(sh.Look.Yes) + " " + sh.Look.Text.Render(strings.Join(types, ", "))
	if n := failing(channels); n > 0 {
		failed := sh.Look.Err.Render(fmt.Sprintf("%s %d failing", sh.Look.No, n))
		if types == nil {
			return failed
		}
		return failed + sh.Look.Muted.Render(" "+sh.Look.Dot+" ") + reached
	}
	return reached + sh.Look.Muted.Render(fmt.Sprintf(" %s %d of %d channels", sh.Look.Dot, reachable, len(channels)))
}

// isFailing reports whether the last message to a channel did not arrive. To a channel
// that is switched off none is sent.
func isFailing(ch backend.Channel) bool {
	return ch.Failing() && ch.Status() != backend.StatusDisabled
}

// failing counts the channels that fail.
func failing(channels []backend.Channel) int {
	n := 0
	for _, ch := range channels {
		if isFailing(ch) {
			n++
		}
	}
	return n
}

// channelLines are the channels by priority, one a line. Where not all fit into h
// lines, the last one says how many more there are.
func channelLines(sh *shell.Shell, w, h int) []string {
	channels := sh.Session.Channels
	if channels != nil && len(channels) == 0 {
		return []string{" " + sh.Look.Warn.Render(sh.Look.Attention+" no channel yet: you cannot be reached")}
	}
	var lines []string
	for i, ch := range channels {
		if i == h-1 && len(channels) > h {
			more := sh.Look.Muted.Render(fmt.Sprintf(" and %d more", len(channels)-i))
			if n := failing(channels[i:]); n > 0 {
				more += sh.Look.Err.Render(fmt.Sprintf(", %s %d failing", sh.Look.No, n))
			}
			return append(lines, more)
		}
		value := ch.Value
		if ch.ActiveValue != "" {
			value = ch.ActiveValue // messages go there until the new value is verified
		}
		text := fmt.Sprintf(" %3d  %s %-7s  %s", ch.Priority, sh.Sign(ch.Type), shell.TypeName(ch.Type), sh.Masked(ch.Type, value))
		style, state := channelState(sh, ch)
		lines = append(lines, sh.Look.Text.Render(draw.Pad(text, w-21))+style.Render(state))
	}
	return lines
}

// channelState says whether the customer is reached by a channel, as far as that is
// known.
func channelState(sh *shell.Shell, ch backend.Channel) (theme.Style, string) {
	switch {
	case isFailing(ch):
		return sh.Look.Err, sh.Look.No + " failed " + shell.Ago(sh.Now, ch.Failure.At)
	case !ch.Reachable() && !ch.Verified:
		return sh.Look.Warn, sh.Look.Attention + " not verified"
	case !ch.Reachable():
		return sh.Look.Muted, "off"
	case isHeld(ch):
		return sh.Look.Info, sh.Look.Held + " " + sh.Session.HeldShort()
	case !ch.Proof.SeenAt.IsZero() && ch.Proof.Stale(sh.Now):
		return sh.Look.Warn, sh.Look.Attention + " stale, " + shell.Ago(sh.Now, ch.Proof.SeenAt)
	}
	return sh.Look.OK, sh.Look.Yes + " reached"
}

// isHeld reports whether the last message to a channel is only held in an inbox.
func isHeld(ch backend.Channel) bool {
	if t := ch.LastTest; t != nil && t.OK && !t.At.Before(ch.Proof.AcceptedAt) {
		return t.Held
	}
	return ch.Proof.Held
}
