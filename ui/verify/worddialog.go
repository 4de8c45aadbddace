package verify

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
	"github.com/account-settings/pinghome/ui/shell"
)

// receipt asks for the word that a test message said: whoever knows it has
// seen the message. It is no secret, but worth nothing tomorrow, so what is
// typed is not kept as a draft.
type wordDialog struct {
	shell    *shell.Shell
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

func OpenWord(sh *shell.Shell, ch backend.Channel, word string) {
	sh.Open(&wordDialog{shell: sh, priority: ch.Priority, channel: ch, word: form.NewInput(word, "")})
}

// whyNoWord says why the channel waits for no word, "" when it does.
func WhyNoWord(sh *shell.Shell, ch backend.Channel) string {
	if why := sh.Session.Lacks(backend.FeatureDeliveries); why != "" {
		return why
	}
	if ch.Proof.WordSentAt.IsZero() {
		return fmt.Sprintf("No test of channel %d waits for its word. %s sends one.", ch.Priority, sh.Keys.Key(keymap.TestChannel))
	}
	return ""
}

func (r *wordDialog) Typing() bool        { return true }
func (r *wordDialog) Scope() keymap.Scope { return keymap.Word }
func (r *wordDialog) name() string        { return fmt.Sprintf("receipt %d", r.priority) }

func (r *wordDialog) Update(fact tea.Msg) tea.Cmd {
	given, ok := fact.(wordGivenMsg)
	if !ok || given.dialog != r {
		return nil
	}
	if given.err == nil {
		r.shell.Close(r)
		r.shell.Undo = nil
		r.shell.Tell(shell.Good, "Channel %d: a person has seen its message.", r.priority)
		return r.shell.Reload()
	}
	r.fault, r.lost = shell.Refusal(given.err), shell.IsUnknown(given.err)
	var e *backend.Error
	if errors.As(given.err, &e) && len(e.Fields["word"]) > 0 {
		r.fault = e.Fields["word"][0]
	}
	if e != nil && e.Code == backend.CodeWordWrong && !strings.Contains(r.fault, "left") && e.AttemptsLeft > 0 {
		r.fault += " " + shell.Capitalized(shell.Tries(e.AttemptsLeft)) + " left."
	}
	return r.shell.Reload()
}

func (r *wordDialog) Key(msg tea.KeyMsg) tea.Cmd {
	id := r.shell.Keys.Find(msg.String(), keymap.Word)
	if msg.Paste {
		id = ""
	}
	switch {
	case id == keymap.WordClose:
		r.shell.Close(r)
	case r.shell.Work.Busy(r.name()):
		return nil
	case id == keymap.WordMessages:
		if r.shell.Session.Lacks(backend.FeatureMessages) != "" {
			return nil
		}
		r.shell.Close(r)
		return shell.GoTo(keymap.Messages)
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
	return r.shell.Change(r.name(), func(ctx context.Context) tea.Msg {
		ch, err := view.ConfirmReceipt(ctx, p, word)
		return wordGivenMsg{r, ch, err}
	})
}

func (r *wordDialog) Card(w, h int) shell.Card {
	sh, ch := r.shell, r.channel
	lines := sh.Lines(sh.Look.Text, fmt.Sprintf("Which word did the test message to %s say?", sh.Masked(ch.Type, ch.ActiveValue)), w)
	lines = append(lines, "", sh.Look.Focus.Render("Word  ")+r.word.View(sh.Look, w-6, true)[0])
	keep := len(lines) - 1
	switch {
	case sh.Work.Busy(r.name()):
		lines = append(lines, "", sh.Look.Info.Render("Checking…"))
	case r.fault != "":
		style, sign := sh.FailedSign(r.lost)
		for _, line := range draw.Wrap(sign+" "+safe.Text(r.fault), w-6) {
			lines = append(lines, draw.Space(6)+style.Render(line))
		}
	default:
		m, known := sh.Session.Newest(backend.KindTest, ch.Type, ch.ActiveValue)
		style, words := deliveryText(sh, m, known)
		lines = append(append(lines, ""), sh.Lines(style, words, w)...)
	}
	return shell.Card{Title: fmt.Sprintf("Test of channel %d %s %s", ch.Priority, sh.Look.Dot, shell.TypeName(ch.Type)), Lines: lines, Keep: keep,
		Keys: []keymap.ID{keymap.WordSend, keymap.WordMessages, keymap.WordClose}}
}
