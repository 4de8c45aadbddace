package verify

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/theme"
)

// deliveryText says how far the message is that has the code or the word; "" when the
// message is not known.
func deliveryText(sh *shell.Shell, m backend.Message, known bool) (theme.Style, string) {
	if !known {
		return sh.Look.Faint, ""
	}
	now, answer := state.OfMessage(m.State), safe.Text(m.Detail)
	style := now.Style(&sh.Look.Palette)
	switch {
	case now == state.Held:
		return style, "It is " + sh.Session.HeldText() + ": " + sh.Keys.Key(keymap.CodeMessages) + " shows it"
	case now == state.Failed:
		return style, now.With(&sh.Look, "It has "+now.Word()+": "+answer)
	case now == state.Waiting && m.Attempts > 0:
		return style, now.With(&sh.Look, "It is "+now.Word()+", "+shell.Again(sh.Now, m.NextAt)+": "+answer)
	case now == state.Waiting:
		return style, state.Sending.With(&sh.Look, "It is "+state.Sending.Word())
	}
	return style, now.With(&sh.Look, "It is "+now.Word()+" by "+safe.Text(m.Provider)+", "+sh.Ago(m.At))
}

// sentence begins the dialog of a code: whether it has been sent to an address, waits to be,
// or was not.
func sentence(m backend.Message, known bool, to string) string {
	if !known {
		return "Type the 6-digit code that was sent to " + to
	}
	switch state.OfMessage(m.State) {
	case state.Held:
		return "Type the 6-digit code for " + to
	case state.Waiting:
		return "The 6-digit code for " + to + " waits to be sent"
	case state.Failed:
		return "The 6-digit code for " + to + " was not sent"
	default:
		return "Type the 6-digit code that was sent to " + to
	}
}

// goToMessages closes a dialog and goes to the messages, where the backend has them.
func goToMessages(sh *shell.Shell, dialog shell.Overlay, m backend.Message) tea.Cmd {
	if sh.Session.Lacks(backend.FeatureMessages) != "" {
		return nil
	}
	sh.Close(dialog)
	return func() tea.Msg { return shell.GoToMsg{Screen: keymap.Messages, Row: m.ID} }
}
