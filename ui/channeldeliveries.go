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
	seen := c.front && (c.detail || c.shell.Room == Wide)
	if !ok || !seen || c.shell.Session.Lacks(backend.FeatureDeliveries) != "" {
		return c.attempts.follow("", nil)
	}
	view, p := c.shell.Session.View, ch.Priority
	return c.attempts.follow(rowOf(ch), func(ctx context.Context) ([]backend.Attempt, error) {
		return view.ChannelAttempts(ctx, p, shownAttempts)
	})
}

// record is what became of a channel's messages; nil where nobody can tell.
func (c *channels) record(ch backend.Channel, w int) []string {
	if c.shell.Session.Lacks(backend.FeatureDeliveries) != "" {
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
	sh := c.shell
	lines := []string{sh.fact("Failing", sh.Look.Err.Render(fmt.Sprintf("%s %s, %s", sh.Look.No, kindName(f.Kind), age(sh.Now, f.At))))}
	return append(lines, c.providerLines(sh.Look.Err, f.Provider, f.Status, w)...)
}

// providerLines are a provider's own words, as far as there is room.
func (c *channels) providerLines(style theme.Style, provider, status string, w int) []string {
	words := strings.Trim(safe.Text(provider)+": "+strings.TrimSpace(safe.Text(status)), ": ")
	lines := c.styled(style, "", words, w)
	const room = 4
	if len(lines) > room {
		lines = append(lines[:room-1], c.shell.fact("", style.Render("…")))
	}
	return lines
}

// proofLines are the two facts, each with its age: that somebody took a
// message, and that a person saw one.
func (c *channels) proofLines(ch backend.Channel, w int) []string {
	sh, p := c.shell, ch.Proof
	var lines []string
	switch {
	case p.AcceptedAt.IsZero():
		lines = c.styled(sh.Look.Muted, "Accepted", sh.Look.Never+" by nobody yet", w)
	case p.AcceptedBy == inboxProvider:
		lines = c.styled(sh.Look.Text, "Accepted", sh.Session.HeldText()+", "+age(sh.Now, p.AcceptedAt), w)
	default:
		lines = c.styled(sh.Look.Text, "Accepted", sh.Look.Yes+" by "+safe.Text(p.AcceptedBy)+", "+age(sh.Now, p.AcceptedAt), w)
	}
	switch {
	case p.SeenAt.IsZero():
		lines = append(lines, c.styled(sh.Look.Muted, "Seen", sh.Look.Never+" by no person yet", w)...)
	case p.Stale(sh.Now):
		lines = append(lines, c.styled(sh.Look.Warn, "Seen", fmt.Sprintf("%s by a person %s; stale: prove it again", sh.Look.Attention, age(sh.Now, p.SeenAt)), w)...)
	default:
		lines = append(lines, c.styled(sh.Look.OK, "Seen", sh.Look.Yes+" by a person "+age(sh.Now, p.SeenAt), w)...)
	}
	if whyNoWord(sh, ch) == "" {
		words := fmt.Sprintf("A test from %s waits for its word: %s", age(sh.Now, p.WordSentAt), sh.Keys.Key(keymap.GiveWord))
		lines = append(lines, c.styled(sh.Look.Info, "Word", strings.Replace(words, "from just now", "just sent", 1), w)...)
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
	sh := c.shell
	r, known := c.attempts.of(rowOf(ch))
	switch {
	case !known && c.attempts.isReading():
		return []string{" " + sh.Look.Faint.Render(strings.Repeat(sh.Look.Shade, min(shownAttempts, w)))}
	case !known:
		return nil
	case r.err != nil:
		words := fmt.Sprintf("%s The attempts could not be read: %s %s tries again.", sh.Look.No, safe.Text(sentence(r.err)), sh.Keys.Key(keymap.Refresh))
		return indent(sh.lines(sh.Look.Err, words, w-1))
	case len(r.list) == 0:
		return []string{" " + sh.Look.Muted.Render("Nothing was sent to it yet.")}
	}
	lines := []string{" " + strip(sh, r.list)}
	lines = append(lines, indent(legend(sh, r.list, w-1))...)
	if median, slowest, ok := speed(r.list); ok {
		lines = append(lines, "", sh.fact("Median", sh.Look.Text.Render(took(median))), sh.fact("Slowest", sh.Look.Text.Render(took(slowest))))
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
			lines = append(lines, sh.fact(label, sh.Look.Muted.Render(kindName(a.Kind)+", "+age(sh.Now, a.At))))
			return append(lines, c.providerLines(sh.Look.Muted, a.Provider, a.Status, w)...)
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
