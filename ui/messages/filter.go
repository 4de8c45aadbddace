package messages

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// states are those of the filter, in its order.
var states = []backend.MessageState{backend.StateQueued, backend.StateHeld, backend.StateSent, backend.StateFailed, backend.StateUnknown}

// openFilter opens the dialog that filters the messages by their states.
func (s *screen) openFilter() tea.Cmd {
	sh := s.shell
	rows := make([]shell.FilterRow, len(states))
	for i, of := range states {
		now := state.OfMessage(of)
		rows[i] = shell.FilterRow{Word: now.Word(), Sign: shell.Part{Style: now.Style(&sh.Look.Palette), Text: now.SignOrMark(&sh.Look)}}
		if sh.Session.Inbox == nil {
			continue
		}
		for _, m := range sh.Session.Inbox.Messages {
			if m.State == of {
				rows[i].Count++
			}
		}
	}
	sh.OpenFilter("States", rows, s.filter, func(f shell.Filter) tea.Cmd {
		s.filter = f
		s.narrow()
		return s.followCursor()
	})
	return nil
}
