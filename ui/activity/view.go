package activity

import (
	"fmt"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// View draws the table, and in a wide window the entry under the cursor beside it.
func (s *screen) View(w, h int) []string {
	sh := s.shell
	compact := sh.Room == shell.Compact
	switch {
	case s.err != nil && !s.isRead:
		return sh.Problem("The activity could not be read.", s.err, w, h)
	case compact && !s.isRead:
		return draw.Fit(sh.Placeholders(readingActivity, w), w, h)
	case compact && len(s.shown) == 0:
		return s.emptyTable(w, h)
	case compact:
		return draw.Fit(s.rows(w, h), w, h)
	}
	tw := s.tableWidth(w)
	pane := shell.Pane{Title: "Activity", Right: s.countText(), Focused: s.isFront}
	table := pane.Draw(&sh.Look, s.table(tw-2, h-2), tw, h)
	if tw == w {
		return table
	}
	var lines []string
	if e, ok := s.current(); ok {
		for _, line := range s.pageLines(e, w-tw-4) {
			lines = append(lines, " "+line)
		}
	}
	return draw.Beside(table, shell.Pane{Title: "Change"}.Draw(&sh.Look, lines, w-tw, h))
}

// tableWidth is the room of the table: all of it, or two thirds where the entry stands beside it.
func (s *screen) tableWidth(w int) int {
	const wideScreen = 120
	if s.shell.Room >= shell.Wide && w >= wideScreen {
		return w * 2 / 3
	}
	return w
}

func (s *screen) table(w, h int) []string {
	sh := s.shell
	switch {
	case !s.isRead && !sh.Work.Waits(readingActivity, sh.Now):
		return nil
	case s.isRead && len(s.shown) == 0:
		return s.emptyTable(w, h)
	}
	lines := []string{sh.Look.Muted.Render(draw.Pad("  "+s.columns.Head(s.columns.Layout(w-2)), w))}
	if !s.isRead {
		return append(lines, sh.Placeholders(readingActivity, w)...)
	}
	return append(lines, s.rows(w, h-tableHead)...)
}

func (s *screen) rows(w, h int) []string {
	return s.list.Rows(len(s.shown), h, func(i int, atCursor bool) string { return s.row(s.shown[i], atCursor, w) })
}

// emptyTable says why no entry is shown.
func (s *screen) emptyTable(w, h int) []string {
	sh := s.shell
	switch {
	case s.read.next != "":
		return shell.Center([]string{sh.Look.Strong.Render("Still looking"), "", "The journal is long.", "",
			sh.Look.Focus.Render(sh.Keys.Key(keymap.ClearKinds)) + sh.Look.Muted.Render("  shows all of it")}, w, h)
	case !s.isNarrowed():
		return shell.Center([]string{sh.Look.Strong.Render("Nothing was changed yet"), "", "Every change shows here: who made it,", "and how it was before."}, w, h)
	}
	text := "No entry is of these kinds"
	if s.find.Text() != "" {
		text = "No entry has '" + safe.Text(s.find.Text()) + "'"
	}
	return shell.Center([]string{sh.Look.Strong.Render(text), "",
		sh.Look.Focus.Render(sh.Keys.Key(keymap.ClearKinds)) + sh.Look.Muted.Render("  shows all of them")}, w, h)
}

// Spots are the rows of the table.
func (s *screen) Spots(w, _ int) []shell.Spot {
	switch {
	case len(s.shown) == 0 || s.find.IsTyped:
		return nil
	case s.shell.Room == shell.Compact:
		return []shell.Spot{s.list.Spot(0, 0, w, keymap.Open)}
	}
	return []shell.Spot{s.list.Spot(1, 1+tableHead, s.tableWidth(w)-2, keymap.Open)}
}

// countText is how many entries were read, and by what the list is narrowed.
func (s *screen) countText() string {
	if !s.isRead {
		return ""
	}
	return s.narrowed("").Text(s.shell)
}

func (s *screen) narrowed(base string) shell.Narrowed {
	n := len(s.read.entries)
	if base == "" && s.read.next == "" {
		base = "all " + shell.Number(n)
	} else if base == "" {
		base = "the newest " + shell.Number(n)
	}
	return shell.Narrowed{Base: base, Shown: len(s.shown), Total: n, Find: s.find.Text(), Filter: s.filter.Words()}
}

// Status is the text that is being typed, and where the cursor is. "+" says that there are more.
func (s *screen) Status() (left shell.Part, right string) {
	sh := s.shell
	if n := len(s.shown); n > 0 {
		right = fmt.Sprintf("%d/%d", s.list.At+1, n)
		if s.read.next != "" {
			right += "+"
		}
	}
	if sh.Room == shell.Compact && s.isRead {
		right = s.narrowed(right).Text(sh)
	}
	if s.find.IsTyped {
		left = s.find.Prompt(sh)
	}
	return left, right
}
