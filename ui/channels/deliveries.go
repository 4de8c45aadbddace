package channels

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
	"github.com/account-settings/pinghome/ui/verify"
)

// shownAttempts is how many attempts the strip of a channel shows.
const shownAttempts = 30

const recordTitle = "Deliveries"

// rowOf names a channel for what was read of it. A number may come back with
// another channel, a moment of making does not.
func rowOf(ch backend.Channel) string { return fmt.Sprint(ch.Priority, " ", ch.CreatedAt.UnixMilli()) }

// follow reads the attempts of the channel under the cursor, while its detail
// is in sight.
func (c *screen) follow() tea.Cmd {
	ch, ok := c.current()
	seen := c.front && (c.detail || c.shell.Room == shell.Wide)
	if !ok || !seen || c.shell.Session.Lacks(backend.FeatureDeliveries) != "" {
		return c.attempts.Follow("", nil)
	}
	view, p := c.shell.Session.View, ch.Priority
	return c.attempts.Follow(rowOf(ch), func(ctx context.Context) ([]backend.Attempt, error) {
		return view.ChannelAttempts(ctx, p, shownAttempts)
	})
}

// record is what became of a channel's messages; nil where nobody can tell.
func (c *screen) record(ch backend.Channel, w int) []string {
	if c.shell.Session.Lacks(backend.FeatureDeliveries) != "" {
		return nil
	}
	lines := c.failureLines(ch, w)
	lines = append(lines, c.proofLines(ch, w)...)
	return append(append(lines, ""), c.attemptLines(ch, w)...)
}

// failureLines are about a message that did not arrive, until another one does.
func (c *screen) failureLines(ch backend.Channel, w int) []string {
	f := ch.Failure
	if f == nil {
		return nil
	}
	sh := c.shell
	lines := []string{sh.Fact("Failing", sh.Look.Err.Render(fmt.Sprintf("%s %s, %s", sh.Look.No, shell.KindName(f.Kind), shell.Age(sh.Now, f.At))))}
	return append(lines, c.providerLines(sh.Look.Err, f.Provider, f.Status, w)...)
}

// providerLines are a provider's own words, as far as there is room.
func (c *screen) providerLines(style theme.Style, provider, status string, w int) []string {
	words := strings.Trim(safe.Text(provider)+": "+strings.TrimSpace(safe.Text(status)), ": ")
	lines := c.styled(style, "", words, w)
	const room = 4
	if len(lines) > room {
		lines = append(lines[:room-1], c.shell.Fact("", style.Render("…")))
	}
	return lines
}

// proofLines are the two facts, each with its age: that somebody took a
// message, and that a person saw one.
func (c *screen) proofLines(ch backend.Channel, w int) []string {
	sh, p := c.shell, ch.Proof
	var lines []string
	switch {
	case p.AcceptedAt.IsZero():
		lines = c.styled(sh.Look.Muted, "Accepted", sh.Look.Never+" by nobody yet", w)
	case p.Held:
		lines = c.styled(sh.Look.Text, "Accepted", sh.Session.HeldText()+", "+shell.Age(sh.Now, p.AcceptedAt), w)
	default:
		lines = c.styled(sh.Look.Text, "Accepted", sh.Look.Yes+" by "+safe.Text(p.AcceptedBy)+", "+shell.Age(sh.Now, p.AcceptedAt), w)
	}
	switch {
	case p.SeenAt.IsZero():
		lines = append(lines, c.styled(sh.Look.Muted, "Seen", sh.Look.Never+" by no person yet", w)...)
	case p.Stale(sh.Now):
		lines = append(lines, c.styled(sh.Look.Warn, "Seen", fmt.Sprintf("%s by a person %s; stale: prove it again", sh.Look.Attention, shell.Age(sh.Now, p.SeenAt)), w)...)
	default:
		lines = append(lines, c.styled(sh.Look.OK, "Seen", sh.Look.Yes+" by a person "+shell.Age(sh.Now, p.SeenAt), w)...)
	}
	if verify.WhyNoWord(sh, ch) == "" {
		words := fmt.Sprintf("A test from %s waits for its word: %s", shell.Age(sh.Now, p.WordSentAt), sh.Keys.Key(keymap.EnterWord))
		lines = append(lines, c.styled(sh.Look.Info, "Word", strings.Replace(words, "from just now", "just sent", 1), w)...)
	}
	return lines
}

// recordCount is how many attempts the strip shows.
func (c *screen) recordCount(ch backend.Channel) string {
	r, _ := c.attempts.Of(rowOf(ch))
	if len(r.List) == 0 {
		return ""
	}
	return "last " + fmt.Sprint(len(r.List))
}

// attemptLines are the strip with its legend, how fast providers were, and the
// last try that did not succeed, when a later message has arrived since.
func (c *screen) attemptLines(ch backend.Channel, w int) []string {
	sh := c.shell
	r, known := c.attempts.Of(rowOf(ch))
	switch {
	case !known && c.attempts.IsReading():
		return []string{" " + sh.Look.Faint.Render(strings.Repeat(sh.Look.Shade, min(shownAttempts, w)))}
	case !known:
		return nil
	case r.Err != nil:
		words := fmt.Sprintf("%s The attempts could not be read: %s %s tries again.", sh.Look.No, safe.Text(shell.Sentence(r.Err)), sh.Keys.Key(keymap.Refresh))
		return indent(sh.Lines(sh.Look.Err, words, w-1))
	case len(r.List) == 0:
		return []string{" " + sh.Look.Muted.Render("Nothing was sent to it yet.")}
	}
	lines := []string{" " + strip(sh, r.List)}
	lines = append(lines, indent(legend(sh, r.List, w-1))...)
	if median, slowest, ok := speed(r.List); ok {
		lines = append(lines, "", sh.Fact("Median", sh.Look.Text.Render(shell.Took(median))), sh.Fact("Slowest", sh.Look.Text.Render(shell.Took(slowest))))
	}
	if ch.Failure != nil {
		return lines
	}
	for _, a := range r.List {
		if !a.Outcome.Reached() {
			label := "Failed"
			if a.Outcome == backend.OutcomeDelayed {
				label = "Delayed"
			}
			lines = append(lines, sh.Fact(label, sh.Look.Muted.Render(shell.KindName(a.Kind)+", "+shell.Age(sh.Now, a.At))))
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
