package messages

import (
	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// stateOrder is the order in which a key goes through the states; "" is all of them.
var stateOrder = []backend.MessageState{"", backend.StateQueued, backend.StateHeld, backend.StateSent, backend.StateFailed}

// stateName is a state in a sentence.
func stateName(s backend.MessageState) string {
	if s == backend.StateQueued {
		return "waiting"
	}
	return string(s)
}

// stateSign is the sign of a state with its colour.
func stateSign(sh *shell.Shell, look *theme.Palette, s backend.MessageState) (theme.Style, string) {
	switch s {
	case backend.StateQueued:
		return look.Warn, sh.Look.Glyphs.Pending
	case backend.StateHeld:
		return look.Info, sh.Look.Held
	case backend.StateFailed:
		return look.Err, sh.Look.No
	case backend.StateSent:
		return look.OK, sh.Look.Yes
	}
	return look.Warn, sh.Look.Attention
}

// nextAttempt is when a queued message is tried next.
func nextAttempt(sh *shell.Shell, m backend.Message) string {
	if m.Attempts > 0 {
		return shell.Again(sh.Now, m.NextAt)
	}
	return "not sent yet"
}
