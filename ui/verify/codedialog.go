package verify

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// proof is something that waits for a code.
type Pending struct {
	title  string
	to     func() string                     // where the code went, as it may be shown
	state  func() (*backend.CodeState, bool) // of its code; false when nothing waits any more
	verify func(context.Context, string) error
	resend func(context.Context) error
	sent   func() (backend.Message, bool) // the message with the code, where messages can be read
	done   string                         // told when it is proven
}

// codeDialog takes the six digits. The sixth one sends them, once.
type CodeDialog struct {
	shell   *shell.Shell
	pending Pending
	code    form.Code
	refusal string
	lost    bool // that is no refusal: what came of it is not known
	news    string
}

type codeTriedMsg struct {
	dialog *CodeDialog
	err    error
}

type codeSentMsg struct {
	dialog *CodeDialog
	err    error
}

const (
	tryingCode  = "verify"
	sendingCode = "send code"
)

// openCode opens the dialog, filled in with code.
func OpenCode(sh *shell.Shell, p Pending, code string) *CodeDialog {
	dialog := &CodeDialog{shell: sh, pending: p}
	dialog.code.SetValue(code)
	sh.Open(dialog)
	return dialog
}

func (c *CodeDialog) Typing() bool        { return true }
func (c *CodeDialog) Scope() keymap.Scope { return keymap.Code }

func (c *CodeDialog) Update(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case codeTriedMsg:
		if fact.dialog == c {
			return c.tried(fact.err)
		}
	case codeSentMsg:
		if fact.dialog == c {
			return c.sent(fact.err)
		}
	case shell.ProfileReadMsg, shell.ChannelsReadMsg:
		if _, waits := c.pending.state(); !waits && !c.shell.Work.Busy(tryingCode) {
			c.shell.Close(c) // proven or taken back, in another console
			c.shell.Tell(shell.Neutral, "%s: nothing waits for this code any more.", c.pending.title)
		}
	}
	return nil
}

func (c *CodeDialog) tried(err error) tea.Cmd {
	if err == nil {
		c.shell.Close(c)
		c.shell.Undo = nil
		c.shell.Tell(shell.Good, "%s", c.pending.done)
		return c.shell.Reload()
	}
	if backend.ErrorCode(err) == backend.CodeStale {
		c.shell.Close(c)
		c.shell.Fail("The code was not tried", err)
		return c.shell.Reload()
	}
	c.refusal, c.news, c.lost = shell.Refusal(err), "", shell.IsUnknown(err)
	if backend.ErrorCode(err) == backend.CodeWrong {
		c.code.Clear()
		c.code.Wrong = true
	}
	return c.shell.Reload()
}

func (c *CodeDialog) sent(err error) tea.Cmd {
	c.code.Clear()
	c.code.Wrong = false
	if backend.ErrorCode(err) == backend.CodeStale {
		c.shell.Close(c)
		c.shell.Fail("No code was sent", err)
		return c.shell.Reload()
	}
	if err != nil {
		c.refusal, c.news, c.lost = shell.Refusal(err), "", shell.IsUnknown(err)
		if c.lost {
			return c.shell.Reload()
		}
		return nil
	}
	c.refusal, c.news = "", "A new code is on its way. The old one no longer works."
	return c.shell.Reload()
}

func (c *CodeDialog) Key(msg tea.KeyMsg) tea.Cmd {
	id := c.shell.Keys.Find(msg.String(), keymap.Code)
	if msg.Paste {
		id = ""
	}
	if c.shell.Work.Busy(tryingCode) && id != keymap.CodeClose {
		return nil
	}
	switch id {
	case keymap.CodeClose:
		c.shell.Close(c)
	case keymap.CodeMessages:
		if c.shell.Session.Lacks(backend.FeatureMessages) != "" {
			return nil
		}
		c.shell.Close(c)
		return shell.GoTo(keymap.Messages)
	case keymap.CodeResend:
		return c.ResendCmd()
	case keymap.CodeSend:
		return c.tryCmd()
	case keymap.CodeLeft:
		c.code.Move(-1)
	case keymap.CodeRight:
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

func (c *CodeDialog) tryCmd() tea.Cmd {
	if !c.code.Full() {
		c.refusal, c.lost = "A code has six digits.", false
		return nil
	}
	code, verify := c.code.Value(), c.pending.verify
	c.news = ""
	return c.shell.Change(tryingCode, func(ctx context.Context) tea.Msg {
		return codeTriedMsg{c, verify(ctx, code)}
	})
}

func (c *CodeDialog) ResendCmd() tea.Cmd {
	if s, _ := c.pending.state(); s != nil && c.shell.Now.Before(s.ResendAt) {
		c.refusal, c.lost = "A new code cannot be sent yet.", false
		return nil
	}
	resend := c.pending.resend
	return c.shell.Change(sendingCode, func(ctx context.Context) tea.Msg { return codeSentMsg{c, resend(ctx)} })
}

func (c *CodeDialog) Card(w, h int) shell.Card {
	sh := c.shell
	lines := draw.Wrap("We sent a 6-digit code to "+c.pending.to(), w)
	lines = append(lines, "")
	boxes := c.code.View(sh.Look, w-8, true)
	if h < 12 {
		boxes = c.code.View(sh.Look, 0, true)
	}
	for _, line := range boxes {
		lines = append(lines, draw.Space((w-draw.Width(line))/2)+line)
	}
	lines = append(lines, "")
	for _, line := range draw.Wrap(c.countdown(), w) {
		lines = append(lines, sh.Look.Muted.Render(line))
	}
	lines = append(lines, "")
	switch {
	case sh.Work.Busy(tryingCode):
		lines = append(lines, sh.Look.Info.Render("Checking…"))
	case c.refusal != "":
		style, sign := sh.FailedSign(c.lost)
		lines = append(lines, sh.Lines(style, sign+" "+safe.Text(c.refusal), w)...)
	case c.news != "":
		for _, line := range draw.Wrap(sh.Look.Yes+" "+c.news, w) {
			lines = append(lines, sh.Look.OK.Render(line))
		}
	case c.lives():
		m, known := c.pending.sent()
		style, words := deliveryText(sh, m, known)
		lines = append(lines, sh.Lines(style, words, w)...)
	}
	return shell.Card{Title: c.pending.title, Lines: lines, Keep: 3, Keys: []keymap.ID{keymap.CodeSend, keymap.CodeResend, keymap.CodeClose}}
}

// lives reports whether the last code can still be entered, or nothing is
// known of it.
func (c *CodeDialog) lives() bool {
	s, waits := c.pending.state()
	return s == nil && waits || s.Live(c.shell.Now)
}

// wayOf says in a dialog where a message is that the person waits for.
func deliveryText(sh *shell.Shell, m backend.Message, known bool) (theme.Style, string) {
	where := sh.Keys.Key(keymap.CodeMessages)
	words := safe.Text(m.Detail)
	switch {
	case !known:
		return sh.Look.Faint, ""
	case m.State == backend.StateHeld && sh.Session.Local:
		return sh.Look.Faint, "It waits in the inbox: " + where
	case m.State == backend.StateHeld:
		return sh.Look.Faint, "It waits in the server's inbox: " + where
	case m.State == backend.StateFailed:
		return sh.Look.Err, sh.Look.No + " It could not be sent: " + words
	case m.State == backend.StateQueued && m.Attempts > 0:
		return sh.Look.Warn, sh.Look.Glyphs.Pending + " Not taken yet, " + shell.Again(sh.Now, m.NextAt) + ": " + words
	case m.State == backend.StateQueued:
		return sh.Look.Muted, sh.Look.Glyphs.Pending + " On its way"
	}
	return sh.Look.Muted, "Taken by " + safe.Text(m.Provider) + ", " + shell.Age(sh.Now, m.At)
}

// countdown is what is left: time, tries, and the wait for a new code.
func (c *CodeDialog) countdown() string {
	sh := c.shell
	s, _ := c.pending.state()
	if s == nil {
		return "No code is waiting " + sh.Look.Dot + " " + sh.Keys.Key(keymap.CodeResend) + " sends one"
	}
	dot := " " + sh.Look.Dot + " "
	if sh.Now.Before(s.LockedUntil) {
		return "Locked after too many wrong codes" + dot + "for " + shell.Span(s.LockedUntil.Sub(sh.Now))
	}
	resend := dot + sh.Keys.Key(keymap.CodeResend) + " new code"
	if sh.Now.Before(s.ResendAt) {
		resend = dot + "new code in " + shell.Span(s.ResendAt.Sub(sh.Now))
	}
	switch {
	case s.AttemptsLeft <= 0:
		return "No tries left on this code" + resend
	case !sh.Now.Before(s.ExpiresAt):
		return "The code has expired" + resend
	}
	return "Expires in " + shell.TimeLeft(s, sh.Now) + dot + shell.Tries(s.AttemptsLeft) + " left" + resend
}
