package ui

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

// detailPane is everything about the channel under the cursor: beside the
// table where there is room, a page of its own otherwise.
func (c *channels) detailPane(w, h int, page bool) []string {
	d := c.d
	ch, ok := c.current()
	if !ok || !c.read {
		return pane{title: "Channel"}.draw(&d.Look, nil, w, h)
	}
	title := fmt.Sprintf("Channel %d %s %s", ch.Priority, d.Dot, word(ch.Type))
	lines := c.facts(ch, w-4)
	if d.class == compact {
		return draw.Fit(append([]string{d.Strong.Render(title)}, lines...), w, h)
	}
	return pane{title: title, focused: page}.draw(&d.Look, lines, w, h)
}

func (c *channels) facts(ch backend.Channel, w int) []string {
	d := c.d
	value := func(label, v string) []string {
		var out []string
		for i, line := range draw.Wrap(v, w-11) {
			if i > 0 {
				label = ""
			}
			out = append(out, d.fact(label, d.Text.Render(line)))
		}
		return out
	}
	lines := value("Value", d.masked(ch.Type, ch.Value))
	if ch.ActiveValue != "" && ch.ActiveValue != ch.Value {
		lines = append(lines, value("In force", d.masked(ch.Type, ch.ActiveValue)+" until the new value is verified")...)
	}
	style, proven := d.verified(&d.Palette, ch, okWidth)
	if d.class == compact { // every line counts: what can be done about it comes first
		lines = append(lines,
			d.fact("On", d.Text.Render(onOff(ch.Enabled))),
			d.fact("Verified", style.Render(proven)+c.provenAt(ch)))
		return append(append(lines, c.next(ch, w)...), c.testFacts(ch, w)...)
	}
	if !d.reveals() {
		lines = append(lines, d.fact("", d.Faint.Render(d.keys.Key(keymap.Unmask)+" shows it for 10 seconds")))
	}
	lines = append(lines,
		d.fact("Priority", d.Text.Render(fmt.Sprint(ch.Priority))+d.Muted.Render(first(ch.Priority))),
		d.fact("On", d.Text.Render(onOff(ch.Enabled))),
		d.fact("Verified", style.Render(proven)+c.provenAt(ch)),
		d.fact("Added", d.Text.Render(stamp(d.now, ch.CreatedAt))),
		d.fact("Changed", d.Text.Render(stamp(d.now, ch.UpdatedAt))),
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

func (c *channels) provenAt(ch backend.Channel) string {
	if ch.Verified && !ch.VerifiedAt.IsZero() {
		return c.d.Muted.Render(" " + stamp(c.d.now, ch.VerifiedAt))
	}
	return ""
}

func (c *channels) testFacts(ch backend.Channel, w int) []string {
	d, t := c.d, ch.LastTest
	style, words := c.lastTest(&d.Palette, ch, 60)
	if t != nil && !t.OK {
		words = d.No + " failed " + d.Dot + " " + ago(d.now, t.At)
	}
	lines := []string{d.fact("Last test", style.Render(draw.Cut(words, w-11)))}
	if t == nil {
		return lines
	}
	lines = append(lines, d.fact("", d.Muted.Render(draw.Cut("by "+safe.Text(t.Provider)+", "+stamp(d.now, t.At), w-11))))
	if t.Detail != "" {
		for _, line := range draw.Wrap(safe.Text(t.Detail), w-11) {
			lines = append(lines, d.fact("", d.Muted.Render(line)))
		}
	}
	return lines
}

// next is what to do about the channel, when there is something to do.
func (c *channels) next(ch backend.Channel, w int) []string {
	d := c.d
	say := func(words string) []string {
		var out []string
		for i, line := range draw.Wrap(words, w-11) {
			label := ""
			if i == 0 {
				label = "Next"
			}
			out = append(out, d.fact(label, d.Text.Render(line)))
		}
		return out
	}
	switch {
	case ch.Verified && ch.Enabled:
		return say("nothing pending")
	case ch.Verified:
		return say(d.keys.Key(keymap.SwitchChannel) + " switches it on")
	case ch.Code.Live(d.now):
		return say(fmt.Sprintf("%s enters its code: %s left, %s", d.keys.Key(keymap.VerifyChannel), lasts(ch.Code, d.now), tries(ch.Code.AttemptsLeft)))
	case ch.Code != nil && d.now.Before(ch.Code.LockedUntil):
		return say("locked after too many wrong codes, for " + clockText(ch.Code.LockedUntil.Sub(d.now)))
	}
	return say(d.keys.Key(keymap.NewCode) + " sends a new code: the last one has expired")
}
