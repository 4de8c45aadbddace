package activity

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/export"
	"github.com/account-settings/pinghome/ui/shell"
)

// newActions makes the actions of the list.
func (s *screen) newActions() []shell.Action {
	list := append(s.newEntryActions(s.current), []shell.Action{
		{ID: keymap.Open, Do: s.withCurrent(s.open), Off: s.whyNoEntry, Place: s.inList(1)},
		{ID: keymap.FilterKinds, Do: s.openFilter, Place: s.inList(4)},
		{ID: keymap.ClearKinds, Do: s.showAll, Place: s.ifHidden(1)},
		{ID: keymap.Export, Do: s.openExport, Off: s.whyNoEntry, Place: s.inList(6)},
		{ID: keymap.FindText, Do: s.find.Begin, Place: s.inList(5)},
		{ID: keymap.ShowValues, Place: s.inList(7)},
		{ID: keymap.Refresh, Place: s.refreshPlace},
		{ID: keymap.Back, Do: s.back},
	}...)
	columns := s.columns.Actions(s.shell, keymap.Activity, func() tea.Cmd { return nil })
	for _, a := range columns { // the order is always that of time: most entries are not read
		if a.ID == keymap.ChooseColumns {
			list = append(list, a)
		}
	}
	list = append(list, shell.MoveActions(func(id keymap.ID) tea.Cmd { s.list.Move(id); return nil })...)
	return shell.AndThen(list, s.readMoreCmd)
}

// newEntryActions makes the actions on one entry, the one that find returns. Do is always about
// the entry under the cursor.
func (s *screen) newEntryActions(find func() (backend.JournalEntry, bool)) []shell.Action {
	whyMissing := func() string {
		if _, ok := find(); !ok {
			return s.whyNoEntry()
		}
		return ""
	}
	return []shell.Action{
		{ID: keymap.UndoEntry, Do: s.withCurrent(s.askUndo), Off: func() string {
			e, ok := find()
			if !ok {
				return s.whyNoEntry()
			}
			return s.whyNoUndo(e)
		}, Place: s.inList(2)},
		{ID: keymap.ShowThen, Do: s.withCurrent(func(e backend.JournalEntry) tea.Cmd { return s.shell.OpenPast(e.At.Add(-1)) }),
			Off: func() string {
				if why := whyMissing(); why != "" {
					return why
				}
				return s.shell.Session.Lacks(backend.FeatureUndo)
			}, Place: s.inList(3)},
		{ID: keymap.Copy, Do: s.withCurrent(func(e backend.JournalEntry) tea.Cmd { return s.shell.CopyCmd("what was changed", s.text(e)) }), Off: whyMissing},
		{ID: keymap.CopyRecord, Do: s.withCurrent(s.copyCmd), Off: whyMissing},
	}
}

// withCurrent does something with the entry under the cursor.
func (s *screen) withCurrent(do func(backend.JournalEntry) tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		e, _ := s.current()
		return do(e)
	}
}

// whyNoUndo says why an entry cannot be taken back, "" when it may be.
func (s *screen) whyNoUndo(e backend.JournalEntry) string {
	switch {
	case s.shell.Session.Lacks(backend.FeatureUndo) != "":
		return s.shell.Session.Lacks(backend.FeatureUndo)
	case s.undone[e.ID]:
		return "This was taken back already."
	case !e.CanUndo():
		return "This has no way back: it changed no settings, or what was before is not kept."
	}
	return ""
}

// questionWidth is the room of a line in a question, in cells.
const questionWidth = 56

// askUndo asks before an entry is taken back: it may be another person's, or an old one.
func (s *screen) askUndo(e backend.JournalEntry) tea.Cmd {
	sh := s.shell
	lines := []string{sh.Look.Text.Render(shell.ActorText(e) + ", " + shell.Stamp(sh.Now, e.At) + ":")}
	for _, line := range draw.Wrap(sh.ChangeText(e), questionWidth) {
		lines = append(lines, sh.Look.Strong.Render(line))
	}
	lines = append(lines, "", sh.Look.Muted.Render("It becomes again:"))
	for _, c := range e.Changes() {
		lines = append(lines, sh.Look.Text.Render(draw.Cut(shell.PartName(c)+": "+sh.PartText(c, c.Before), questionWidth)))
	}
	sh.Ask(shell.Question{Title: "Undo this change?", Lines: lines, Keep: "Keep", DoIt: "Undo",
		Action: func() tea.Cmd { return sh.UndoEntryCmd(e.ID) }})
	return nil
}

// copyCmd copies an entry as a JSON object, as the export has it.
func (s *screen) copyCmd(e backend.JournalEntry) tea.Cmd {
	return s.shell.CopyTextCmd("the entry as JSON", export.JSON(export.OfEntry(e)))
}

// The places of actions in the footer; 0 for none.

func (s *screen) inList(place int) func() int {
	return func() int {
		if len(s.shown) == 0 {
			return 0
		}
		return place
	}
}

func (s *screen) ifHidden(place int) func() int {
	return func() int {
		if s.isRead && len(s.shown) == 0 && s.isNarrowed() {
			return place
		}
		return 0
	}
}

func (s *screen) refreshPlace() int {
	if len(s.shown) == 0 {
		return 2
	}
	return 0
}
