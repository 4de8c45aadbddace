package profile

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/verify"
)

// usernameRequestedMsg: a code was sent to the new username. The profile has it as
// pending.
type usernameRequestedMsg struct {
	profile backend.Profile
	isLeft  bool // the form was left before
}

// Left leaves the code for later.
func (m usernameRequestedMsg) Left() tea.Msg { m.isLeft = true; return m }

// usernameCancelledMsg: the pending username was cancelled, or err says why not.
type usernameCancelledMsg struct{ err error }

// usernameForm starts a change of the username.
func usernameForm(sh *shell.Shell) *shell.FormDialog {
	view, current := sh.Session.View, backend.ReadableEmail(sh.Session.Profile.Customer.Email)
	return &shell.FormDialog{
		Name: "username", Title: "Change username",
		Form: form.New(form.Entry{Name: "email", Label: "New email", Field: form.NewInput("", "name@example.org"), Check: form.Fault(backend.CleanEmail)}),
		Note: func() string {
			return "A code is sent to the new address. Until it is entered, " + current + " stays the username."
		},
		Save: func(values map[string]string) func(context.Context) (tea.Msg, error) {
			return func(ctx context.Context) (tea.Msg, error) {
				saved, err := view.ChangeUsername(ctx, values["email"])
				return usernameRequestedMsg{profile: saved}, err
			}
		},
	}
}

// applyTo asks for the code.
func (m usernameRequestedMsg) applyTo(s *screen) tea.Cmd {
	sh := s.shell
	sh.Session.Profile = &m.profile
	sh.Undoable(nil)
	if m.isLeft {
		sh.Tell(shell.Good, "A code was sent to the new username.")
		return nil
	}
	verify.OpenCode(sh, verify.Username(sh, m.profile.Pending), "")
	return nil
}

// askCancel asks before the pending username is cancelled.
func (s *screen) askCancel() tea.Cmd {
	sh := s.shell
	sh.Ask(shell.Question{Title: "Cancel the username change?", Keep: "Keep it", DoIt: "Cancel it",
		Lines: []string{"It was to become " + safe.Text(backend.ReadableEmail(s.pending().Email)) + ".", "Its code stops working."},
		Action: func() tea.Cmd {
			view := sh.Session.View
			return sh.Change("cancel username", func(ctx context.Context) tea.Msg {
				_, err := view.CancelUsername(ctx)
				return usernameCancelledMsg{err}
			})
		},
	})
	return nil
}

func (m usernameCancelledMsg) applyTo(s *screen) tea.Cmd {
	sh := s.shell
	if m.err != nil {
		sh.Fail("The change was not cancelled", m.err)
		return s.Load()
	}
	sh.Undoable(nil)
	sh.Tell(shell.Good, "Cancelled. The username stays as it is.")
	return sh.Reload()
}
