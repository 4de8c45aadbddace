package channels

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// A remark stands under the row of a channel: that messages fail, and why; which new
// value waits behind the one in force.

// remarksOf are the remarks about a channel, the most urgent first.
func remarksOf(sh *shell.Shell, ch backend.Channel) (list []shell.Part) {
	if f := ch.Failure; f != nil {
		text := state.Failed.Said(&sh.Look) + " " + sh.Ago(f.At)
		if state.OfReach(ch, sh.Now) == state.Failing && !f.Since.IsZero() {
			text = state.Failing.With(&sh.Look, failingText(sh, f))
		}
		text += " " + sh.Look.Dot + " " + safe.Text(f.Provider) + ": " + safe.Text(f.Status)
		list = append(list, shell.Part{Style: sh.Look.Err, Text: text})
	}
	if m, isDelayed := sh.Session.Delayed(ch); isDelayed {
		text := state.Waiting.With(&sh.Look, shell.KindName(m.Kind)+" "+state.Waiting.Word()+", "+sh.ResultText(m))
		list = append(list, shell.Part{Style: sh.Look.Warn, Text: text})
	}
	if state.IsOldInForce(ch) {
		list = append(list, shell.Part{Style: sh.Look.Warn, Text: sh.Look.Arrow + " " + sh.Masked(ch.Type, ch.Value) + ": " + codeRemark(sh, ch.Code)})
	}
	return list
}

// remarkCount is how many remarks there are about a channel.
func remarkCount(sh *shell.Shell, ch backend.Channel) (n int) {
	if ch.Failure != nil {
		n++
	}
	if _, isDelayed := sh.Session.Delayed(ch); isDelayed {
		n++
	}
	if state.IsOldInForce(ch) {
		n++
	}
	return n
}

// codeRemark is how far the code of a new value has come, and the key that helps.
func codeRemark(sh *shell.Shell, c *backend.CodeState) string {
	switch now := state.OfCode(c, sh.Now); now {
	case state.WaitingCode:
		return fmt.Sprintf("code %s %s %s enters it", shell.TimeLeft(c, sh.Now), sh.Look.Dot, sh.Keys.Key(keymap.VerifyChannel))
	case state.Locked:
		return now.Word() + " for " + shell.Span(c.LockedUntil.Sub(sh.Now))
	case state.NeverVerified:
		return fmt.Sprintf("%s sends its code", sh.Keys.Key(keymap.NewCode))
	default:
		return fmt.Sprintf("code %s %s %s sends a new one", now.Word(), sh.Look.Dot, sh.Keys.Key(keymap.NewCode))
	}
}

// remarks are the remarks under a row of the table, a line each.
func (s *screen) remarks(ch backend.Channel, k layout, w int) (lines []string) {
	x := s.underValue(k)
	for _, r := range remarksOf(s.shell, ch) {
		lines = append(lines, draw.Space(x)+r.Style.Render(draw.Cut(r.Text, w-x-1)))
	}
	return lines
}

// underValue is where the value's column begins, or the first one where that is not shown
// or too far at the right.
func (s *screen) underValue(k layout) int {
	const most = 30
	return k.line.Lead() + min(s.columns.Left(valueColumn, k.widths), most)
}
