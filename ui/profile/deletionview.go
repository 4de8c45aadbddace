package profile

import (
	"fmt"

	"golang.org/x/text/unicode/norm"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

func (d *deletion) Card(w, _ int) shell.Card {
	c := shell.Card{
		Title: fmt.Sprintf("Delete account %s step %d of %d", d.shell.Look.Dot, d.step+1, stepDone),
		Keys:  []keymap.ID{keymap.DeletionNext, keymap.DeletionPress, keymap.DeletionCopy, keymap.DeletionClose},
	}
	switch d.step {
	case stepWarning:
		c.Lines, c.Keys = d.warningLines(w), []keymap.ID{keymap.DeletionPress, keymap.DeletionClose}
	case stepReason:
		var at [deletionParts]int
		c.Lines, at = d.reasonLines(w)
		c.Keep, c.Foot, c.Spots = at[d.part], footLines, d.spots(w, at)
	default:
		c.Title, c.Lines, c.Keys = "Account deleted", d.doneLines(w), []keymap.ID{keymap.ReadClose}
	}
	return c
}

func (d *deletion) warningLines(w int) []string {
	sh := d.shell
	name := safe.Text(sh.Session.Profile.Customer.FullName()) + " " + sh.Look.Left + safe.Text(d.email()) + sh.Look.Right
	lines := []string{sh.Look.Strong.Render(draw.Cut(name, w)), "", "This removes for good:", ""}
	lines = append(lines, d.dotted(d.toRemove())...)
	return append(lines, "", sh.Look.Warn.Render(sh.Look.Attention+" There is no undo."), "", sh.Look.Muted.Render(sh.Keys.Key(keymap.DeletionPress)+" goes on; nothing is deleted yet"))
}

// firstReason is the line of stepReason on which the reasons begin.
const firstReason = 1

// reasonLines draw stepReason. at is the line of each part; that of the one with the
// focus stays in sight where not all of them fit.
func (d *deletion) reasonLines(w int) (lines []string, at [deletionParts]int) {
	sh := d.shell
	keys := "  ↑↓"
	if d.hasNumbers() {
		keys += " or 1-9"
	}
	why := "Why are you leaving?"
	if d.isOperator() {
		why = "Why is this account deleted?"
	}
	lines = append(lines, d.label(partReason, why)+sh.Look.Muted.Render(keys))
	reasons := d.reasonList(w)
	at[partReason] = len(lines) + max(0, d.reason)%len(reasons)
	lines = append(lines, reasons...)
	var explanation []string
	if d.isOther() {
		at[partExplanation] = len(lines)
		explanation = []string{d.label(partExplanation, "> ") + d.explanation.View(sh.Look, w-2, d.part == partExplanation)[0], sh.Look.Faint.Render(draw.Cut("  "+d.recorded(), w))}
	}
	lines = append(append(lines, sh.Reserve(explanation, 2)...), "")
	for _, line := range draw.Wrap("Type "+safe.Text(d.email())+" to confirm:", w) {
		lines = append(lines, d.label(partUsername, line))
	}
	at[partUsername] = len(lines)
	lines = append(lines, sh.Look.Focus.Render("> ")+d.username.View(sh.Look, w-2, d.part == partUsername)[0], d.matchText())
	lines = append(lines, sh.Reserve(d.refusalLines(w), shell.ReservedLines)...)
	lines = append(lines, "", sh.Look.Warn.Render(draw.Cut(sh.Look.Attention+" "+d.finalText(), w)), d.buttons())
	last := len(lines) - 1
	at[partCancel], at[partDelete] = last, last
	return lines, at
}

// footLines are those at the end of stepReason that are always in sight: that it is final,
// and the buttons.
const footLines = 2

// finalText says what the button that deletes does.
func (d *deletion) finalText() string {
	if d.shell.Room == shell.Compact {
		return "This deletes it at once, for good."
	}
	return "\"Delete account\" deletes it at once and for good."
}

// recorded says what is kept of an explanation: while it is typed in general, later exactly.
func (d *deletion) recorded() string {
	if d.part == partExplanation || d.isUnexplained() {
		return "kept in a-z and 0-9, as many words as fit"
	}
	return "kept as " + d.slug()
}

// refusalLines say why it was not deleted.
func (d *deletion) refusalLines(w int) []string {
	if d.refusal == "" {
		return nil
	}
	style, sign := d.shell.FailedSign(d.isUnknown)
	return d.shell.Lines(style, sign+" "+safe.Text(d.refusal), w)
}

// twoColumns is the width from which on the reasons fit in two columns.
const twoColumns = 52

// reasonList is the reasons in two columns. In a narrow dialog they are one below the
// other while one is chosen, and then only that one.
func (d *deletion) reasonList(w int) []string {
	n := len(backend.DeletionReasons)
	var lines []string
	switch half := (n + 1) / 2; {
	case w >= twoColumns:
		for i := range half {
			line := d.reasonLine(i)
			if i+half < n {
				line = draw.Pad(line, w/2) + d.reasonLine(i+half)
			}
			lines = append(lines, line)
		}
	case d.part != partReason && d.reason < 0:
		lines = append(lines, d.shell.Look.Muted.Render("  none chosen yet"))
	case d.part != partReason:
		lines = append(lines, d.reasonLine(d.reason))
	default:
		for i := range n {
			lines = append(lines, d.reasonLine(i))
		}
	}
	return lines
}

func (d *deletion) reasonLine(i int) string {
	sh := d.shell
	sign, style := "( )", sh.Look.Text
	if i == d.reason {
		sign, style = "(•)", sh.Look.Strong
		if sh.Look.ASCII {
			sign = "(*)"
		}
	}
	number := fmt.Sprintf("%d ", i+1)
	if !d.hasNumbers() {
		number = ""
	}
	return "  " + style.Render(sign+" "+number+shell.ReasonText(backend.DeletionReasons[i]))
}

func (d *deletion) label(part deletionPart, text string) string {
	if d.part == part {
		return d.shell.Look.Focus.Render(text)
	}
	return d.shell.Look.Text.Render(text)
}

// matchText is how much of the username has been typed, or where it differs.
func (d *deletion) matchText() string {
	typed, wanted := []rune(norm.NFC.String(d.username.Value())), []rune(d.wanted())
	n := 0
	for n < len(typed) && n < len(wanted) && typed[n] == wanted[n] {
		n++
	}
	if n < len(typed) {
		return d.shell.Look.Err.Render(fmt.Sprintf("  %s differs from character %d on", d.shell.Look.No, n+1))
	}
	return d.shell.Look.Muted.Render(fmt.Sprintf("  %d of %d characters match", n, len(wanted)))
}

// missing is the first thing for want of which nothing can be deleted yet.
func (d *deletion) missing() string {
	switch {
	case d.reason < 0:
		return "no reason chosen"
	case d.isUnexplained():
		return "no explanation"
	}
	return "address missing"
}

func (d *deletion) buttons() string {
	sh := d.shell
	cancel, del := sh.Button("Cancel", d.part == partCancel, false), sh.Button("Delete account", d.part == partDelete, true)
	switch {
	case sh.Work.Busy(deletingAccount):
		return sh.Look.Info.Render("Deleting…")
	case d.isIncomplete() && sh.Room != shell.Compact:
		del = sh.Look.Faint.Render("< Delete account >  locked: " + d.missing())
	case d.isIncomplete():
		del = sh.Look.Faint.Render("< Delete account >  locked")
	}
	if sh.Room == shell.Compact {
		return cancel + " " + del
	}
	return cancel + "    " + del
}

func (d *deletion) doneLines(w int) []string {
	sh := d.shell
	lines := []string{sh.Look.OK.Render(sh.Look.Yes) + " " + sh.Look.Strong.Render("The account is deleted"), ""}
	lines = append(lines, d.dotted(d.removed)...)
	lines = append(append(lines, ""), sh.Lines(sh.Look.Muted, "The reason is kept as "+d.slug()+".", w)...)
	return append(append(lines, sh.Lines(sh.Look.Text, safe.Text(d.email())+" can be used again.", w)...), "")
}

// dotted is a list with a dot before each line.
func (d *deletion) dotted(list []string) []string {
	var lines []string
	for _, line := range list {
		lines = append(lines, "  "+d.shell.Look.Dot+" "+line)
	}
	return lines
}
