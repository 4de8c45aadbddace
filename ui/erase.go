package ui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/text/unicode/norm"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
)

// erase deletes the account in three steps: what goes; why, and the username
// typed out; and the end. No single key can do it.
type erase struct {
	d       *desk
	step    int // 0 what goes, 1 reason and name, 2 done
	part    int // of step 1: see the parts below
	reason  int
	words   *form.Input // in which "other" is explained
	name    *form.Input
	refusal string
	summary []string // of what was there
}

// The parts of the second step that tab goes through.
const (
	partReason = iota
	partWords  // only for "other"
	partName
	partCancel
	partDelete
)

const deletingAccount = "delete account"

type accountDeletedMsg struct {
	dialog *erase
	err    error
}

func newErase(d *desk) *erase {
	return &erase{d: d, words: form.NewInput("", "in a few words"), name: form.NewInput("", "")}
}

func (e *erase) Typing() bool        { return e.step == 1 }
func (e *erase) Scope() keymap.Scope { return keymap.Erase }

func (e *erase) username() string { return e.d.profile.Customer.Email }

// locked reports whether the name has not been typed out yet. Letter for
// letter, without regard to how accents are composed.
func (e *erase) locked() bool {
	return norm.NFC.String(e.name.Value()) != norm.NFC.String(e.username())
}

func (e *erase) isOther() bool { return backend.DeletionReasons[e.reason] == "other" }

// slug is the reason as the contract wants it: with "other", what was typed becomes part of it.
func (e *erase) slug() string {
	chosen := backend.DeletionReasons[e.reason]
	if !e.isOther() {
		return chosen
	}
	words := strings.FieldsFunc(strings.ToLower(e.words.Value()), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	slug := chosen
	for _, w := range words {
		if len(slug)+1+len(w) > backend.MaxReason {
			break
		}
		slug += "-" + w
	}
	return slug
}

func (e *erase) Update(fact tea.Msg) tea.Cmd {
	done, ok := fact.(accountDeletedMsg)
	if !ok || done.dialog != e {
		return nil
	}
	if done.err != nil {
		e.refusal = sentence(done.err, e.d.now)
		return nil
	}
	e.step = 2
	e.d.gone = true
	return nil
}

func (e *erase) Key(msg tea.KeyMsg) tea.Cmd {
	id := e.d.keys.Find(msg.String(), keymap.Erase)
	if msg.Paste {
		id = ""
	}
	if e.d.work.busy(deletingAccount) {
		return nil
	}
	switch {
	case id == keymap.EraseClose:
		e.d.close(e)
	case e.step == 2:
		if id == keymap.ErasePress || msg.String() == "q" {
			e.d.close(e)
			return func() tea.Msg { return QuitMsg{} }
		}
	case e.step == 0:
		if id == keymap.ErasePress {
			e.step = 1
		}
	default:
		return e.keyOfReason(id, msg)
	}
	return nil
}

func (e *erase) keyOfReason(id keymap.ID, msg tea.KeyMsg) tea.Cmd {
	switch id {
	case keymap.EraseNext:
		e.move(1)
	case keymap.ErasePrev:
		e.move(-1)
	case keymap.EraseDown, keymap.EraseUp:
		e.turn(id)
	case keymap.ErasePress:
		return e.press()
	default:
		e.typed(msg)
	}
	return nil
}

// move goes to another part, past those that cannot be used now.
func (e *erase) move(by int) {
	const parts = partDelete + 1
	for {
		e.part = (e.part + by + parts) % parts
		if e.part == partWords && !e.isOther() || e.part == partDelete && e.locked() {
			continue
		}
		return
	}
}

func (e *erase) turn(id keymap.ID) {
	if e.part != partReason {
		if id == keymap.EraseDown {
			e.move(1)
		} else {
			e.move(-1)
		}
		return
	}
	n := len(backend.DeletionReasons)
	if id == keymap.EraseDown {
		e.reason = (e.reason + 1) % n
	} else {
		e.reason = (e.reason + n - 1) % n
	}
}

func (e *erase) typed(msg tea.KeyMsg) {
	e.refusal = ""
	switch e.part {
	case partReason:
		if len(msg.Runes) == 1 && msg.Runes[0] >= '1' && int(msg.Runes[0]-'1') < len(backend.DeletionReasons) {
			e.reason = int(msg.Runes[0] - '1')
		}
	case partWords:
		e.words.Update(msg)
	case partName:
		e.name.Update(msg)
	}
}

func (e *erase) press() tea.Cmd {
	switch e.part {
	case partCancel:
		e.d.close(e)
		return nil
	case partDelete:
		return e.deleteCmd()
	}
	e.move(1)
	return nil
}

func (e *erase) deleteCmd() tea.Cmd {
	if e.locked() {
		e.refusal = "Type the username exactly."
		e.part = partName
		return nil
	}
	if e.isOther() && e.slug() == "other" {
		e.refusal = "Say in a few words why, with letters or digits."
		e.part = partWords
		return nil
	}
	e.summary = e.goes()
	view, reason := e.d.view(), e.slug()
	return e.d.change(deletingAccount, func(ctx context.Context) tea.Msg {
		return accountDeletedMsg{e, view.DeleteAccount(ctx, reason)}
	})
}

// goes is what will be gone.
func (e *erase) goes() []string {
	d := e.d
	lines := []string{count(len(d.channels), "notification channel")}
	if d.profile.Pending != nil {
		lines = append(lines, "the pending username change")
	}
	return append(lines, "all feedback, messages and codes", "the record of what was changed")
}

func (e *erase) Card(w, h int) card {
	c := card{keys: []keymap.ID{keymap.EraseNext, keymap.ErasePress, keymap.EraseClose}}
	switch e.step {
	case 0:
		c.title, c.lines = "Delete account "+e.d.Dot+" step 1 of 3", e.first(w)
		c.keys = c.keys[1:]
	case 1:
		c.title = "Delete account " + e.d.Dot + " step 2 of 3"
		c.lines, c.keep = e.second(w, h)
	default:
		c.title, c.lines = "Delete account "+e.d.Dot+" step 3 of 3", e.third(w)
		c.keys = []keymap.ID{keymap.ErasePress}
	}
	return c
}

func (e *erase) first(w int) []string {
	d := e.d
	lines := []string{d.Strong.Render(draw.Cut(safe.Text(d.profile.Customer.FullName())+" "+d.Left+safe.Text(e.username())+d.Right, w)), "", "This removes for good:", ""}
	for _, line := range e.goes() {
		lines = append(lines, "  "+d.Dot+" "+line)
	}
	return append(lines, "", d.Warn.Render(d.Attention+" There is no undo."), "", d.Muted.Render("enter goes on; nothing is deleted yet"))
}

func (e *erase) second(w, h int) (lines []string, keep int) {
	d := e.d
	lines = append(lines, e.label(partReason, "Why are you leaving?")+d.Muted.Render("  ↑↓ or 1-9"))
	half := (len(backend.DeletionReasons) + 1) / 2
	if w < 52 {
		half = len(backend.DeletionReasons)
	}
	at := 1 + e.reason%half
	for i := range half {
		line := e.option(i)
		if i+half < len(backend.DeletionReasons) {
			line = draw.Pad(line, w/2) + e.option(i+half)
		}
		lines = append(lines, line)
	}
	if e.isOther() {
		lines = append(lines, e.label(partWords, "> ")+e.words.View(d.Look, w-2, e.part == partWords)[0], d.Faint.Render("  becomes "+e.slug()))
	}
	words := len(lines) - 2
	lines = append(lines, "")
	for _, l := range draw.Wrap("Type "+safe.Text(e.username())+" to confirm:", w) {
		lines = append(lines, e.label(partName, l))
	}
	lines = append(lines, d.Focus.Render("> ")+e.name.View(d.Look, w-2, e.part == partName)[0], e.matching())
	if e.refusal != "" {
		lines = append(lines, d.Err.Render(draw.Cut(d.No+" "+e.refusal, w)))
	}
	lines = append(lines, "", e.buttons())
	keep = [...]int{at, words, len(lines) - 3, len(lines) - 1, len(lines) - 1}[e.part]
	return lines, keep
}

func (e *erase) label(part int, words string) string {
	if e.part == part {
		return e.d.Focus.Render(words)
	}
	return e.d.Text.Render(words)
}

func (e *erase) option(i int) string {
	sign := "( )"
	style := e.d.Text
	if i == e.reason {
		sign, style = "(•)", e.d.Strong
		if e.d.ASCII {
			sign = "(*)"
		}
	}
	return "  " + style.Render(fmt.Sprintf("%s %d %s", sign, i+1, backend.DeletionReasons[i]))
}

// matching says how much of the name is right so far.
func (e *erase) matching() string {
	typed, want := []rune(norm.NFC.String(e.name.Value())), []rune(norm.NFC.String(e.username()))
	n := 0
	for n < len(typed) && n < len(want) && typed[n] == want[n] {
		n++
	}
	if n < len(typed) {
		return e.d.Err.Render(fmt.Sprintf("  %s differs from character %d on", e.d.No, n+1))
	}
	return e.d.Muted.Render(fmt.Sprintf("  %d of %d characters match", n, len(want)))
}

func (e *erase) buttons() string {
	d := e.d
	cancel, del := d.Button.Render("( Cancel )"), d.Button.Render("( Delete account )")
	if e.part == partCancel {
		cancel = d.Primary.Render("[ Cancel ]")
	}
	switch {
	case d.work.busy(deletingAccount):
		return d.Info.Render("Deleting…")
	case e.locked():
		del = d.Faint.Render("( Delete account )  locked")
	case e.part == partDelete:
		del = d.Danger.Render("[ Delete account ]")
	}
	return cancel + "    " + del
}

func (e *erase) third(w int) []string {
	d := e.d
	lines := []string{d.OK.Render(d.Yes) + " " + d.Strong.Render("The account is deleted"), ""}
	for _, line := range e.summary {
		lines = append(lines, "  "+d.Dot+" "+line)
	}
	return append(lines, "", draw.Cut(safe.Text(e.username())+" is free again.", w), "", d.Muted.Render("q quits "+d.Dot+" esc leaves this page"))
}
