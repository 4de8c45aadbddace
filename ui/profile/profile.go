// Package profile is the first screen: who the customer is, the limits of their plan, how
// they are reached, and what was sent to them last.
//
// In reading order:
//
//   - profile.go: the screen, what it reads, and the messages it handles
//   - rows.go: what the cursor can be on
//   - verified.go: whether a code verified the username
//   - actions.go: what can be done, and when
//   - name.go, username.go, deletion.go: change the name and undo that, change the
//     username with a code or cancel that, delete the account (reasons.go: why)
//   - view.go, parts.go, limits.go, reach.go, lately.go, deletionview.go: what is drawn;
//     deletionspots.go: where the mouse can be used on the deletion
package profile

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// screen is the Profile screen. The profile that was read is in the session of the
// shell.
type screen struct {
	shell        *shell.Shell
	err          error        // of the last reading
	at           string       // the name of the row under the cursor
	list         shell.List   // its place among the rows
	spots        []shell.Spot // of what was drawn last
	lately       int          // how many messages were
	verification verification // of the username
	actions      []shell.Action
}

// result is a message of this package: something that was started on the screen has
// ended. Its type and what it changes stand in the file that started it.
type result interface {
	applyTo(s *screen) tea.Cmd
}

// New returns the screen for the account that the shell has open.
func New(sh *shell.Shell) shell.Screen {
	s := &screen{shell: sh}
	s.actions = s.newActions()
	return s
}

func (s *screen) Init() tea.Cmd             { return s.Load() }
func (s *screen) Title() string             { return "Profile" }
func (s *screen) Badge() []shell.Part       { return nil }
func (s *screen) Scope() keymap.Scope       { return keymap.Profile }
func (s *screen) TypingScope() keymap.Scope { return "" }
func (s *screen) Type(tea.KeyMsg) tea.Cmd   { return nil }
func (s *screen) Actions() []shell.Action   { return s.actions }

// Load reads the profile.
func (s *screen) Load() tea.Cmd {
	view := s.shell.Session.View
	return s.shell.Load(shell.ReadingProfile, func(ctx context.Context) tea.Msg {
		profile, err := view.Profile(ctx)
		return shell.ProfileReadMsg{Profile: profile, Err: err}
	})
}

// Update takes the profile that was read into the session, and handles results.
func (s *screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case shell.ProfileReadMsg:
		s.profileRead(msg)
	case journalReadMsg:
		s.journalRead(msg)
	case result:
		return msg.applyTo(s)
	}
	return s.askJournal()
}

func (s *screen) profileRead(msg shell.ProfileReadMsg) {
	s.err = msg.Err
	if msg.Err != nil {
		s.shell.FailRead("The profile could not be read", msg.Err)
		return
	}
	session := &s.shell.Session
	session.Profile, session.Revision, session.MayBeDeleted = &msg.Profile, msg.Profile.Revision, false
	s.shell.Connected()
}

// pending is the username change that waits for its code; nil when there is none, or
// when the profile has not been read.
func (s *screen) pending() *backend.PendingUsername {
	if s.shell.Session.Profile == nil {
		return nil
	}
	return s.shell.Session.Profile.Pending
}
