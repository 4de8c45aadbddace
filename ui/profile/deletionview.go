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

func (e *deletion) Card(w, h int) shell.Card {
	c := shell.Card{Keys: []keymap.ID{keymap.DeletionNext, keymap.DeletionPress, keymap.DeletionClose}}
	switch e.step {
	case 0:
		c.Title, c.Lines = "Delete account "+e.shell.Look.Dot+" step 1 of 3", e.first(w)
		c.Keys = c.Keys[1:]
	case 1:
		c.Title = "Delete account " + e.shell.Look.Dot + " step 2 of 3"
		c.Lines, c.Keep = e.second(w, h)
	default:
		c.Title, c.Lines = "Delete account "+e.shell.Look.Dot+" step 3 of 3", e.third(w)
		c.Keys = []keymap.ID{keymap.ReadClose}
	}
	return c
}

func (e *deletion) first(w int) []string {
	sh := e.shell
	lines := []string{sh.Look.Strong.Render(draw.Cut(safe.Text(sh.Session.Profile.Customer.FullName())+" "+sh.Look.Left+safe.Text(e.username())+sh.Look.Right, w)), "", "This removes for good:", ""}
	for _, line := range e.goes() {
		lines = append(lines, "  "+sh.Look.Dot+" "+line)
	}
	return append(lines, "", sh.Look.Warn.Render(sh.Look.Attention+" There is no undo."), "", sh.Look.Muted.Render(sh.Keys.Key(keymap.DeletionPress)+" goes on; nothing is deleted yet"))
}

func (e *deletion) second(w, h int) (lines []string, keep int) {
	sh := e.shell
	lines = append(lines, e.label(partReason, "Why are you leaving?")+sh.Look.Muted.Render("  ↑↓ or 1-9"))
	at := len(lines)
	lines, at = append(lines, e.options(w)...), at+max(0, e.reason)%len(e.options(w))
	if e.isOther() {
		lines = append(lines, e.label(partExplanation, "> ")+e.explanation.View(sh.Look, w-2, e.part == partExplanation)[0], sh.Look.Faint.Render("  becomes "+e.slug()))
	}
	words := len(lines) - 2
	lines = append(lines, "")
	for _, l := range draw.Wrap("Type "+safe.Text(e.username())+" to confirm:", w) {
		lines = append(lines, e.label(partName, l))
	}
	lines = append(lines, sh.Look.Focus.Render("> ")+e.name.View(sh.Look, w-2, e.part == partName)[0], e.matching())
	if e.refusal != "" {
		style, sign := sh.FailedSign(e.lost)
		lines = append(lines, sh.Lines(style, sign+" "+safe.Text(e.refusal), w)...)
	}
	lines = append(lines, "", e.buttons())
	keep = [...]int{at, words, len(lines) - 3, len(lines) - 1, len(lines) - 1}[e.part]
	return lines, keep
}

// options are the reasons: in two columns, or in little room one below the
// other while they are chosen from, and the chosen one alone after.
func (e *deletion) options(w int) []string {
	n := len(backend.DeletionReasons)
	if w >= 52 {
		half := (n + 1) / 2
		var lines []string
		for i := range half {
			line := e.option(i)
			if i+half < n {
				line = draw.Pad(line, w/2) + e.option(i+half)
			}
			lines = append(lines, line)
		}
		return lines
	}
	switch {
	case e.part != partReason && e.reason < 0:
		return []string{e.shell.Look.Muted.Render("  none chosen yet")}
	case e.part != partReason:
		return []string{e.option(e.reason)}
	}
	var lines []string
	for i := range n {
		lines = append(lines, e.option(i))
	}
	return lines
}

func (e *deletion) label(part int, words string) string {
	if e.part == part {
		return e.shell.Look.Focus.Render(words)
	}
	return e.shell.Look.Text.Render(words)
}

func (e *deletion) option(i int) string {
	sign := "( )"
	style := e.shell.Look.Text
	if i == e.reason {
		sign, style = "(•)", e.shell.Look.Strong
		if e.shell.Look.ASCII {
			sign = "(*)"
		}
	}
	return "  " + style.Render(fmt.Sprintf("%s %d %s", sign, i+1, backend.DeletionReasons[i]))
}

// matching says how much of the name is right so far.
func (e *deletion) matching() string {
	typed, want := []rune(norm.NFC.String(e.name.Value())), []rune(norm.NFC.String(e.username()))
	n := 0
	for n < len(typed) && n < len(want) && typed[n] == want[n] {
		n++
	}
	if n < len(typed) {
		return e.shell.Look.Err.Render(fmt.Sprintf("  %s differs from character %d on", e.shell.Look.No, n+1))
	}
	return e.shell.Look.Muted.Render(fmt.Sprintf("  %d of %d characters match", n, len(want)))
}

func (e *deletion) buttons() string {
	sh := e.shell
	cancel, del := sh.Look.Button.Render("( Cancel )"), sh.Look.Button.Render("( Delete account )")
	if e.part == partCancel {
		cancel = sh.Look.Primary.Render("[ Cancel ]")
	}
	switch {
	case sh.Work.Busy(deletingAccount):
		return sh.Look.Info.Render("Deleting…")
	case e.reason < 0 && sh.Room != shell.Compact:
		del = sh.Look.Faint.Render("( Delete account )  locked: no reason chosen")
	case e.locked():
		del = sh.Look.Faint.Render("( Delete account )  locked")
	case e.part == partDelete:
		del = sh.Look.Danger.Render("[ Delete account ]")
	}
	if sh.Room == shell.Compact {
		return cancel + " " + del
	}
	return cancel + "    " + del
}

func (e *deletion) third(w int) []string {
	sh := e.shell
	lines := []string{sh.Look.OK.Render(sh.Look.Yes) + " " + sh.Look.Strong.Render("The account is deleted"), ""}
	for _, line := range e.summary {
		lines = append(lines, "  "+sh.Look.Dot+" "+line)
	}
	return append(lines, "", draw.Cut(safe.Text(e.username())+" is free again.", w), "")
}
