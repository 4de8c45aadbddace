package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
)

// receipt asks for the word that a test message said: whoever knows it has
// seen the message. It is no secret, but worth nothing tomorrow, so what is
// typed is not kept as a draft.
type receipt struct {
	d        *desk
	priority int
	channel  backend.Channel
	word     *form.Input
	fault    string // at the field
	lost     bool   // that is no fault: what came of it is not known
}

type receiptGivenMsg struct {
	dialog  *receipt
	channel backend.Channel
	err     error
}

func (d *desk) openReceipt(ch backend.Channel, word string) {
	d.open(&receipt{d: d, priority: ch.Priority, channel: ch, word: form.NewInput(word, "")})
}

// whyNoWord says why the channel waits for no word, "" when it does.
func whyNoWord(d *desk, ch backend.Channel) string {
	if why := d.lacks(backend.FeatureDeliveries); why != "" {
		return why
	}
	if ch.Proof.WordSentAt.IsZero() {
		return fmt.Sprintf("No test of channel %d waits for its word. %s sends one.", ch.Priority, d.keys.Key(keymap.TestChannel))
	}
	return ""
}

func (r *receipt) Typing() bool        { return true }
func (r *receipt) Scope() keymap.Scope { return keymap.Words }

func (r *receipt) name() string { return fmt.Sprintf("receipt %d", r.priority) }

func (r *receipt) Update(fact tea.Msg) tea.Cmd {
	given, ok := fact.(receiptGivenMsg)
	if !ok || given.dialog != r {
		return nil
	}
	if given.err == nil {
		r.d.close(r)
		r.d.undo = nil
		r.d.tell(good, "Channel %d: a person has seen its message.", r.priority)
		return r.d.reload()
	}
	r.fault, r.lost = refusal(given.err), isUnknown(given.err)
	var e *backend.Error
	if errors.As(given.err, &e) && len(e.Fields["word"]) > 0 {
		r.fault = e.Fields["word"][0]
	}
	if e != nil && e.Code == backend.CodeWordWrong && !strings.Contains(r.fault, "left") && e.AttemptsLeft > 0 {
		r.fault += " " + upper(tries(e.AttemptsLeft)) + " left."
	}
	return r.d.reload()
}

func (r *receipt) Key(msg tea.KeyMsg) tea.Cmd {
	id := r.d.keys.Find(msg.String(), keymap.Words)
	if msg.Paste {
		id = ""
	}
	switch {
	case id == keymap.WordClose:
		r.d.close(r)
	case r.d.work.busy(r.name()):
		return nil
	case id == keymap.WordMessages:
		if r.d.lacks(backend.FeatureMessages) != "" {
			return nil
		}
		r.d.close(r)
		return goTo(keymap.Messages)
	case id == keymap.WordSend:
		return r.giveCmd()
	default:
		before := r.word.Value()
		if r.word.Update(msg); r.word.Value() != before {
			r.fault = ""
		}
	}
	return nil
}

func (r *receipt) giveCmd() tea.Cmd {
	word := strings.TrimSpace(r.word.Value())
	if word == "" {
		r.fault, r.lost = "Type the word that the message says.", false
		return nil
	}
	view, p := r.d.opened.View, r.priority
	return r.d.change(r.name(), func(ctx context.Context) tea.Msg {
		ch, err := view.ConfirmReceipt(ctx, p, word)
		return receiptGivenMsg{r, ch, err}
	})
}

func (r *receipt) Card(w, h int) card {
	d, ch := r.d, r.channel
	lines := d.lines(d.Text, fmt.Sprintf("Which word did the test message to %s say?", d.masked(ch.Type, ch.ActiveValue)), w)
	lines = append(lines, "", d.Focus.Render("Word  ")+r.word.View(d.Look, w-6, true)[0])
	keep := len(lines) - 1
	switch {
	case d.work.busy(r.name()):
		lines = append(lines, "", d.Info.Render("Checking…"))
	case r.fault != "":
		style, sign := d.failed(r.lost)
		for _, line := range draw.Wrap(sign+" "+safe.Text(r.fault), w-6) {
			lines = append(lines, draw.Space(6)+style.Render(line))
		}
	default:
		style, words := d.wayOf(d.newest(backend.KindTest, ch.Type, ch.ActiveValue))
		lines = append(append(lines, ""), d.lines(style, words, w)...)
	}
	return card{title: fmt.Sprintf("Test of channel %d %s %s", ch.Priority, d.Dot, word(ch.Type)), lines: lines, keep: keep,
		keys: []keymap.ID{keymap.WordSend, keymap.WordMessages, keymap.WordClose}}
}
