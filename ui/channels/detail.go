package channels

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// The detail is everything about the channel under the cursor: beside the
// table where there is room, and a page of its own. What became of its
// messages (channelrecord.go) has a pane for itself.

// recordWidth is a pane in which the strip of attempts has room.
const recordWidth = shownAttempts + 6

func (c *screen) title(ch backend.Channel) string {
	return fmt.Sprintf("Channel %d %s %s", ch.Priority, c.shell.Look.Dot, shell.TypeName(ch.Type))
}

// beside is the detail at the right of the table.
func (c *screen) beside(w, h int) []string {
	sh := c.shell
	ch, ok := c.current()
	if !ok || !c.read {
		return shell.Pane{Title: "Channel"}.Draw(&sh.Look, nil, w, h)
	}
	lines, record := c.facts(ch, w-4), c.record(ch, w-4)
	if record == nil {
		return shell.Pane{Title: c.title(ch)}.Draw(&sh.Look, lines, w, h)
	}
	if len(lines)+len(record)+4 > h {
		lines = append(c.fewFacts(ch, w-4), c.testFacts(ch, w-4)...)
	}
	upper := max(min(len(lines)+2, h-len(record)-2), h/3)
	out := shell.Pane{Title: c.title(ch)}.Draw(&sh.Look, lines, w, upper)
	return append(out, shell.Pane{Title: recordTitle, Right: c.recordCount(ch)}.Draw(&sh.Look, record, w, h-upper)...)
}

// page is the detail in the place of the table.
func (c *screen) page(w, h int) []string {
	sh := c.shell
	ch, ok := c.current()
	if !ok {
		return draw.Fit(nil, w, h)
	}
	if sh.Room == shell.Compact {
		lines := append(append(c.fewFacts(ch, w-4), c.record(ch, w-4)...), c.testFacts(ch, w-4)...)
		seen := c.window(lines, h-1)
		return draw.Fit(append([]string{draw.Ends(sh.Look.Strong.Render(c.title(ch)), sh.Look.Muted.Render(c.more()), w)}, seen...), w, h)
	}
	right := max(recordWidth, w/2)
	record := c.record(ch, right-4)
	if record == nil {
		seen := c.window(c.facts(ch, w-4), h-2)
		return shell.Pane{Title: c.title(ch), Right: c.more(), Focused: true}.Draw(&sh.Look, seen, w, h)
	}
	facts := c.facts(ch, w-right-4)
	for len(facts) < len(record) { // they move together
		facts = append(facts, "")
	}
	seen := c.window(facts, h-2)
	return draw.Beside(
		shell.Pane{Title: c.title(ch), Right: c.more(), Focused: true}.Draw(&sh.Look, seen, w-right, h),
		shell.Pane{Title: recordTitle, Right: c.recordCount(ch)}.Draw(&sh.Look, record[min(c.top, len(record)):], right, h))
}

// window is the part of a page that is in sight, and how far it can be moved.
func (c *screen) window(lines []string, h int) []string {
	c.beyond, c.room = max(0, len(lines)-h), h
	c.top = min(c.top, c.beyond)
	return lines[c.top:]
}

// more names the key that shows the rest of a page, where there is a rest.
func (c *screen) more() string {
	switch {
	case c.top < c.beyond:
		return c.shell.Keys.Key(keymap.HalfDown) + " more"
	case c.beyond > 0:
		return c.shell.Keys.Key(keymap.HalfUp) + " back"
	}
	return ""
}

// scroll moves a page that is longer than the window.
func (c *screen) scroll(id keymap.ID) bool {
	switch {
	case c.beyond == 0:
		return false
	case id == keymap.HalfDown:
		c.top = min(c.top+max(1, c.room/2), c.beyond)
	case id == keymap.HalfUp:
		c.top = max(0, c.top-max(1, c.room/2))
	default:
		return false
	}
	return true
}

// values are the lines of where the channel leads.
func (c *screen) values(ch backend.Channel, w int) []string {
	lines := c.said("Value", c.shell.Masked(ch.Type, ch.Value), w)
	if isOldInForce(ch) {
		lines = append(lines, c.said("In force", c.shell.Masked(ch.Type, ch.ActiveValue)+" until the new value is verified", w)...)
	}
	return lines
}

// said is a text behind a label, in as many lines as it needs.
func (c *screen) said(label, text string, w int) []string {
	return c.styled(c.shell.Look.Text, label, text, w)
}

func (c *screen) styled(style theme.Style, label, text string, w int) []string {
	var out []string
	for _, line := range draw.Wrap(text, w-11) {
		out = append(out, c.shell.Fact(label, style.Render(line)))
		label = ""
	}
	return out
}

// fewFacts are those that count where every line does: what can be done about
// the channel comes first.
func (c *screen) fewFacts(ch backend.Channel, w int) []string {
	sh := c.shell
	style, proven := verifiedSign(sh, &sh.Look.Palette, ch, okWidth)
	lines := append(c.values(ch, w),
		sh.Fact("On", sh.Look.Text.Render(onOff(ch.Enabled))),
		sh.Fact("Verified", style.Render(proven)+c.provenAt(ch)))
	return append(lines, c.next(ch, w)...)
}

func (c *screen) facts(ch backend.Channel, w int) []string {
	sh := c.shell
	style, proven := verifiedSign(sh, &sh.Look.Palette, ch, okWidth)
	lines := c.values(ch, w)
	if !sh.ShowsValues() {
		lines = append(lines, sh.Fact("", sh.Look.Faint.Render(sh.Keys.Key(keymap.ShowValues)+" shows it for 10 seconds")))
	}
	lines = append(lines,
		sh.Fact("Priority", sh.Look.Text.Render(fmt.Sprint(ch.Priority))+sh.Look.Muted.Render(first(ch.Priority))),
		sh.Fact("On", sh.Look.Text.Render(onOff(ch.Enabled))),
		sh.Fact("Verified", style.Render(proven)+c.provenAt(ch)),
		sh.Fact("Added", sh.Look.Text.Render(shell.Stamp(sh.Now, ch.CreatedAt))),
		sh.Fact("Changed", sh.Look.Text.Render(shell.Stamp(sh.Now, ch.UpdatedAt))),
		"")
	lines = append(lines, c.testFacts(ch, w)...)
	return append(append(lines, ""), c.next(ch, w)...)
}

func first(priority int) string {
	if priority == 1 {
		return " tried first"
	}
	return ""
}

func (c *screen) provenAt(ch backend.Channel) string {
	if ch.Verified && !ch.VerifiedAt.IsZero() {
		return c.shell.Look.Muted.Render(" " + shell.Stamp(c.shell.Now, ch.VerifiedAt))
	}
	return ""
}

func (c *screen) testFacts(ch backend.Channel, w int) []string {
	sh, t := c.shell, ch.LastTest
	style, words := c.lastTest(&sh.Look.Palette, ch, 60)
	if t != nil && !t.OK {
		words = sh.Look.No + " failed " + sh.Look.Dot + " " + shell.Ago(sh.Now, t.At)
	}
	lines := []string{sh.Fact("Last test", style.Render(draw.Cut(words, w-11)))}
	if t == nil {
		return lines
	}
	lines = append(lines, sh.Fact("", sh.Look.Muted.Render(draw.Cut("by "+safe.Text(t.Provider)+", "+shell.Stamp(sh.Now, t.At), w-11))))
	if t.Detail != "" {
		for _, line := range draw.Wrap(safe.Text(t.Detail), w-11) {
			lines = append(lines, sh.Fact("", sh.Look.Muted.Render(line)))
		}
	}
	return lines
}

// next is what to do about the channel, when there is something to do.
func (c *screen) next(ch backend.Channel, w int) []string {
	sh := c.shell
	say := func(words string) []string { return c.said("Next", words, w) }
	switch {
	case ch.Verified && ch.Enabled:
		return say("nothing pending")
	case ch.Verified:
		return say(sh.Keys.Key(keymap.SwitchChannel) + " switches it on")
	case ch.Code.Live(sh.Now):
		return say(fmt.Sprintf("%s enters its code: %s left, %s", sh.Keys.Key(keymap.VerifyChannel), shell.TimeLeft(ch.Code, sh.Now), shell.Tries(ch.Code.AttemptsLeft)))
	case ch.Code != nil && sh.Now.Before(ch.Code.LockedUntil):
		return say("locked after too many wrong codes, for " + shell.Span(ch.Code.LockedUntil.Sub(sh.Now)))
	}
	return say(sh.Keys.Key(keymap.NewCode) + " sends a new code: the last one has expired")
}
