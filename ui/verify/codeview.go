package verify

import (
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// Card draws the dialog; in little room the digits have no borders.
func (d *CodeDialog) Card(w, h int) shell.Card {
	sh := d.shell
	digitsWidth := w - 8
	if h < 12 {
		digitsWidth = 0 // without borders
	}
	m, known := d.pending.sent()
	ask := sentence(m, known && d.isLive(), d.pending.to())
	if d.hasNone() {
		ask = "There is no valid code for " + d.pending.to()
	}
	asks := sh.Lines(sh.Look.Text, ask, w)
	lines := append(sh.Reserve(asks, shell.ReservedLines), "")
	digits := shell.Spot{Y: len(lines)}
	for _, line := range d.code.View(sh.Look, digitsWidth, true) {
		digits.X, digits.W = (w-draw.Width(line))/2, draw.Width(line)
		lines = append(lines, draw.Space(digits.X)+line)
	}
	digits.H = len(lines) - digits.Y
	digits.Choose = func(x, _ int) bool { return !sh.Work.Busy(tryingCode) && d.code.Focus(x, digitsWidth) }
	lines = append(append(lines, ""), sh.Lines(sh.Look.Muted, d.countdown(), w)...)
	lines = append(append(lines, ""), sh.Reserve(d.stateLines(w), shell.ReservedLines)...)
	keys := []keymap.ID{keymap.CodeResend, keymap.CodeClose}
	if d.code.Full() { // it was not typed: the sixth digit sends the code
		keys = append([]keymap.ID{keymap.CodeSend}, keys...)
	}
	return shell.Card{Title: d.pending.title, Spots: []shell.Spot{digits}, Lines: lines, Keep: 3, Keys: keys}
}

// stateLines are what came of the code, or of the message with it.
func (d *CodeDialog) stateLines(w int) []string {
	sh := d.shell
	switch {
	case sh.Work.Busy(tryingCode):
		return []string{sh.Look.Info.Render(sh.Spinner() + " Checking…")}
	case d.refusal != "":
		style, sign := sh.FailedSign(d.isUnknown)
		return sh.Lines(style, sign+" "+safe.Text(d.refusal), w)
	case d.news != "":
		return append(sh.Lines(sh.Look.Text, d.news, w), d.deliveryLines(w)...)
	case d.isLive():
		return d.deliveryLines(w)
	}
	return nil
}

// deliveryLines are what became of the message with the code.
func (d *CodeDialog) deliveryLines(w int) []string {
	m, known := d.pending.sent()
	style, text := deliveryText(d.shell, m, known)
	return d.shell.Lines(style, text, w)
}

// isLive reports whether the last code can still be entered, or nothing is known of it.
func (d *CodeDialog) isLive() bool {
	c, waits := d.pending.state()
	return c == nil && waits && !d.hasNone() || c.Live(d.shell.Now)
}

// hasNone reports whether a code has to be sent first; see HasNone.
func (d *CodeDialog) hasNone() bool { return d.pending.HasNone(d.shell) }

// countdown is how long the code can still be entered, how many tries are left, and
// when a new code can be sent.
func (d *CodeDialog) countdown() string {
	sh := d.shell
	c, _ := d.pending.state()
	if c == nil {
		return "No code is waiting " + sh.Look.Dot + " " + sh.Keys.Key(keymap.CodeResend) + " sends one"
	}
	dot := " " + sh.Look.Dot + " "
	if sh.Now.Before(c.LockedUntil) {
		return shell.Capitalized(state.Locked.Word()) + " after too many wrong codes" + dot + "for " + shell.Span(c.LockedUntil.Sub(sh.Now))
	}
	resend := dot + sh.Keys.Key(keymap.CodeResend) + " new code"
	if sh.Now.Before(c.ResendAt) {
		resend = dot + "new code in " + shell.Span(c.ResendAt.Sub(sh.Now))
	}
	switch {
	case d.hasNone():
		return "No code is waiting" + resend
	case c.AttemptsLeft <= 0:
		return shell.Capitalized(state.Exhausted.Word()) + " on this code" + resend
	case !sh.Now.Before(c.ExpiresAt):
		return "The code has " + state.Expired.Word() + resend
	}
	return "Expires in " + shell.TimeLeft(c, sh.Now) + dot + shell.Tries(c.AttemptsLeft) + " left" + resend
}
