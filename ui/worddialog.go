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
type wordDialog struct {
	shell    *Shell
	priority int
	channel  backend.Channel
	word     *form.Input
	fault    string // at the field
	lost     bool   // that is no fault: what came of it is not known
}

type wordGivenMsg struct {
	dialog  *wordDialog
	channel backend.Channel
	err     error
}

func openWord(sh *Shell, ch backend.Channel, word string) {
	sh.open(&wordDialog{shell: sh, priority: ch.Priority, channel: ch, word: form.NewInput(word, "")})
}

// whyNoWord says why the channel waits for no word, "" when it does.
func whyNoWord(sh *Shell, ch backend.Channel) string {
	if why := sh.Session.Lacks(backend.FeatureDeliveries); why != "" {
		return why
	}
	if ch.Proof.WordSentAt.IsZero() {
		return fmt.Sprintf("No test of channel %d waits for its word. %s sends one.", ch.Priority, sh.Keys.Key(keymap.TestChannel))
	}
	return ""
}

func (r *wordDialog) Typing() bool        { return true }
func (r *wordDialog) Scope() keymap.Scope { return keymap.Words }
func (r *wordDialog) name() string        { return fmt.Sprintf("receipt %d", r.priority) }

func (r *wordDialog) Update(fact tea.Msg) tea.Cmd {
	given, ok := fact.(wordGivenMsg)
	if !ok || given.dialog != r {
		return nil
	}
	if given.err == nil {
		r.shell.close(r)
		r.shell.Undo = nil
		r.shell.tell(good, "Channel %d: a person has seen its message.", r.priority)
		return r.shell.Reload()
	}
	r.fault, r.lost = refusal(given.err), isUnknown(given.err)
	var e *backend.Error
	if errors.As(given.err, &e) && len(e.Fields["word"]) > 0 {
		r.fault = e.Fields["word"][0]
	}
	if e != nil && e.Code == backend.CodeWordWrong && !strings.Contains(r.fault, "left") && e.AttemptsLeft > 0 {
		r.fault += " " + upper(tries(e.AttemptsLeft)) + " left."
	}
	return r.shell.Reload()
}

func (r *wordDialog) Key(msg tea.KeyMsg) tea.Cmd {
	id := r.shell.Keys.Find(msg.String(), keymap.Words)
	if msg.Paste {
		id = ""
	}
	switch {
	case id == keymap.WordClose:
		r.shell.close(r)
	case r.shell.Work.busy(r.name()):
		return nil
	case id == keymap.WordMessages:
		if r.shell.Session.Lacks(backend.FeatureMessages) != "" {
			return nil
		}
		r.shell.close(r)
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

func (r *wordDialog) giveCmd() tea.Cmd {
	word := strings.TrimSpace(r.word.Value())
	if word == "" {
		r.fault, r.lost = "Type the word that the message says.", false
		return nil
	}
	view, p := r.shell.Session.View, r.priority
	return r.shell.change(r.name(), func(ctx context.Context) tea.Msg {
		ch, err := view.ConfirmReceipt(ctx, p, word)
		return wordGivenMsg{r, ch, err}
	})
}

func (r *wordDialog) Card(w, h int) card {
	sh, ch := r.shell, r.channel
	lines := sh.lines(sh.Look.Text, fmt.Sprintf("Which word did the test message to %s say?", sh.masked(ch.Type, ch.ActiveValue)), w)
	lines = append(lines, "", sh.Look.Focus.Render("Word  ")+r.word.View(sh.Look, w-6, true)[0])
	keep := len(lines) - 1
	switch {
	case sh.Work.busy(r.name()):
		lines = append(lines, "", sh.Look.Info.Render("Checking…"))
	case r.fault != "":
		style, sign := sh.failed(r.lost)
		for _, line := range draw.Wrap(sign+" "+safe.Text(r.fault), w-6) {
			lines = append(lines, draw.Space(6)+style.Render(line))
		}
	default:
		m, known := sh.Session.Newest(backend.KindTest, ch.Type, ch.ActiveValue)
		style, words := deliveryText(sh, m, known)
		lines = append(append(lines, ""), sh.lines(style, words, w)...)
	}
	return card{title: fmt.Sprintf("Test of channel %d %s %s", ch.Priority, sh.Look.Dot, typeName(ch.Type)), lines: lines, keep: keep,
		keys: []keymap.ID{keymap.WordSend, keymap.WordMessages, keymap.WordClose}}
}
