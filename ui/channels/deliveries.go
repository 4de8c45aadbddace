package channels

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
	"github.com/account-settings/pinghome/ui/verify"
)

// shownAttempts is how many attempts of a channel are read and shown: its newest ones.
const shownAttempts = 30

// attemptsKey names a channel for the attempts that were read of it. Another channel
// may get its priority later, but it is not created at the same moment.
func attemptsKey(ch backend.Channel) string {
	return fmt.Sprint(ch.Priority, " ", ch.CreatedAt.UnixMilli())
}

// deliveries are the lines about what became of a channel's messages; nil where the
// backend does not know.
func (s *screen) deliveries(ch backend.Channel, w int) []string {
	if s.shell.Session.Lacks(backend.FeatureDeliveries) != "" {
		return nil
	}
	lines := failureLines(s.shell, ch, w)
	lines = append(lines, proofLines(s.shell, ch, w)...)
	return append(append(lines, ""), s.attemptLines(ch, w)...)
}

// failureLines are about the last message where that did not arrive.
func failureLines(sh *shell.Shell, ch backend.Channel, w int) []string {
	f := ch.Failure
	if f == nil {
		return nil
	}
	lines := []string{sh.LabelledValue("Failing", sh.Look.Err.Render(fmt.Sprintf("%s %s, %s", sh.Look.No, shell.KindName(f.Kind), shell.Age(sh.Now, f.At))))}
	return append(lines, providerLines(sh, sh.Look.Err, f.Provider, f.Status, w)...)
}

// providerLines are what a provider answered, in four lines at most.
func providerLines(sh *shell.Shell, style theme.Style, provider, status string, w int) []string {
	text := strings.Trim(safe.Text(provider)+": "+strings.TrimSpace(safe.Text(status)), ": ")
	lines := labelled(sh, style, "", text, w)
	const most = 4
	if len(lines) > most {
		lines = append(lines[:most-1], sh.LabelledValue("", style.Render("…")))
	}
	return lines
}

// proofLines are the two facts of a proof with their ages: a provider has accepted a
// message, and a person has seen one.
func proofLines(sh *shell.Shell, ch backend.Channel, w int) []string {
	p := ch.Proof
	var lines []string
	switch accepted := shell.Age(sh.Now, p.AcceptedAt); {
	case p.AcceptedAt.IsZero():
		lines = labelled(sh, sh.Look.Muted, "Accepted", sh.Look.Never+" not yet", w)
	case p.Held:
		lines = labelled(sh, sh.Look.Text, "Accepted", sh.Session.HeldText()+", "+accepted, w)
	default:
		lines = labelled(sh, sh.Look.Text, "Accepted", sh.Look.Yes+" by "+safe.Text(p.AcceptedBy)+", "+accepted, w)
	}
	switch seen := shell.Age(sh.Now, p.SeenAt); {
	case p.SeenAt.IsZero():
		lines = append(lines, labelled(sh, sh.Look.Muted, "Seen", sh.Look.Never+" by no person yet", w)...)
	case p.Stale(sh.Now):
		lines = append(lines, labelled(sh, sh.Look.Warn, "Seen", fmt.Sprintf("%s by a person %s; stale: test it again", sh.Look.Attention, seen), w)...)
	default:
		lines = append(lines, labelled(sh, sh.Look.OK, "Seen", sh.Look.Yes+" by a person "+seen, w)...)
	}
	if verify.WhyNoWord(sh, ch) == "" {
		text := fmt.Sprintf("A test from %s waits for its word: %s", shell.Age(sh.Now, p.WordSentAt), sh.Keys.Key(keymap.EnterWord))
		lines = append(lines, labelled(sh, sh.Look.Info, "Word", strings.Replace(text, "from just now", "just sent", 1), w)...)
	}
	return lines
}

// attemptCount is how many attempts are shown.
func (s *screen) attemptCount(ch backend.Channel) string {
	attempts, _ := s.attempts.Of(attemptsKey(ch))
	if len(attempts.List) == 0 {
		return ""
	}
	return "last " + fmt.Sprint(len(attempts.List))
}

// attemptLines are the strip with its legend, how fast providers were, and the last
// attempt that failed.
func (s *screen) attemptLines(ch backend.Channel, w int) []string {
	sh := s.shell
	attempts, known := s.attempts.Of(attemptsKey(ch))
	switch {
	case !known && s.attempts.IsReading():
		return []string{" " + sh.Look.Faint.Render(strings.Repeat(sh.Look.Shade, min(shownAttempts, w)))}
	case !known:
		return nil
	case attempts.Err != nil:
		text := fmt.Sprintf("%s The attempts could not be read: %s %s tries again.", sh.Look.No, safe.Text(shell.Sentence(attempts.Err)), sh.Keys.Key(keymap.Refresh))
		return indent(sh.Lines(sh.Look.Err, text, w-1))
	case len(attempts.List) == 0:
		return []string{" " + sh.Look.Muted.Render("Nothing was sent to it yet.")}
	}
	lines := append([]string{" " + strip(sh, attempts.List)}, indent(legend(sh, attempts.List, w-1))...)
	if median, slowest, ok := speed(attempts.List); ok {
		lines = append(lines, "", sh.LabelledValue("Median", sh.Look.Text.Render(shell.Took(median))), sh.LabelledValue("Slowest", sh.Look.Text.Render(shell.Took(slowest))))
	}
	if ch.Failing() { // told above already
		return lines
	}
	return append(lines, lastFailedLines(sh, attempts.List, w)...)
}

// lastFailedLines are about the newest attempt that did not reach the channel.
func lastFailedLines(sh *shell.Shell, newestFirst []backend.Attempt, w int) []string {
	for _, a := range newestFirst {
		if a.Outcome.Reached() {
			continue
		}
		label := "Failed"
		if a.Outcome == backend.OutcomeDelayed {
			label = "Delayed"
		}
		line := sh.LabelledValue(label, sh.Look.Muted.Render(shell.KindName(a.Kind)+", "+shell.Age(sh.Now, a.At)))
		return append([]string{line}, providerLines(sh, sh.Look.Muted, a.Provider, a.Status, w)...)
	}
	return nil
}

func indent(lines []string) []string {
	for i, line := range lines {
		lines[i] = " " + line
	}
	return lines
}
