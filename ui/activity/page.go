package activity

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// open shows an entry as a page of its own, with the actions of its row.
func (s *screen) open(e backend.JournalEntry) tea.Cmd {
	r := shell.NewReader(s.shell, shell.Capitalized(shell.ActionText(e)), func(w int) []string { return s.pageLines(e, w) })
	list := append(s.newEntryActions(func() (backend.JournalEntry, bool) { return e, true }), shell.Action{ID: keymap.ShowValues})
	places := map[keymap.ID]int{keymap.UndoEntry: 1, keymap.ShowThen: 2, keymap.Copy: 3}
	for i, a := range list {
		list[i].Place = shell.At(places[a.ID])
	}
	r.Actions = shell.PageActions{Scope: keymap.Activity, List: list,
		Do: func(id keymap.ID) tea.Cmd {
			if at := s.indexOf(e.ID); at >= 0 {
				s.list.At = at
			}
			return func() tea.Msg { return shell.ActMsg{ID: id} }
		}}
	s.shell.Open(r)
	return nil
}

const labelWidth = 10

// pageLines are a whole entry: who, when and what, and every part of the settings before and
// after.
func (s *screen) pageLines(e backend.JournalEntry, w int) []string {
	sh := s.shell
	line := func(label, text string) (lines []string) {
		for i, part := range draw.Wrap(text, max(1, w-labelWidth)) {
			if i > 0 {
				label = ""
			}
			lines = append(lines, sh.Look.Muted.Render(draw.Pad(label, labelWidth))+sh.Look.Text.Render(part))
		}
		return lines
	}
	when := shell.Stamp(sh.Now, e.At)
	if ago := sh.Ago(e.At); !strings.Contains(when, ago) { // else times are told in this way
		when += " " + sh.Look.Dot + " " + ago
	}
	lines := line("When", when)
	by := safe.Text(e.Actor)
	if e.Address != "" {
		by += " from " + safe.Text(e.Address)
	}
	lines = append(lines, line("Who", by)...)
	lines = append(lines, line("What", strings.TrimSuffix(shell.ActionText(e)+": "+safe.Text(e.Detail), ": "))...)
	if s.undone[e.ID] {
		lines = append(lines, line("", "taken back since")...)
	}
	for _, c := range e.Changes() {
		lines = append(lines, "", sh.Look.Strong.Render(draw.Cut(shell.PartName(c), w)))
		lines = append(lines, line("before", sh.PartText(c, c.Before))...)
		lines = append(lines, line("after", sh.PartText(c, c.After))...)
	}
	return lines
}
