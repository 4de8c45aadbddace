package ui

import (
	"fmt"

	"golang.org/x/text/unicode/norm"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

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
		c.keys = []keymap.ID{keymap.ReadClose}
	}
	return c
}

func (e *erase) first(w int) []string {
	d := e.d
	lines := []string{d.Strong.Render(draw.Cut(safe.Text(d.profile.Customer.FullName())+" "+d.Left+safe.Text(e.username())+d.Right, w)), "", "This removes for good:", ""}
	for _, line := range e.goes() {
		lines = append(lines, "  "+d.Dot+" "+line)
	}
	return append(lines, "", d.Warn.Render(d.Attention+" There is no undo."), "", d.Muted.Render(d.keys.Key(keymap.ErasePress)+" goes on; nothing is deleted yet"))
}

func (e *erase) second(w, h int) (lines []string, keep int) {
	d := e.d
	lines = append(lines, e.label(partReason, "Why are you leaving?")+d.Muted.Render("  ↑↓ or 1-9"))
	at := len(lines)
	lines, at = append(lines, e.options(w)...), at+max(0, e.reason)%len(e.options(w))
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
		style, sign := d.failed(e.lost)
		lines = append(lines, d.lines(style, sign+" "+safe.Text(e.refusal), w)...)
	}
	lines = append(lines, "", e.buttons())
	keep = [...]int{at, words, len(lines) - 3, len(lines) - 1, len(lines) - 1}[e.part]
	return lines, keep
}

// options are the reasons: in two columns, or in little room one below the
// other while they are chosen from, and the chosen one alone after.
func (e *erase) options(w int) []string {
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
		return []string{e.d.Muted.Render("  none chosen yet")}
	case e.part != partReason:
		return []string{e.option(e.reason)}
	}
	var lines []string
	for i := range n {
		lines = append(lines, e.option(i))
	}
	return lines
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
	case e.reason < 0 && d.class != compact:
		del = d.Faint.Render("( Delete account )  locked: no reason chosen")
	case e.locked():
		del = d.Faint.Render("( Delete account )  locked")
	case e.part == partDelete:
		del = d.Danger.Render("[ Delete account ]")
	}
	if d.class == compact {
		return cancel + " " + del
	}
	return cancel + "    " + del
}

func (e *erase) third(w int) []string {
	d := e.d
	lines := []string{d.OK.Render(d.Yes) + " " + d.Strong.Render("The account is deleted"), ""}
	for _, line := range e.summary {
		lines = append(lines, "  "+d.Dot+" "+line)
	}
	return append(lines, "", draw.Cut(safe.Text(e.username())+" is free again.", w), "")
}
