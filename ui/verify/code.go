package verify

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/shell"
)

// CodeDialog takes the six digits of a code. The sixth one sends them.
type CodeDialog struct {
	shell     *shell.Shell
	pending   Pending
	code      form.Code
	refusal   string    // why the code was not taken or not sent, "" for none
	isUnknown bool      // the refusal is a lost answer: it may have been done
	news      string    // that a new code was sent, "" for nothing
	isTyped   bool      // the code that is tried was sent by its sixth digit
	began     time.Time // when it was sent
}

// codeTriedMsg: the code was tried; err is nil when it was right.
type codeTriedMsg struct {
	dialog *CodeDialog
	err    error
}

// codeSentMsg: a new code was sent, or err says why not.
type codeSentMsg struct {
	dialog *CodeDialog
	err    error
}

// The names of the requests.
const (
	tryingCode  = "verify"
	sendingCode = "send code"
)

// OpenCode opens the dialog with code filled in; "" leaves it empty.
func OpenCode(sh *shell.Shell, p Pending, code string) *CodeDialog {
	d := &CodeDialog{shell: sh, pending: p}
	d.code.SetValue(code)
	sh.Open(d)
	return d
}

// Typing is always true: digits go into the code.
func (d *CodeDialog) Typing() bool { return true }

// Scopes is where the keys of the dialog stand in the table.
func (d *CodeDialog) Scopes() []keymap.Scope { return []keymap.Scope{keymap.Code} }

// Update takes what came of the dialog's requests. It closes the dialog when nothing
// waits for its code any more.
func (d *CodeDialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case codeTriedMsg:
		if msg.dialog == d {
			return d.tried(msg.err)
		}
	case codeSentMsg:
		if msg.dialog == d {
			return d.sent(msg.err)
		}
	case shell.ProfileReadMsg, shell.ChannelsReadMsg:
		if _, waits := d.pending.state(); !waits && !d.shell.Work.Busy(tryingCode) {
			d.shell.Close(d) // another console entered the code, or cancelled the change
			d.shell.DropDigits()
			d.shell.Tell(shell.Neutral, "%s: nothing waits for this code.", d.pending.title)
		}
	}
	return nil
}

func (d *CodeDialog) tried(err error) tea.Cmd {
	if err == nil {
		d.closeTried()
		if d.pending.final == "" {
			d.shell.Undoable(nil)
		} else {
			d.shell.NotUndoable(d.pending.final)
		}
		d.shell.Tell(shell.Good, "%s", d.pending.done+d.took())
		return d.shell.Reload()
	}
	switch backend.ErrorCode(err) {
	case backend.CodeStale:
		d.closeTried()
		d.shell.Fail("The code was not tried", err)
		return d.shell.Reload()
	case backend.CodeWrong:
		d.code.Clear()
		d.code.Wrong = true
	}
	d.refuse(err)
	return d.shell.Reload()
}

// took says how long the check has taken, where that can be told.
func (d *CodeDialog) took() string {
	if span := d.shell.Now.Sub(d.began); span >= time.Millisecond {
		return " Checked in " + shell.Took(span) + "."
	}
	return ""
}

// closeTried closes the dialog after a code was tried. An enter that was meant to send
// the code, which the sixth digit had done, is not for the screen behind.
func (d *CodeDialog) closeTried() {
	d.shell.Close(d)
	if d.isTyped {
		d.shell.DropDigits()
		d.shell.DropNext(d.shell.Keys.Key(keymap.CodeSend))
	}
}

func (d *CodeDialog) sent(err error) tea.Cmd {
	d.code.Clear()
	d.code.Wrong = false
	if backend.ErrorCode(err) == backend.CodeStale {
		d.shell.Close(d)
		d.shell.Fail("No code was sent", err)
		return d.shell.Reload()
	}
	if err != nil {
		d.refuse(err)
		if d.isUnknown {
			return d.shell.Reload()
		}
		return nil
	}
	d.shell.NotUndoable(shell.SentStays)
	d.refusal, d.news = "", "There is a new code; the old one no longer works."
	return d.shell.Reload()
}

func (d *CodeDialog) refuse(err error) {
	d.refusal, d.news, d.isUnknown = shell.Refusal(err), "", shell.IsUnknown(err)
}

// Key takes a key. While a code is tried, only closing works.
func (d *CodeDialog) Key(msg tea.KeyMsg) tea.Cmd {
	id := d.shell.Keys.Find(msg.String(), keymap.Code)
	if msg.Paste {
		id = ""
	}
	if d.shell.Work.Busy(tryingCode) && id != keymap.CodeClose {
		return nil
	}
	switch id {
	case keymap.CodeClose:
		d.shell.Close(d)
	case keymap.CodeMessages:
		m, _ := d.pending.sent()
		return goToMessages(d.shell, d, m)
	case keymap.CodeResend:
		return d.ResendCmd()
	case keymap.CodeSend:
		d.isTyped = false
		return d.tryCmd()
	case keymap.CodeLeft:
		d.code.Move(-1)
	case keymap.CodeRight:
		d.code.Move(1)
	default:
		return d.typed(msg)
	}
	return nil
}

// typed takes digits, and sends the code when it is complete.
func (d *CodeDialog) typed(msg tea.KeyMsg) tea.Cmd {
	last, text := d.code.Value(), string(msg.Runes)
	code, others := "", false
	if msg.Paste {
		if code, others = CodeIn(text); code != "" && !others {
			msg.Runes = []rune(code)
		}
	}
	d.code.Update(msg)
	isPasted := msg.Paste && code != "" && !others
	if d.code.Value() == last && !isPasted {
		switch {
		case others:
			d.refusal, d.isUnknown = severalCodes, false
		case msg.Paste && code == "":
			d.refusal, d.isUnknown = "There is no code in this text.", false
		}
		return nil
	}
	d.refusal = ""
	if d.code.Full() {
		d.isTyped = true
		return d.tryCmd()
	}
	return nil
}

func (d *CodeDialog) tryCmd() tea.Cmd {
	if d.code.Value() == "" && (d.refusal != "" || d.news != "") {
		return nil // enter after the sixth digit, which sent the code: what came of it stays
	}
	if !d.code.Full() {
		d.refusal, d.isUnknown = "A code has six digits.", false
		return nil
	}
	code, verify := d.code.Value(), d.pending.verify
	d.news, d.began = "", d.shell.Now
	return d.shell.Change(tryingCode, func(ctx context.Context) tea.Msg {
		return codeTriedMsg{d, verify(ctx, code)}
	})
}

// ResendCmd sends a new code, or says in the dialog why that has to wait.
func (d *CodeDialog) ResendCmd() tea.Cmd {
	if c, _ := d.pending.state(); c != nil && d.shell.Now.Before(c.ResendAt) {
		d.refusal, d.isUnknown = "A new code can be sent in "+shell.Span(c.ResendAt.Sub(d.shell.Now))+".", false
		return nil
	}
	resend := d.pending.resend
	return d.shell.Change(sendingCode, func(ctx context.Context) tea.Msg { return codeSentMsg{d, resend(ctx)} })
}
