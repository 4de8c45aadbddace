package shell

import (
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
)

// NextAttempt is when a message that waits is tried next.
func (s *Shell) NextAttempt(m backend.Message) string {
	if m.Attempts > 0 {
		return Again(s.Now, m.NextAt)
	}
	return "not tried yet"
}

// ResultText is what became of a message: when it is tried next and why, or what the
// provider answered. "" where the state says it all.
func (s *Shell) ResultText(m backend.Message) string {
	why := safe.Text(m.Detail)
	switch m.State {
	case backend.StateQueued:
		return strings.TrimSuffix(s.NextAttempt(m)+": "+why, ": ")
	case backend.StateFailed, backend.StateUnknown:
		return why
	case backend.StateSent:
		return "by " + safe.Text(m.Provider)
	default:
		return ""
	}
}
