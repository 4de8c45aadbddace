package profile

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/theme"
)

// reachText says in one line whether and how the customer is reached, in at most w cells.
func reachText(sh *shell.Shell, w int) string {
	if sh.Session.Channels == nil {
		return ""
	}
	var line string
	for i, part := range sh.ReachParts() {
		gap := ""
		if i > 0 {
			gap = " " + sh.Look.Dot + " "
		}
		if left := w - draw.Width(line+gap+part.Text); left < 0 && i > 0 {
			return line + sh.Look.Muted.Render(draw.Cut(" …", w-draw.Width(line)))
		}
		line += sh.Look.Muted.Render(gap) + part.Style.Render(draw.Cut(part.Text, w))
	}
	return line
}

// stateWidth is the width of the state of a channel: "… waiting for its code".
const stateWidth = 24

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
			if n := (&shell.Session{Channels: channels[i:]}).Failing(); n > 0 {
				more += sh.Look.Err.Render(fmt.Sprintf(", %s %d %s", sh.Look.No, n, state.Failing.Word()))
			}
			return append(lines, more)
		}
		value := ch.Value
		if ch.ActiveValue != "" {
			value = ch.ActiveValue // messages go there until the new value is verified
		}
		text := fmt.Sprintf(" %3d  %s %-7s  %s", ch.Priority, sh.Sign(ch.Type), shell.TypeName(ch.Type), sh.Masked(ch.Type, value))
		style, said := channelState(sh, ch)
		lines = append(lines, sh.Look.Text.Render(draw.Pad(text, w-stateWidth-2)+"  ")+style.Render(draw.Cut(said, stateWidth)))
	}
	return lines
}

// channelState says whether the customer is reached by a channel, as far as that is known.
func channelState(sh *shell.Shell, ch backend.Channel) (theme.Style, string) {
	now := state.OfReach(ch, sh.Now)
	text := now.Word()
	switch now {
	case state.Failing:
		if f := ch.Failure; f.Since.IsZero() {
			text += ", " + shell.Ago(sh.Now, f.At)
		} else {
			text += " for " + shell.Short(sh.Now.Sub(f.Since))
		}
	case state.Seen:
		text += " " + shell.Ago(sh.Now, ch.Proof.SeenAt)
	case state.Stale:
		text += ", seen " + shell.Ago(sh.Now, ch.Proof.SeenAt)
	case state.WaitingCode, state.Expired, state.Locked, state.Exhausted:
		text = sh.CodeWord(ch.Code)
	default:
	}
	return now.Style(&sh.Look.Palette), now.With(&sh.Look, text)
}
