package accounts

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
)

// typedMsg: nothing may have been typed for a while.
type typedMsg struct {
	of    *screen
	typed int
}

// Type takes a key of the text to find. The backend finds it, once typing pauses.
func (s *screen) Type(msg tea.KeyMsg) tea.Cmd {
	before := s.find.Text()
	if s.find.Type(msg); s.find.Text() == before {
		return nil
	}
	s.typed++
	return s.shell.After(shell.TypingPause, typedMsg{s, s.typed})
}

// narrow reads the list from the beginning, where the text to find is another one.
func (s *screen) narrow() tea.Cmd {
	if s.kept.text == s.find.Text() {
		return nil
	}
	s.kept.text = s.find.Text()
	return s.readPlace(theBeginning, "")
}

// toggleProblems shows only the accounts with a problem, or all.
func (s *screen) toggleProblems() tea.Cmd {
	s.kept.problems = !s.kept.problems
	return s.reorder()
}

// showAll shows all accounts again.
func (s *screen) showAll() tea.Cmd {
	if !s.isNarrowed() {
		return nil
	}
	s.find.Clear()
	s.kept.text, s.kept.problems = "", false
	return s.reorder()
}

// back undoes one thing at a time.
func (s *screen) back() tea.Cmd {
	if s.kept.text != "" {
		s.find.Clear()
		s.kept.text = ""
		return s.reorder()
	}
	return s.showAll()
}

// isNarrowed reports whether accounts may be hidden.
func (s *screen) isNarrowed() bool { return s.kept.text != "" || s.kept.problems }

// order is what the list is sorted by, and whether from the other end.
func (s *screen) order() (by backend.AccountSort, isDown bool) {
	column, isDown := s.columns.Sort()
	return sorts[column], isDown
}

// resort reads the list in its new order, around the account under the cursor.
func (s *screen) resort() tea.Cmd {
	if s.isRead && s.part.query == s.query() {
		return nil // only other columns are shown
	}
	a, ok := s.current()
	if !ok {
		return s.readPlace(theBeginning, "")
	}
	return s.readPlace(anAccount, a.ID)
}

// reorder reads the list as it is to be shown now. The cursor stays on its account, where it
// is still shown.
func (s *screen) reorder() tea.Cmd {
	a, ok := s.current()
	if !ok || s.kept.problems || !s.hasReach() {
		return s.readPlace(theBeginning, a.ID)
	}
	return s.readPlace(anAccount, a.ID)
}
