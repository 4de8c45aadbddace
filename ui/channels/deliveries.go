package channels

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/theme"
)

// shownAttempts is how many attempts of a channel are read and shown: its newest ones.
const shownAttempts = 30

// attemptsKey names a channel for the attempts that were read of it. Another channel
// may get its priority later, but it is not created at the same moment.
func attemptsKey(ch backend.Channel) string {
	return fmt.Sprint(ch.Type, " ", ch.InForce(), " ", ch.CreatedAt.UnixMilli())
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
	_, text := deliveryCell(sh, &sh.Look.Palette, ch, w)
	lines := labelled(sh, sh.Look.Err, "State", fmt.Sprintf("%s, last a %s %s", text, shell.KindName(f.Kind), sh.Ago(f.At)), w)
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
	switch accepted := sh.Ago(p.AcceptedAt); {
	case p.AcceptedAt.IsZero():
		lines = labelled(sh, sh.Look.Muted, "Sent", sh.Look.Never+" not yet", w)
	case p.Held:
		lines = labelled(sh, sh.Look.Muted, "Sent", sh.Session.HeldText()+", "+accepted, w)
	default:
		lines = labelled(sh, sh.Look.Text, "Sent", state.Sent.With(&sh.Look, "by "+safe.Text(p.AcceptedBy)+", "+accepted), w)
	}
	now := state.OfProof(p, sh.Now)
	text := "by a person " + sh.Ago(p.SeenAt)
	switch now {
	case state.Stale:
		text += ", " + now.Word()
	case state.Unseen:
		text = "by no person yet"
	default:
	}
	if isSeenButUnreached(ch, sh.Now) {
		return append(lines, labelled(sh, sh.Look.Muted, "Seen", text, w)...)
	}
	return append(lines, labelled(sh, now.Style(&sh.Look.Palette), "Seen", now.With(&sh.Look, text), w)...)
}

// attemptCount is how many attempts are shown.
func (s *screen) attemptCount(ch backend.Channel) string {
	attempts, _ := s.attempts.Of(attemptsKey(ch))
	if len(attempts.List) == 0 {
		return ""
	}
	return "last " + fmt.Sprint(len(attempts.List))
}

// attemptLines are how many attempts came to what, how fast providers were, and the
// attempts.
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
	case len(attempts.List) == 0 && ch.Proof.AcceptedAt.IsZero():
		return []string{" " + sh.Look.Muted.Render("Nothing was sent to it yet.")}
	case len(attempts.List) == 0:
		return []string{" " + sh.Look.Muted.Render("No attempt is kept any more.")}
	}
	lines := indent(legend(sh, attempts.List, w-1))
	if median, slowest, ok := speed(attempts.List); ok {
		lines = append(lines, sh.LabelledValue("Median", sh.Look.Text.Render(shell.Took(median))+sh.Look.Muted.Render(", slowest "+shell.Took(slowest))))
	}
	return append(append(lines, ""), attemptRows(sh, attempts.List, w)...)
}

// attemptRows are attempts, newest first, each with what came of it and its time, or on
// another day than today its date.
func attemptRows(sh *shell.Shell, newestFirst []backend.Attempt, w int) (lines []string) {
	for _, a := range newestFirst {
		now := state.OfAttempt(a.Outcome)
		text := strings.TrimSpace(safe.Text(a.Status))
		switch {
		case a.Outcome == backend.OutcomeSent:
			text = now.Word() + " in " + shell.Took(a.Duration)
		case text == "" || a.Outcome == backend.OutcomeHeld:
			text = now.Word()
		}
		left := " " + draw.Pad(shell.TimeOrDay(sh.Now, a.At), 10) + "  "
		mark := now.Mark(&sh.Look) + " "
		lines = append(lines, sh.Look.Muted.Render(left)+now.Style(&sh.Look.Palette).Render(mark+draw.Cut(text, w-draw.Width(left+mark))))
	}
	return lines
}

func indent(lines []string) []string {
	for i, line := range lines {
		lines[i] = " " + line
	}
	return lines
}
