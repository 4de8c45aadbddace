package ui

import (
	"context"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// proof is something that waits for a code.
type proof struct {
	title  string
	to     func() string                     // where the code went, as it may be shown
	state  func() (*backend.CodeState, bool) // of its code; false when nothing waits any more
	verify func(context.Context, string) error
	resend func(context.Context) error
	sent   func() (backend.Message, bool) // the message with the code, where messages can be read
	done   string                         // told when it is proven
}

// codeDialog takes the six digits. The sixth one sends them, once.
type codeDialog struct {
	d       *desk
	proof   proof
	code    form.Code
	refusal string
	lost    bool // that is no refusal: what came of it is not known
	news    string
}

type codeTriedMsg struct {
	dialog *codeDialog
	err    error
}

type codeSentMsg struct {
	dialog *codeDialog
	err    error
}

const (
	tryingCode  = "verify"
	sendingCode = "send code"
)

// openCode opens the dialog, filled in with code.
func (d *desk) openCode(p proof, code string) *codeDialog {
	dialog := &codeDialog{d: d, proof: p}
	dialog.code.SetValue(code)
	d.open(dialog)
	return dialog
}

func (c *codeDialog) Typing() bool        { return true }
func (c *codeDialog) Scope() keymap.Scope { return keymap.Boxes }

func (c *codeDialog) Update(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case codeTriedMsg:
		if fact.dialog == c {
			return c.tried(fact.err)
		}
	case codeSentMsg:
		if fact.dialog == c {
			return c.sent(fact.err)
		}
	case profileReadMsg, channelsReadMsg:
		if _, waits := c.proof.state(); !waits && !c.d.work.busy(tryingCode) {
			c.d.close(c) // proven or taken back, in another console
			c.d.tell(neutral, "%s: nothing waits for this code any more.", c.proof.title)
		}
	}
	return nil
}

func (c *codeDialog) tried(err error) tea.Cmd {
	if err == nil {
		c.d.close(c)
		c.d.undo = nil
		c.d.tell(good, "%s", c.proof.done)
		return c.d.reload()
	}
	if backend.ErrorCode(err) == backend.CodeStale {
		c.d.close(c)
		c.d.fail("The code was not tried", err)
		return c.d.reload()
	}
	c.refusal, c.news, c.lost = refusal(err), "", isUnknown(err)
	if backend.ErrorCode(err) == backend.CodeWrong {
		c.code.Clear()
		c.code.Wrong = true
	}
	return c.d.reload()
}

func (c *codeDialog) sent(err error) tea.Cmd {
	c.code.Clear()
	c.code.Wrong = false
	if backend.ErrorCode(err) == backend.CodeStale {
		c.d.close(c)
		c.d.fail("No code was sent", err)
		return c.d.reload()
	}
	if err != nil {
		c.refusal, c.news, c.lost = refusal(err), "", isUnknown(err)
		if c.lost {
			return c.d.reload()
		}
		return nil
	}
	c.refusal, c.news = "", "A new code is on its way. The old one no longer works."
	return c.d.reload()
}

func (c *codeDialog) Key(msg tea.KeyMsg) tea.Cmd {
	id := c.d.keys.Find(msg.String(), keymap.Boxes)
	if msg.Paste {
		id = ""
	}
	if c.d.work.busy(tryingCode) && id != keymap.BoxesClose {
		return nil
	}
	switch id {
	case keymap.BoxesClose:
		c.d.close(c)
	case keymap.BoxesInbox:
		if c.d.lacks(backend.FeatureMessages) != "" {
			return nil
		}
		c.d.close(c)
		return goTo(keymap.Messages)
	case keymap.BoxesResend:
		return c.resendCmd()
	case keymap.BoxesSend:
		return c.tryCmd()
	case keymap.BoxesLeft:
		c.code.Move(-1)
	case keymap.BoxesRight:
		c.code.Move(1)
	default:
		before := c.code.Value()
		c.code.Update(msg)
		if c.code.Value() != before {
			c.refusal = ""
			if c.code.Full() {
				return c.tryCmd()
			}
		}
	}
	return nil
}

func (c *codeDialog) tryCmd() tea.Cmd {
	if !c.code.Full() {
		c.refusal, c.lost = "A code has six digits.", false
		return nil
	}
	code, verify := c.code.Value(), c.proof.verify
	c.news = ""
	return c.d.change(tryingCode, func(ctx context.Context) tea.Msg {
		return codeTriedMsg{c, verify(ctx, code)}
	})
}

func (c *codeDialog) resendCmd() tea.Cmd {
	if s, _ := c.proof.state(); s != nil && c.d.now.Before(s.ResendAt) {
		c.refusal, c.lost = "A new code cannot be sent yet.", false
		return nil
	}
	resend := c.proof.resend
	return c.d.change(sendingCode, func(ctx context.Context) tea.Msg { return codeSentMsg{c, resend(ctx)} })
}

func (c *codeDialog) Card(w, h int) card {
	d := c.d
	lines := draw.Wrap("We sent a 6-digit code to "+c.proof.to(), w)
	lines = append(lines, "")
	boxes := c.code.View(d.Look, w-8, true)
	if h < 12 {
		boxes = c.code.View(d.Look, 0, true)
	}
	for _, line := range boxes {
		lines = append(lines, draw.Space((w-draw.Width(line))/2)+line)
	}
	lines = append(lines, "")
	for _, line := range draw.Wrap(c.countdown(), w) {
		lines = append(lines, d.Muted.Render(line))
	}
	lines = append(lines, "")
	switch {
	case d.work.busy(tryingCode):
		lines = append(lines, d.Info.Render("Checking…"))
	case c.refusal != "":
		style, sign := d.failed(c.lost)
		lines = append(lines, d.lines(style, sign+" "+safe.Text(c.refusal), w)...)
	case c.news != "":
		for _, line := range draw.Wrap(d.Yes+" "+c.news, w) {
			lines = append(lines, d.OK.Render(line))
		}
	case c.lives():
		style, words := d.wayOf(c.proof.sent())
		lines = append(lines, d.lines(style, words, w)...)
	}
	return card{title: c.proof.title, lines: lines, keep: 3, keys: []keymap.ID{keymap.BoxesSend, keymap.BoxesResend, keymap.BoxesClose}}
}

// lives reports whether the last code can still be entered, or nothing is
// known of it.
func (c *codeDialog) lives() bool {
	s, waits := c.proof.state()
	return s == nil && waits || s.Live(c.d.now)
}

// wayOf says in a dialog where a message is that the person waits for.
func (d *desk) wayOf(m backend.Message, known bool) (theme.Style, string) {
	where := d.keys.Key(keymap.BoxesInbox)
	words := safe.Text(m.Detail)
	switch {
	case !known:
		return d.Faint, ""
	case m.State == backend.StateHeld && d.opened.Local:
		return d.Faint, "It waits in the inbox: " + where
	case m.State == backend.StateHeld:
		return d.Faint, "It waits in the server's inbox: " + where
	case m.State == backend.StateFailed:
		return d.Err, d.No + " It could not be sent: " + words
	case m.State == backend.StateQueued && m.Attempts > 0:
		return d.Warn, d.Glyphs.Pending + " Not taken yet, " + again(d.now, m.NextAt) + ": " + words
	case m.State == backend.StateQueued:
		return d.Muted, d.Glyphs.Pending + " On its way"
	}
	return d.Muted, "Taken by " + safe.Text(m.Provider) + ", " + age(d.now, m.At)
}

// countdown is what is left: time, tries, and the wait for a new code.
func (c *codeDialog) countdown() string {
	d := c.d
	s, _ := c.proof.state()
	if s == nil {
		return "No code is waiting " + d.Dot + " " + d.keys.Key(keymap.BoxesResend) + " sends one"
	}
	dot := " " + d.Dot + " "
	if d.now.Before(s.LockedUntil) {
		return "Locked after too many wrong codes" + dot + "for " + clockText(s.LockedUntil.Sub(d.now))
	}
	resend := dot + d.keys.Key(keymap.BoxesResend) + " new code"
	if d.now.Before(s.ResendAt) {
		resend = dot + "new code in " + clockText(s.ResendAt.Sub(d.now))
	}
	switch {
	case s.AttemptsLeft <= 0:
		return "No tries left on this code" + resend
	case !d.now.Before(s.ExpiresAt):
		return "The code has expired" + resend
	}
	return "Expires in " + lasts(s, d.now) + dot + tries(s.AttemptsLeft) + " left" + resend
}

func tries(n int) string {
	if n == 1 {
		return "1 try"
	}
	return strconv.Itoa(n) + " tries"
}
