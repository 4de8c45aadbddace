package verify

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// deliveryText says how far the message is that has the code or the word; "" when the
// message is not known.
func deliveryText(sh *shell.Shell, m backend.Message, known bool) (theme.Style, string) {
	messagesKey, answer := sh.Keys.Key(keymap.CodeMessages), safe.Text(m.Detail)
	switch {
	case !known:
		return sh.Look.Faint, ""
	case m.State == backend.StateHeld:
		return sh.Look.Faint, "It is " + sh.Session.HeldText() + ": " + messagesKey
	case m.State == backend.StateFailed:
		return sh.Look.Err, sh.Look.No + " It could not be sent: " + answer
	case m.State == backend.StateQueued && m.Attempts > 0:
		return sh.Look.Warn, sh.Look.Glyphs.Pending + " Not accepted yet, " + shell.Again(sh.Now, m.NextAt) + ": " + answer
	case m.State == backend.StateQueued:
		return sh.Look.Muted, sh.Look.Glyphs.Pending + " On its way"
	}
	return sh.Look.Muted, "Accepted by " + safe.Text(m.Provider) + ", " + shell.Age(sh.Now, m.At)
}

// goToMessages closes a dialog and goes to the messages, where the backend has them.
func goToMessages(sh *shell.Shell, dialog shell.Overlay) tea.Cmd {
	if sh.Session.Lacks(backend.FeatureMessages) != "" {
		return nil
	}
	sh.Close(dialog)
	return shell.GoTo(keymap.Messages)
}
