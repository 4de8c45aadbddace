package verify

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// wordDialog takes the word of a test message, which proves that a person has seen the
// message. What is typed is not kept as a draft: soon the word is of no use.
type wordDialog struct {
	shell     *shell.Shell
	channel   backend.Channel
	word      *form.Input
	refusal   string // why the word was not taken, "" for none
	isUnknown bool   // the refusal is a lost answer: it may have been taken
}

// wordTriedMsg: the word was tried; err is nil when it was right.
type wordTriedMsg struct {
	dialog *wordDialog
	err    error
}

// OpenWord opens the dialog for a channel with word filled in; "" leaves it empty.
func OpenWord(sh *shell.Shell, ch backend.Channel, word string) { openWord(sh, ch, word) }

func openWord(sh *shell.Shell, ch backend.Channel, word string) *wordDialog {
	d := &wordDialog{shell: sh, channel: ch, word: form.NewInput(word, "")}
	sh.Open(d)
	return d
}

// WhyNoWord says why the channel waits for no word, "" when it does.
func WhyNoWord(sh *shell.Shell, ch backend.Channel) string {
	if why := sh.Session.Lacks(backend.FeatureDeliveries); why != "" {
		return why
	}
	if ch.Proof.WordSentAt.IsZero() {
		return fmt.Sprintf("No test of channel %d waits for its word. %s sends one.", ch.Priority, sh.Keys.Key(keymap.TestChannel))
	}
	return ""
}

func (d *wordDialog) Typing() bool           { return true }
func (d *wordDialog) Scopes() []keymap.Scope { return []keymap.Scope{keymap.Word} }

// request names the request that tries the word.
func (d *wordDialog) request() string { return fmt.Sprintf("receipt %d", d.channel.Priority) }

func (d *wordDialog) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(wordTriedMsg); ok && msg.dialog == d {
		return d.tried(msg.err)
	}
	return nil
}

func (d *wordDialog) tried(err error) tea.Cmd {
	if err == nil {
		d.shell.Close(d)
		d.shell.NotUndoable("A message that was seen stays so")
		d.shell.Tell(shell.Good, "Channel %d: a person has seen its message.", d.channel.Priority)
		return d.shell.Reload()
	}
	d.refusal, d.isUnknown = shell.Refusal(err), shell.IsUnknown(err)
	var e *backend.Error
	if errors.As(err, &e) && len(e.Fields["word"]) > 0 {
		d.refusal = e.Fields["word"][0]
	}
	if e != nil && e.Code == backend.CodeWordWrong {
		d.word.SetValue("") // the next one is not appended to it
	}
	if e != nil && e.Code == backend.CodeWordWrong && !strings.Contains(d.refusal, "left") && e.AttemptsLeft > 0 {
		d.refusal += " " + shell.Capitalized(shell.Tries(e.AttemptsLeft)) + " left."
	}
	return d.shell.Reload()
}

func (d *wordDialog) Key(msg tea.KeyMsg) tea.Cmd {
	id := d.shell.Keys.Find(msg.String(), keymap.Word)
	if msg.Paste {
		id = ""
	}
	switch {
	case id == keymap.WordClose:
		d.shell.Close(d)
	case d.shell.Work.Busy(d.request()):
		return nil
	case id == keymap.WordMessages:
		m, _ := d.sent()
		return goToMessages(d.shell, d, m)
	case id == keymap.WordSend:
		return d.tryCmd()
	default:
		last := d.word.Value()
		if word := WordIn(string(msg.Runes)); msg.Paste && word != "" {
			d.word.SetValue("")
			msg.Runes = []rune(word)
		}
		if d.word.Update(msg); d.word.Value() != last {
			d.refusal = ""
		}
	}
	return nil
}

// sent is the newest test message; false when it is not known.
func (d *wordDialog) sent() (backend.Message, bool) {
	return d.shell.Session.Newest(backend.KindTest, d.channel.Type, d.channel.ActiveValue)
}

func (d *wordDialog) tryCmd() tea.Cmd {
	word := strings.TrimSpace(d.word.Value())
	if word == "" {
		d.refusal, d.isUnknown = "Type the word in the message.", false
		return nil
	}
	view, p := d.shell.Session.View, d.channel.Priority
	return d.shell.Change(d.request(), func(ctx context.Context) tea.Msg {
		_, err := view.ConfirmReceipt(ctx, p, word)
		return wordTriedMsg{d, err}
	})
}

// stateLines are what came of the word, or of the message that says it.
func (d *wordDialog) stateLines(w int) []string {
	sh := d.shell
	switch {
	case sh.Work.Busy(d.request()):
		return []string{sh.Look.Info.Render("Checking…")}
	case d.refusal != "":
		style, sign := sh.FailedSign(d.isUnknown)
		return sh.Lines(style, sign+" "+safe.Text(d.refusal), w)
	}
	m, known := d.sent()
	style, text := deliveryText(sh, m, known)
	return sh.Lines(style, text, w)
}

// Card draws the field of the word, and what became of the test message.
func (d *wordDialog) Card(w, _ int) shell.Card {
	sh, ch := d.shell, d.channel
	lines := sh.Lines(sh.Look.Text, fmt.Sprintf("Which word is in the test message to %s?", sh.Masked(ch.Type, ch.ActiveValue)), w)
	lines = append(lines, "", sh.Look.Focus.Render("Word  ")+d.word.View(sh.Look, w-6, true)[0])
	keep := len(lines) - 1
	lines = append(append(lines, ""), sh.Reserve(d.stateLines(w), shell.ReservedLines)...)
	return shell.Card{Title: sh.ChannelTitle("Test of channel", ch), Lines: lines, Keep: keep,
		Keys: []keymap.ID{keymap.WordSend, keymap.WordMessages, keymap.WordClose}}
}
