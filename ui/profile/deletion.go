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

// deletion is the dialog that deletes the account, in two steps, and then says what was
// removed. No single key can do it: a reason has to be chosen and the username typed.
type deletion struct {
	shell       *shell.Shell
	step        deletionStep
	part        deletionPart // that has the keys in stepReason
	reason      int          // in backend.DeletionReasons; -1 until one is chosen
	explanation *form.Input  // of the reason "other"
	username    *form.Input  // typed to confirm
	refusal     string       // why it was not deleted, "" for none
	isUnknown   bool         // the refusal is a lost answer: the account may be gone
	removed     []string     // what was there, for stepDone
}

type deletionStep int

const (
	stepWarning deletionStep = iota // says what is removed
	stepReason                      // asks for the reason and the username
	stepDone                        // nothing to do any more: the account is deleted
)

// deletionPart is a part of stepReason. Tab goes through them.
type deletionPart int

const (
	partReason      deletionPart = iota
	partExplanation              // only with the reason "other"
	partUsername
	partCancel
	partDelete
	deletionParts // how many there are
)

// deletingAccount names the request.
const deletingAccount = "delete account"

// accountDeletedMsg: the account was deleted, or err says why not.
type accountDeletedMsg struct {
	dialog *deletion
	err    error
}

func newDeletion(sh *shell.Shell) *deletion {
	return &deletion{shell: sh, reason: -1, explanation: form.NewInput("", "in a few words"), username: form.NewInput("", "")}
}

func (d *deletion) Typing() bool { return d.step == stepReason }

// Scopes of the last step is that of a page of text: there is nothing left to choose.
func (d *deletion) Scopes() []keymap.Scope {
	if d.step == stepDone {
		return []keymap.Scope{keymap.Reading}
	}
	return []keymap.Scope{keymap.Deletion, keymap.Reasons}
}

// email is the username as it has to be typed.
func (d *deletion) email() string { return backend.ReadableEmail(d.kept()) }

// kept is the username as protocols have it, which may be typed or pasted, too.
func (d *deletion) kept() string { return d.shell.Session.Profile.Customer.Email }

// wanted is the spelling of the username that is being typed.
func (d *deletion) wanted() string {
	typed, email := norm.NFC.String(d.username.Value()), norm.NFC.String(d.email())
	if !strings.HasPrefix(email, typed) && strings.HasPrefix(d.kept(), typed) {
		return d.kept()
	}
	return email
}

// isIncomplete reports whether something is missing: the reason, its explanation, or the
// username. How accents are composed makes no difference there.
func (d *deletion) isIncomplete() bool {
	return d.reason < 0 || norm.NFC.String(d.username.Value()) != d.wanted() || d.isUnexplained()
}

// isUnexplained reports whether the reason "other" has no explanation yet.
func (d *deletion) isUnexplained() bool {
	return d.isOther() && strings.TrimSpace(d.explanation.Value()) == ""
}

// isOperator reports whether the account may be another person's: where all accounts can be
// opened.
func (d *deletion) isOperator() bool {
	session := &d.shell.Session
	return session.Accounts != nil && session.Lacks(backend.FeatureAccounts) == ""
}

func (d *deletion) isOther() bool {
	return d.reason >= 0 && backend.DeletionReasons[d.reason] == shell.OtherReason
}

// slug is the reason as the API takes it.
func (d *deletion) slug() string {
	if d.isOther() {
		return shell.ReasonSlug(d.explanation.Value())
	}
	return backend.DeletionReasons[d.reason]
}

func (d *deletion) Update(msg tea.Msg) tea.Cmd {
	if d.isUnknown && d.shell.Session.Ended && d.step < stepDone {
		d.shell.Close(d) // the account was gone; the page behind the dialog says so
	}
	if msg, ok := msg.(accountDeletedMsg); ok && msg.dialog == d {
		return d.deleted(msg.err)
	}
	return nil
}

func (d *deletion) deleted(err error) tea.Cmd {
	session := &d.shell.Session
	if err != nil {
		d.refusal, d.isUnknown = shell.Refusal(err), shell.IsUnknown(err)
		if d.isUnknown {
			session.MayBeDeleted = true
			return d.shell.Reload()
		}
		return nil
	}
	d.step = stepDone
	session.Ended, session.IsDeleted, session.Ending = true, true, "Everything that belonged to it is deleted, too."
	return d.shell.Drafts.DropAll()
}

func (d *deletion) Key(msg tea.KeyMsg) tea.Cmd {
	id := d.shell.Keys.Find(msg.String(), keymap.Deletion)
	if msg.Paste {
		id = ""
	}
	if d.shell.Work.Busy(deletingAccount) {
		return nil
	}
	switch {
	case id == keymap.DeletionClose && d.step < stepDone:
		d.cancel()
	case d.step == stepDone:
		if d.shell.Keys.Find(msg.String(), keymap.Reading) == keymap.ReadClose {
			d.shell.Close(d)
		}
	case d.step == stepWarning:
		if id == keymap.DeletionPress {
			d.step = stepReason
		}
	default:
		return d.keyOfReason(id, msg)
	}
	return nil
}

// keyOfReason takes a key in stepReason.
func (d *deletion) keyOfReason(id keymap.ID, msg tea.KeyMsg) tea.Cmd {
	switch id {
	case keymap.DeletionNext:
		d.moveFocus(1)
	case keymap.DeletionPrev:
		d.moveFocus(-1)
	case keymap.DeletionDown:
		d.refusal = ""
		d.move(1)
	case keymap.DeletionUp:
		d.refusal = ""
		d.move(-1)
	case keymap.DeletionPress:
		return d.press()
	case keymap.DeletionCopy:
		return d.shell.CopyCmd("the address", d.email())
	default:
		d.typed(msg)
	}
	return nil
}

// moveFocus goes to the next part or to the previous one, past those that cannot be
// used now.
func (d *deletion) moveFocus(by deletionPart) {
	for {
		d.part = (d.part + by + deletionParts) % deletionParts
		if d.part == partExplanation && !d.isOther() || d.part == partDelete && d.isIncomplete() {
			continue
		}
		return
	}
}

// move goes through the reasons, or from another part to the part beside it.
func (d *deletion) move(by int) {
	n := len(backend.DeletionReasons)
	switch {
	case d.part != partReason:
		d.moveFocus(deletionPart(by))
	case d.reason < 0 && by < 0:
		d.reason = n - 1
	default:
		d.reason = (d.reason + by + n) % n
	}
}

// typed takes a key that moves nothing. A text that is typed on the reasons goes to the
// field that comes next, all of it; only a number chooses one.
func (d *deletion) typed(msg tea.KeyMsg) {
	d.refusal = ""
	if d.part == partReason {
		if number := slices.Index(d.shell.Keys.Action(keymap.ReasonNumber).Keys, msg.String()); d.hasNumbers() && number >= 0 && number < len(backend.DeletionReasons) {
			d.reason = number
			return
		}
		if msg.Type != tea.KeyRunes || msg.Alt {
			return
		}
		d.moveFocus(1)
	}
	switch d.part {
	case partExplanation:
		d.explanation.Update(msg)
	case partUsername:
		d.username.Update(msg)
	default: // a button
	}
}

// hasNumbers reports whether numbers choose reasons: not where the username begins with
// one, which could not be told from it.
func (d *deletion) hasNumbers() bool {
	email := d.email()
	return email == "" || email[0] < '0' || email[0] > '9'
}

// cancel closes the dialog, and says that nothing was deleted where that may have been expected.
func (d *deletion) cancel() {
	d.shell.Close(d)
	if d.step == stepReason {
		d.shell.Tell(shell.Neutral, "Nothing was deleted.")
	}
}

// press presses the button that has the focus, or goes on from a field.
func (d *deletion) press() tea.Cmd {
	switch {
	case d.part == partCancel:
		d.cancel()
		return nil
	case d.part == partDelete:
		return d.deleteCmd()
	case d.part == partReason && d.reason < 0:
		d.refusal, d.isUnknown = "Choose a reason first.", false
		return nil
	case d.part == partExplanation && d.isUnexplained():
		d.refusal, d.isUnknown = "Say in a few words why.", false
		return nil
	case d.part == partUsername && d.isIncomplete(): // else the next enter would cancel
		d.refusal, d.isUnknown = "Not yet: "+d.missing()+".", false
		return nil
	}
	d.moveFocus(1)
	return nil
}

func (d *deletion) deleteCmd() tea.Cmd {
	d.removed = d.toRemove()
	view, reason := d.shell.Session.View, d.slug()
	return d.shell.Change(deletingAccount, func(ctx context.Context) tea.Msg {
		return accountDeletedMsg{d, view.DeleteAccount(ctx, reason)}
	})
}

// toRemove lists what is removed with the account.
func (d *deletion) toRemove() []string {
	session := &d.shell.Session
	list := []string{shell.Count(len(session.Channels), "notification channel")}
	if session.Profile.Pending != nil {
		list = append(list, "the pending username change")
	}
	return append(list, "all feedback, messages and codes", "the record of what was changed")
}
