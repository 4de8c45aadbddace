package activity

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// keptKinds are the kinds that the filter keeps, nil for all.
func (s *screen) keptKinds() (kept []string) {
	if s.filter.IsAll() {
		return nil
	}
	for _, kind := range shell.EntryKinds {
		if s.filter.Keeps(kind) {
			kept = append(kept, kind)
		}
	}
	return shell.JournalKinds(kept)
}

// narrow sets the entries that are shown: those that pass the filter and have the text to find.
// The cursor stays on its entry, but at the top it stays at the top, so that new ones are seen.
func (s *screen) narrow() {
	at, ok := s.current()
	s.shown = nil
	for _, e := range s.read.entries {
		if s.filter.Keeps(shell.EntryKind(e)) && s.find.Has(s.searched(e)) {
			s.shown = append(s.shown, e)
		}
	}
	if i := s.indexOf(at.ID); ok && s.list.At > 0 && i >= 0 {
		s.list.At = i
	}
	s.list.Fit(len(s.shown), s.list.H)
}

// searched is the line in which a text is found: what is on the screen, and the values in full.
func (s *screen) searched(e backend.JournalEntry) string {
	parts := []string{e.Actor, shell.ActorText(e), e.Address, e.Action, shell.ActionText(e), e.Detail, s.shell.ChangeText(e)}
	parts = slices.Concat(parts, e.Before.SearchText(), e.After.SearchText())
	return strings.Join(parts, "\n")
}

func (s *screen) indexOf(id string) int {
	for i, e := range s.shown {
		if e.ID == id {
			return i
		}
	}
	return -1
}

// current returns the entry under the cursor; false when none is shown.
func (s *screen) current() (backend.JournalEntry, bool) {
	if s.list.At >= len(s.shown) {
		return backend.JournalEntry{}, false
	}
	return s.shown[s.list.At], true
}

// isNarrowed reports whether entries may be hidden.
func (s *screen) isNarrowed() bool { return !s.filter.IsAll() || s.find.Text() != "" }

// showAll shows all entries again.
func (s *screen) showAll() tea.Cmd {
	s.find.Clear()
	s.filter = shell.Filter{}
	s.narrow()
	return s.readAsNarrowed()
}

// back undoes one thing at a time: it empties the text to find, then shows all kinds.
func (s *screen) back() tea.Cmd {
	if s.find.Text() == "" {
		return s.showAll()
	}
	s.find.Clear()
	s.narrow()
	return s.readAsNarrowed()
}

// whyNoEntry says why no entry is shown, "" when one is.
func (s *screen) whyNoEntry() string {
	sh := s.shell
	switch _, ok := s.current(); {
	case ok:
		return ""
	case !s.isRead && s.err != nil:
		return fmt.Sprintf("The activity could not be read. %s tries again.", sh.Keys.Key(keymap.Refresh))
	case !s.isRead:
		return sh.Unread("The activity has")
	case s.isNarrowed():
		return fmt.Sprintf("No entry is shown. %s shows all of them.", sh.Keys.Key(keymap.ClearKinds))
	}
	return "Nothing was changed yet."
}

// openFilter opens the dialog that filters the entries by their kinds.
func (s *screen) openFilter() tea.Cmd {
	rows := make([]shell.FilterRow, len(shell.EntryKinds))
	for i, kind := range shell.EntryKinds {
		isRead := s.read.kinds == nil || slices.Contains(s.read.kinds, kind)
		rows[i].Word, rows[i].More = kind, s.read.next != "" || s.read.match != "" || !isRead
		for _, e := range s.read.entries {
			if shell.EntryKind(e) == kind {
				rows[i].Count++
			}
		}
	}
	s.shell.OpenFilter("Kinds", rows, s.filter, func(f shell.Filter) tea.Cmd {
		s.filter = f
		s.narrow()
		return s.readAsNarrowed()
	})
	return nil
}
