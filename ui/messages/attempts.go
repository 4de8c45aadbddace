package messages

import (
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// attemptLines list the attempts to send a message; none where the backend does not
// know them.
func (s *screen) attemptLines(m backend.Message, w int) []string {
	sh := s.shell
	if sh.Session.Lacks(backend.FeatureDeliveries) != "" {
		return nil
	}
	attempts, known := s.attempts.Of(m.ID)
	switch {
	case !known && s.attempts.IsReading():
		return []string{"", sh.Look.Muted.Render("Reading its attempts…")}
	case !known:
		return nil
	case attempts.Err != nil:
		return append([]string{""}, sh.Lines(sh.Look.Err, sh.Look.No+" Its attempts could not be read: "+safe.Text(shell.Sentence(attempts.Err)), w)...)
	case len(attempts.List) == 0:
		return []string{"", sh.Look.Muted.Render("It has not been sent yet.")}
	}
	head := shell.Count(len(attempts.List), "attempt")
	if len(attempts.List) > 1 {
		head += ", newest first"
	}
	lines := []string{"", sh.Look.Muted.Render(head)}
	for _, a := range slices.Backward(attempts.List) {
		lines = append(lines, oneAttempt(sh, a, w)...)
	}
	return lines
}

// oneAttempt is the time, outcome, provider and duration of an attempt, and under that
// the provider's answer.
func oneAttempt(sh *shell.Shell, a backend.Attempt, w int) []string {
	now := state.OfAttempt(a.Outcome)
	style := now.Style(&sh.Look.Palette)
	head := draw.Pad(shell.TimeOrDay(sh.Now, a.At), dateWidth) + "  "
	outcome := now.Said(&sh.Look)
	tail := "  " + safe.Text(a.Provider) + " " + sh.Look.Dot + " " + shell.Took(a.Duration)
	lines := []string{sh.Look.Muted.Render(head) + style.Render(outcome) + sh.Look.Muted.Render(draw.Cut(tail, w-draw.Width(head+outcome)))}
	if a.Outcome == backend.OutcomeHeld {
		return lines // the inbox answers nothing
	}
	for _, line := range shell.Wrapped(a.Status, w-12) {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, draw.Space(12)+sh.Look.Text.Render(line))
		}
	}
	return lines
}
