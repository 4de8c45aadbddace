package accounts

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/export"
	"github.com/account-settings/pinghome/ui/shell"
)

func (s *screen) newActions() []shell.Action {
	list := []shell.Action{
		{ID: keymap.Open, Do: s.open, Off: s.whyNoAccount, Place: s.inList(1)},
		{ID: keymap.FindText, Do: s.find.Begin, Place: shell.At(2)},
		{ID: keymap.OnlyProblems, Do: s.toggleProblems, Off: s.whyNoReach, Place: s.withReach(shell.At(3))},
		{ID: keymap.AllAccounts, Do: s.showAll, Place: s.narrowedPlace},
		{ID: keymap.Copy, Do: s.copyCmd, Off: s.whyNoAccount, Place: s.inList(6)},
		{ID: keymap.CopyRecord, Do: s.copyRecordCmd, Off: s.whyNoAccount},
		{ID: keymap.ShowValues, Place: s.inList(7)},
		{ID: keymap.Refresh, Place: s.refreshPlace},
		{ID: keymap.Back, Do: s.back},
	}
	list = append(append(list, s.columnActions()...), shell.MoveActions(s.move)...)
	return shell.AndThen(list, s.readOn)
}

// columnActions are those of the table. Rows are sorted by the backend.
func (s *screen) columnActions() []shell.Action {
	list := s.columns.Actions(s.shell, keymap.Accounts, s.resort)
	for i := range list {
		if list[i].ID != keymap.ChooseColumns {
			list[i].Off = s.whyNoReach
		}
		if list[i].ID == keymap.SortNext {
			list[i].Place = s.withReach(s.inList(4))
		}
	}
	return list
}

// newFinding makes the actions while the text to find is typed.
func (s *screen) newFinding() []shell.Action {
	end := func() tea.Cmd {
		s.find.IsTyped = false
		return s.narrow()
	}
	return []shell.Action{
		{ID: keymap.FindKeep, Do: end, Place: shell.At(1)},
		{ID: keymap.FindClear, Do: func() tea.Cmd { s.find.Clear(); return end() }, Place: shell.At(2)},
	}
}

// move moves the cursor. The ends of the list are read where they were not.
func (s *screen) move(id keymap.ID) tea.Cmd {
	switch {
	case id == keymap.Top && s.part.before != "":
		return s.readPlace(theBeginning, "")
	case id == keymap.Bottom && s.part.after != "":
		return s.readPlace(theEnd, "")
	}
	s.list.Move(id)
	return nil
}

// open opens the account under the cursor.
func (s *screen) open() tea.Cmd {
	a, _ := s.current()
	return func() tea.Msg { return shell.OpenAccountMsg{ID: a.ID} }
}

func (s *screen) copyCmd() tea.Cmd {
	a, _ := s.current()
	return s.shell.CopyCmd("the email", a.Email)
}

func (s *screen) copyRecordCmd() tea.Cmd {
	a, _ := s.current()
	return s.shell.CopyTextCmd("the account as JSON", export.Account(a.AccountSummary))
}

// whyNoAccount says why no account is shown, "" when one is.
func (s *screen) whyNoAccount() string {
	sh := s.shell
	switch _, ok := s.current(); {
	case ok:
		return ""
	case !s.isRead && s.err != nil:
		return fmt.Sprintf("The accounts could not be read. %s tries again.", sh.Keys.Key(keymap.Refresh))
	case !s.isRead:
		return sh.Unread("The accounts have")
	}
	return fmt.Sprintf("No account is shown. %s shows all of them.", sh.Keys.Key(keymap.AllAccounts))
}

func (s *screen) whyNoReach() string { return s.shell.Session.Lacks(backend.FeatureReach) }

// The places of actions in the footer; 0 for none.

func (s *screen) inList(place int) func() int {
	return func() int {
		if _, ok := s.current(); ok {
			return place
		}
		return 0
	}
}

// withReach is a place of what cannot be done where the reach is not told.
func (s *screen) withReach(place func() int) func() int {
	return func() int {
		if !s.hasReach() {
			return 0
		}
		return place()
	}
}

func (s *screen) narrowedPlace() int {
	switch _, ok := s.current(); {
	case !s.isNarrowed():
		return 0
	case ok:
		return 8
	}
	return 1
}

func (s *screen) refreshPlace() int {
	if !s.isRead && s.err != nil {
		return 1
	}
	return 0
}
