package profile

import (
	"fmt"
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// row is what the cursor can be on: a fact of the account, a channel or a message.
type row struct {
	name  string // names it while others come and go
	what  string // it is, in a sentence
	value string // what copying takes
	open  tea.Cmd
}

// The names of the rows of the account. That of a channel is its priority; see messageRow.
const (
	rowUsername = "username"
	rowName     = "name"
	rowID       = "id"
)

// rows lists what the cursor can be on, from top to bottom; none before the profile is read.
func (s *screen) rows() []row {
	profile := s.shell.Session.Profile
	if profile == nil {
		return nil
	}
	act := func(id keymap.ID) tea.Cmd { return func() tea.Msg { return shell.ActMsg{ID: id} } }
	c := profile.Customer
	rows := []row{
		{rowUsername, "the username", c.Email, act(keymap.ChangeUsername)},
		{rowName, "the name", c.FullName(), act(keymap.EditName)},
		{rowID, "the id of the account", c.ID, nil},
	}
	for _, ch := range s.shell.Session.Channels {
		name := strconv.Itoa(ch.Priority)
		show := func() tea.Msg { return shell.GoToMsg{Screen: keymap.Channels, Row: name} }
		rows = append(rows, row{name, fmt.Sprintf("the value of channel %d", ch.Priority), ch.InForce(), show})
	}
	for _, m := range s.lastMessages(s.lately) {
		show := func() tea.Msg { return shell.GoToMsg{Screen: keymap.Messages, Row: m.ID} }
		rows = append(rows, row{messageRow(m), "the address of the message", m.To, show})
	}
	return rows
}

// current returns the row under the cursor; false when there is none.
func (s *screen) current() (row, bool) {
	rows := s.rows()
	if len(rows) == 0 {
		return row{}, false
	}
	return rows[s.index(rows)], true
}

// index is where the cursor is. A row that has gone leaves it where it was, as far as possible.
func (s *screen) index(rows []row) int {
	if i := slices.IndexFunc(rows, func(r row) bool { return r.name == s.at }); i >= 0 {
		s.list.At = i
	}
	s.list.Fit(len(rows), s.list.H)
	s.at = rows[s.list.At].name
	return s.list.At
}

// isAt reports whether the cursor is on the row with this name, "" for none.
func (s *screen) isAt(name string) bool { return name != "" && name == s.at }

// moveBy moves the cursor by so many rows, up for a negative number.
func (s *screen) moveBy(n int) {
	if rows := s.rows(); len(rows) > 0 {
		s.list.At = s.index(rows) + n
		s.list.Fit(len(rows), s.list.H)
		s.at = rows[s.list.At].name
	}
}

// move does an action that moves the cursor.
func (s *screen) move(id keymap.ID) tea.Cmd {
	if rows := s.rows(); len(rows) > 0 {
		s.index(rows)
		s.list.Move(id)
		s.at = rows[s.list.At].name
	}
	return nil
}

// openCmd shows the channel or message under the cursor on its screen, or opens the form of
// a fact.
func (s *screen) openCmd() tea.Cmd {
	r, _ := s.current()
	return r.open
}

// copyCmd copies the value under the cursor.
func (s *screen) copyCmd() tea.Cmd {
	r, _ := s.current()
	return s.shell.CopyCmd(r.what, r.value)
}

// whyNotOpened says why the row under the cursor cannot be opened, "" when it can.
func (s *screen) whyNotOpened() string {
	if r, ok := s.current(); ok && r.open == nil {
		return fmt.Sprintf("The id cannot be changed. %s copies it.", s.shell.Keys.Key(keymap.Copy))
	}
	return s.whyUnread()
}
