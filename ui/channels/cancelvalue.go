package channels

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// valueCancelledMsg: a new value that waited for its code was given up, or err says why not.
type valueCancelledMsg struct {
	was    backend.Channel
	update backend.ChannelUpdate
	err    error
}

// whyNoneWaits says why there is no new value to give up, "" when there is one.
func whyNoneWaits(ch backend.Channel) string {
	switch {
	case state.IsOldInForce(ch):
		return ""
	case ch.Verified:
		return fmt.Sprintf("No new value of channel %d waits for a code.", ch.Priority)
	}
	return fmt.Sprintf("Channel %d has no value that works yet: there is none to keep.", ch.Priority)
}

// cancelValueCmd gives up the new value of a channel. Setting the value in force again does
// that, and needs no code.
func cancelValueCmd(sh *shell.Shell, ch backend.Channel) tea.Cmd {
	view := sh.Session.View
	return sh.Change("cancel value", func(ctx context.Context) tea.Msg {
		m := valueCancelledMsg{was: ch}
		m.err = shell.AsShown(ctx, view, shell.One(ch), func(ctx context.Context) (err error) {
			m.update, err = view.UpdateChannel(ctx, ch.Priority, ch.ActiveValue, nil)
			return err
		})
		return m
	})
}

func (m valueCancelledMsg) applyTo(s *screen) tea.Cmd {
	if m.err != nil {
		s.shell.Fail("The new value was not dropped", m.err)
		return s.shell.Reload()
	}
	return tea.Batch(editedMsg{was: m.was, update: m.update}.applyTo(s), s.shell.Reload())
}
