package ui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// shownAttempts is how many attempts the strip of a channel shows.
const shownAttempts = 30

const recordTitle = "Deliveries"

// rowOf names a channel for what was read of it. A number may come back with
// another channel, a moment of making does not.
func rowOf(ch backend.Channel) string { return fmt.Sprint(ch.Priority, " ", ch.CreatedAt.UnixMilli()) }

// follow reads the attempts of the channel under the cursor, while its detail
// is in sight.
func (c *channels) follow() tea.Cmd {
	ch, ok := c.current()
	seen := c.front && (c.detail || c.d.class == wide)
	if !ok || !seen || c.d.lacks(backend.FeatureDeliveries) != "" {
		return c.attempts.follow("", nil)
	}
	view, p := c.d.opened.View, ch.Priority
	return c.attempts.follow(rowOf(ch), func(ctx context.Context) ([]backend.Attempt, error) {
		return view.ChannelAttempts(ctx, p, shownAttempts)
	})
}

// record is what became of a channel's messages; nil where nobody can tell.
func (c *channels) record(ch backend.Channel, w int) []string {
	if c.d.lacks(backend.FeatureDeliveries) != "" {
		return nil
	}
	lines := c.failureLines(ch, w)
	lines = append(lines, c.proofLines(ch, w)...)
	return append(append(lines, ""), c.attemptLines(ch, w)...)
}

// failureLines are about a message that did not arrive, until another one does.
func (c *channels) failureLines(ch backend.Channel, w int) []string {
	f := ch.Failure
	if f == nil {
		return nil
	}
	d := c.d
	lines := []string{d.fact("Failing", d.Err.Render(fmt.Sprintf("%s %s, %s", d.No, kindWord(f.Kind), age(d.now, f.At))))}
	return append(lines, c.providerLines(d.Err, f.Provider, f.Status, w)...)
}

// providerLines are a provider's own words, as far as there is room.
func (c *channels) providerLines(style theme.Style, provider, status string, w int) []string {
	words := strings.Trim(safe.Text(provider)+": "+strings.TrimSpace(safe.Text(status)), ": ")
	lines := c.styled(style, "", words, w)
	const room = 4
	if len(lines) > room {
		lines = append(lines[:room-1], c.d.fact("", style.Render("…")))
	}
	return lines
}

// proofLines are the two facts, each with its age: that somebody took a
// message, and that a person saw one.
func (c *channels) proofLines(ch backend.Channel, w int) []string {
	d, p := c.d, ch.Proof
	var lines []string
	switch {
	case p.AcceptedAt.IsZero():
		lines = c.styled(d.Muted, "Accepted", d.Never+" by nobody yet", w)
	case p.AcceptedBy == inboxProvider:
		lines = c.styled(d.Text, "Accepted", d.heldWords()+", "+age(d.now, p.AcceptedAt), w)
	default:
		lines = c.styled(d.Text, "Accepted", d.Yes+" by "+safe.Text(p.AcceptedBy)+", "+age(d.now, p.AcceptedAt), w)
	}
	switch {
	case p.SeenAt.IsZero():
		lines = append(lines, c.styled(d.Muted, "Seen", d.Never+" by no person yet", w)...)
	case p.Stale(d.now):
		lines = append(lines, c.styled(d.Warn, "Seen", fmt.Sprintf("%s by a person %s; stale: prove it again", d.Attention, age(d.now, p.SeenAt)), w)...)
	default:
		lines = append(lines, c.styled(d.OK, "Seen", d.Yes+" by a person "+age(d.now, p.SeenAt), w)...)
	}
	if whyNoWord(d, ch) == "" {
		words := fmt.Sprintf("A test from %s waits for its word: %s", age(d.now, p.WordSentAt), d.keys.Key(keymap.GiveWord))
		lines = append(lines, c.styled(d.Info, "Word", strings.Replace(words, "from just now", "just sent", 1), w)...)
	}
	return lines
}

// recordCount is how many attempts the strip shows.
func (c *channels) recordCount(ch backend.Channel) string {
	r, _ := c.attempts.of(rowOf(ch))
	if len(r.list) == 0 {
		return ""
	}
	return "last " + fmt.Sprint(len(r.list))
}

// attemptLines are the strip with its legend, how fast providers were, and the
// last try that did not succeed, when a later message has arrived since.
func (c *channels) attemptLines(ch backend.Channel, w int) []string {
	d := c.d
	r, known := c.attempts.of(rowOf(ch))
	switch {
	case !known && c.attempts.waits():
		return []string{" " + d.Faint.Render(strings.Repeat(d.Shade, min(shownAttempts, w)))}
	case !known:
		return nil
	case r.err != nil:
		words := fmt.Sprintf("%s The attempts could not be read: %s %s tries again.", d.No, safe.Text(sentence(r.err)), d.keys.Key(keymap.Refresh))
		return indent(d.lines(d.Err, words, w-1))
	case len(r.list) == 0:
		return []string{" " + d.Muted.Render("Nothing was sent to it yet.")}
	}
	lines := []string{" " + d.strip(r.list)}
	lines = append(lines, indent(d.legend(r.list, w-1))...)
	if median, slowest, ok := speed(r.list); ok {
		lines = append(lines, "", d.fact("Median", d.Text.Render(took(median))), d.fact("Slowest", d.Text.Render(took(slowest))))
	}
	if ch.Failure != nil {
		return lines
	}
	for _, a := range r.list {
		if !a.Outcome.Reached() {
			label := "Failed"
			if a.Outcome == backend.OutcomeDelayed {
				label = "Delayed"
			}
			lines = append(lines, d.fact(label, d.Muted.Render(kindWord(a.Kind)+", "+age(d.now, a.At))))
			return append(lines, c.providerLines(d.Muted, a.Provider, a.Status, w)...)
		}
	}
	return lines
}

func indent(lines []string) []string {
	for i, line := range lines {
		lines[i] = " " + line
	}
	return lines
}
