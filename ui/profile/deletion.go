package profile

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/text/unicode/norm"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/shell"
)

// erase deletes the account in three steps: what goes; why, and the username
// typed out; and the end. No single key can do it.
type deletion struct {
	shell       *shell.Shell
	step        int         // 0 what goes, 1 reason and name, 2 done
	part        int         // of step 1: see the parts below
	reason      int         // -1 until one is chosen
	explanation *form.Input // in which "other" is explained
	name        *form.Input
	refusal     string
	lost        bool     // that is no refusal: the account may be gone
	summary     []string // of what was there
}

// The parts of the second step that tab goes through.
const (
	partReason      = iota
	partExplanation // only for "other"
	partName
	partCancel
	partDelete
)

const deletingAccount = "delete account"

type accountDeletedMsg struct {
	dialog *deletion
	err    error
}

func newDeletion(sh *shell.Shell) *deletion {
	return &deletion{shell: sh, reason: -1, explanation: form.NewInput("", "in a few words"), name: form.NewInput("", "")}
}

func (e *deletion) Typing() bool { return e.step == 1 }

// Scope of the last step is that of a page: there is nothing left to choose.
func (e *deletion) Scope() keymap.Scope {
	if e.step == 2 {
		return keymap.Reading
	}
	return keymap.Deletion
}

func (e *deletion) username() string { return e.shell.Session.Profile.Customer.Email }

// locked reports whether something is still missing: the reason, the name,
// letter for letter without regard to how accents are composed, or the words
// of "other".
func (e *deletion) locked() bool {
	return e.reason < 0 || norm.NFC.String(e.name.Value()) != norm.NFC.String(e.username()) || e.isOther() && e.slug() == "other"
}

func (e *deletion) isOther() bool {
	return e.reason >= 0 && backend.DeletionReasons[e.reason] == "other"
}

// slug is the reason as the contract wants it: with "other", what was typed becomes part of it.
func (e *deletion) slug() string {
	chosen := backend.DeletionReasons[e.reason]
	if !e.isOther() {
		return chosen
	}
	words := strings.FieldsFunc(strings.ToLower(e.explanation.Value()), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	slug := chosen
	for _, w := range words {
		if len(slug)+1+len(w) > backend.MaxReason {
			break
		}
		slug += "-" + w
	}
	return slug
}

func (e *deletion) Update(fact tea.Msg) tea.Cmd {
	if e.lost && e.shell.Session.Ended && e.step < 2 {
		e.shell.Close(e) // the page behind it says more
	}
	done, ok := fact.(accountDeletedMsg)
	if !ok || done.dialog != e {
		return nil
	}
	if done.err != nil {
		e.refusal, e.lost = shell.Refusal(done.err), shell.IsUnknown(done.err)
		if e.lost {
			e.shell.Session.MayBeDeleted = true
			return e.shell.Reload()
		}
		return nil
	}
	e.step = 2
	drop := e.shell.Drafts.DropAll()
	e.shell.Session.Ended, e.shell.Session.Ending = true, "This account was deleted, with everything that belonged to it."
	return drop
}

func (e *deletion) Key(msg tea.KeyMsg) tea.Cmd {
	id := e.shell.Keys.Find(msg.String(), keymap.Deletion)
	if msg.Paste {
		id = ""
	}
	if e.shell.Work.Busy(deletingAccount) {
		return nil
	}
	switch {
	case id == keymap.DeletionClose && e.step < 2:
		e.shell.Close(e)
	case e.step == 2:
		if e.shell.Keys.Find(msg.String(), keymap.Reading) == keymap.ReadClose {
			e.shell.Close(e)
		}
	case e.step == 0:
		if id == keymap.DeletionPress {
			e.step = 1
		}
	default:
		return e.keyOfReason(id, msg)
	}
	return nil
}

func (e *deletion) keyOfReason(id keymap.ID, msg tea.KeyMsg) tea.Cmd {
	switch id {
	case keymap.DeletionNext:
		e.move(1)
	case keymap.DeletionPrev:
		e.move(-1)
	case keymap.DeletionDown, keymap.DeletionUp:
		e.refusal = ""
		e.turn(id)
	case keymap.DeletionPress:
		return e.press()
	default:
		e.typed(msg)
	}
	return nil
}

// move goes to another part, past those that cannot be used now.
func (e *deletion) move(by int) {
	const parts = partDelete + 1
	for {
		e.part = (e.part + by + parts) % parts
		if e.part == partExplanation && !e.isOther() || e.part == partDelete && e.locked() {
			continue
		}
		return
	}
}

func (e *deletion) turn(id keymap.ID) {
	if e.part != partReason {
		if id == keymap.DeletionDown {
			e.move(1)
		} else {
			e.move(-1)
		}
		return
	}
	n := len(backend.DeletionReasons)
	switch {
	case id == keymap.DeletionDown:
		e.reason = (e.reason + 1) % n
	case e.reason < 0:
		e.reason = n - 1
	default:
		e.reason = (e.reason + n - 1) % n
	}
}

func (e *deletion) typed(msg tea.KeyMsg) {
	e.refusal = ""
	switch e.part {
	case partReason:
		number := slices.Index(e.shell.Keys.Action(keymap.ReasonNumber).Keys, msg.String())
		if number >= 0 && number < len(backend.DeletionReasons) {
			e.reason = number
		}
	case partExplanation:
		e.explanation.Update(msg)
	case partName:
		e.name.Update(msg)
	}
}

func (e *deletion) press() tea.Cmd {
	switch e.part {
	case partCancel:
		e.shell.Close(e)
		return nil
	case partDelete:
		return e.deleteCmd()
	case partReason:
		if e.reason < 0 {
			e.refusal, e.lost = "Choose a reason first.", false
			return nil
		}
	}
	e.move(1)
	return nil
}

func (e *deletion) deleteCmd() tea.Cmd {
	e.summary = e.goes()
	view, reason := e.shell.Session.View, e.slug()
	return e.shell.Change(deletingAccount, func(ctx context.Context) tea.Msg {
		return accountDeletedMsg{e, view.DeleteAccount(ctx, reason)}
	})
}

// goes is what will be gone.
func (e *deletion) goes() []string {
	sh := e.shell
	lines := []string{shell.Count(len(sh.Session.Channels), "notification channel")}
	if sh.Session.Profile.Pending != nil {
		lines = append(lines, "the pending username change")
	}
	return append(lines, "all feedback, messages and codes", "the record of what was changed")
}
