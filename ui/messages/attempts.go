package messages

import (
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// attemptLines draws the attempts of one message, each with its time, outcome,
// provider and duration, and the provider's words under it. The newest one,
// which counts, comes first.
func attemptLines(sh *shell.Shell, oldestFirst []backend.Attempt, w int) []string {
	var lines []string
	for _, a := range slices.Backward(oldestFirst) {
		style, sign := sh.OutcomeSign(a.Outcome)
		when := a.At.Local().Format("15:04:05")
		if shell.Stamp(sh.Now, a.At) != "today "+a.At.Local().Format("15:04") {
			when = shell.Stamp(sh.Now, a.At)
		}
		head := draw.Pad(when, 8) + "  "
		outcome := sign + " " + safe.Text(string(a.Outcome))
		tail := "  " + safe.Text(a.Provider) + " " + sh.Look.Dot + " " + shell.Took(a.Duration)
		lines = append(lines, sh.Look.Muted.Render(head)+style.Render(outcome)+sh.Look.Muted.Render(draw.Cut(tail, w-draw.Width(head+outcome))))
		if a.Outcome == backend.OutcomeHeld {
			continue // the inbox has no words of its own
		}
		for _, line := range shell.Wrapped(a.Status, w-10) {
			if strings.TrimSpace(line) != "" {
				lines = append(lines, draw.Space(10)+sh.Look.Text.Render(line))
			}
		}
	}
	return lines
}

// attemptsOf lists every try to hand the message over.
func (b *screen) attemptsOf(m backend.Message, w int) []string {
	sh := b.shell
	if sh.Session.Lacks(backend.FeatureDeliveries) != "" {
		return nil
	}
	r, known := b.attempts.Of(m.ID)
	switch {
	case !known && b.attempts.IsReading():
		return []string{"", sh.Look.Muted.Render("Reading its attempts…")}
	case !known:
		return nil
	case r.Err != nil:
		return append([]string{""}, sh.Lines(sh.Look.Err, sh.Look.No+" Its attempts could not be read: "+safe.Text(shell.Sentence(r.Err)), w)...)
	case len(r.List) == 0:
		return []string{"", sh.Look.Muted.Render("It has not been handed over yet.")}
	}
	return append([]string{"", sh.Look.Muted.Render(b.attemptCount(r.List))}, attemptLines(sh, r.List, w)...)
}

// attemptCount says how many there are, and in which order they stand.
func (b *screen) attemptCount(list []backend.Attempt) string {
	words := shell.Count(len(list), "attempt")
	if len(list) > 1 {
		words += ", newest first"
	}
	return words
}
