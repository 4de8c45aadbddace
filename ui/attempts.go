package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// settle is how long a cursor has to rest on a row before its attempts are
// read: a key that is held down walks a list without asking for every row.
const settle = 120 * time.Millisecond

// attempts are what became of messages, read for the row under a cursor. What
// was read before is kept, so that going back to a row shows it at once.
type attempts struct {
	shell *Shell
	name  string // of the reading
	at    string // names the row under the cursor; "" while none is in sight
	moves int    // of the cursor, to tell a rest from an older one
	read  func(context.Context) ([]backend.Attempt, error)
	kept  map[string]reading
}

// reading is an answer: attempts, or why there are none.
type reading struct {
	list []backend.Attempt
	err  error
}

// restedMsg: the cursor has not moved for a while.
type restedMsg struct {
	of   *attempts
	move int
}

type attemptsReadMsg struct {
	of  *attempts
	row string
	reading
}

func newAttempts(sh *Shell, name string) *attempts {
	return &attempts{shell: sh, name: name, kept: map[string]reading{}}
}

// follow goes with the cursor to a row, and reads it if the cursor stays.
func (a *attempts) follow(row string, read func(context.Context) ([]backend.Attempt, error)) tea.Cmd {
	if row == a.at {
		return nil
	}
	a.at, a.read = row, read
	a.moves++
	if row == "" {
		return nil
	}
	return a.shell.after(settle, restedMsg{a, a.moves})
}

// again reads the row under the cursor once more: something has changed.
func (a *attempts) reread() tea.Cmd {
	if a.at == "" {
		return nil
	}
	row, read := a.at, a.read
	return a.shell.load(a.name, func(ctx context.Context) tea.Msg {
		list, err := read(ctx)
		return attemptsReadMsg{a, row, reading{list, err}}
	})
}

func (a *attempts) update(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case restedMsg:
		if fact.of == a && fact.move == a.moves {
			return a.reread()
		}
	case attemptsReadMsg:
		if fact.of != a {
			return nil
		}
		if isOffline(fact.err) {
			a.shell.Disconnected() // what was read before stays
			return nil
		}
		a.kept[fact.row] = fact.reading
	}
	return nil
}

// of is what was read for a row, and whether anything was.
func (a *attempts) of(row string) (reading, bool) {
	r, ok := a.kept[row]
	return r, ok
}

// waits reports whether the row under the cursor has been read for a moment
// already, with nothing to show yet.
func (a *attempts) isReading() bool {
	_, known := a.kept[a.at]
	return !known && a.shell.Work.waits(a.name, a.shell.Now)
}

// strip is one sign for each attempt, the oldest one left.
func strip(sh *Shell, newestFirst []backend.Attempt) string {
	var b strings.Builder
	for _, a := range slices.Backward(newestFirst) {
		style, sign := sh.outcome(a.Outcome)
		b.WriteString(style.Render(sign))
	}
	return b.String()
}

// outcome is the sign of an outcome, one cell wide, with its colour.
func (s *Shell) outcome(o backend.Outcome) (theme.Style, string) {
	switch o {
	case backend.OutcomeSent:
		return s.Look.OK, s.Look.Sent
	case backend.OutcomeHeld:
		return s.Look.Info, s.Look.Held
	case backend.OutcomeDelayed:
		return s.Look.Warn, s.Look.Delayed
	}
	return s.Look.Err, s.Look.No
}

// outcomes lists the outcomes in the order in which they are told.
var outcomes = []backend.Outcome{backend.OutcomeSent, backend.OutcomeHeld, backend.OutcomeDelayed, backend.OutcomeFailed}

// legend says what the signs of a strip mean, and how many there are of each.
func legend(sh *Shell, list []backend.Attempt, w int) []string {
	counts := map[backend.Outcome]int{}
	for _, a := range list {
		counts[a.Outcome]++
	}
	var lines []string
	used := 0
	for _, o := range outcomes {
		if counts[o] == 0 {
			continue
		}
		style, sign := sh.outcome(o)
		words := fmt.Sprintf(" %d %s", counts[o], o)
		n := draw.Width(sign + words)
		part := style.Render(sign) + sh.Look.Muted.Render(words)
		if lines == nil || used+2+n > w {
			lines, used = append(lines, part), n
			continue
		}
		lines[len(lines)-1] += "  " + part
		used += 2 + n
	}
	return lines
}

// speed is how long providers took for what they took: the median and the
// slowest. What was held went to none. False when they took nothing.
func speed(list []backend.Attempt) (median, slowest time.Duration, known bool) {
	var took []time.Duration
	for _, a := range list {
		if a.Outcome == backend.OutcomeSent {
			took = append(took, a.Duration)
		}
	}
	if took == nil {
		return 0, 0, false
	}
	slices.Sort(took)
	n := len(took)
	return (took[(n-1)/2] + took[n/2]) / 2, took[n-1], true
}

// attemptLines draws the attempts of one message, each with its time, outcome,
// provider and duration, and the provider's words under it. The newest one,
// which counts, comes first.
func attemptLines(sh *Shell, oldestFirst []backend.Attempt, w int) []string {
	var lines []string
	for _, a := range slices.Backward(oldestFirst) {
		style, sign := sh.outcome(a.Outcome)
		when := a.At.Local().Format("15:04:05")
		if stamp(sh.Now, a.At) != "today "+a.At.Local().Format("15:04") {
			when = stamp(sh.Now, a.At)
		}
		head := draw.Pad(when, 8) + "  "
		outcome := sign + " " + safe.Text(string(a.Outcome))
		tail := "  " + safe.Text(a.Provider) + " " + sh.Look.Dot + " " + took(a.Duration)
		lines = append(lines, sh.Look.Muted.Render(head)+style.Render(outcome)+sh.Look.Muted.Render(draw.Cut(tail, w-draw.Width(head+outcome))))
		if a.Outcome == backend.OutcomeHeld {
			continue // the inbox has no words of its own
		}
		for _, line := range wrapped(a.Status, w-10) {
			if strings.TrimSpace(line) != "" {
				lines = append(lines, draw.Space(10)+sh.Look.Text.Render(line))
			}
		}
	}
	return lines
}

// attemptsOf lists every try to hand the message over.
func (b *messages) attemptsOf(m backend.Message, w int) []string {
	sh := b.shell
	if sh.Session.Lacks(backend.FeatureDeliveries) != "" {
		return nil
	}
	r, known := b.attempts.of(m.ID)
	switch {
	case !known && b.attempts.isReading():
		return []string{"", sh.Look.Muted.Render("Reading its attempts…")}
	case !known:
		return nil
	case r.err != nil:
		return append([]string{""}, sh.lines(sh.Look.Err, sh.Look.No+" Its attempts could not be read: "+safe.Text(sentence(r.err)), w)...)
	case len(r.list) == 0:
		return []string{"", sh.Look.Muted.Render("It has not been handed over yet.")}
	}
	return append([]string{"", sh.Look.Muted.Render(b.attemptCount(r.list))}, attemptLines(sh, r.list, w)...)
}

// attemptCount says how many there are, and in which order they stand.
func (b *messages) attemptCount(list []backend.Attempt) string {
	words := count(len(list), "attempt")
	if len(list) > 1 {
		words += ", newest first"
	}
	return words
}
