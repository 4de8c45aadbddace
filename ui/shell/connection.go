package shell

import (
	"fmt"
	"math"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
)

// line is the way to the accounts: up, or down with what is known of it. A
// database on this machine is always up.
type Connection struct {
	Down     bool
	LastRead time.Time // of the last reading that worked
	RetryAt  time.Time
	Tries    int
}

// waits are the pauses between tries while the line is down; the last one
// stands for all that follow.
var retryPauses = []time.Duration{1 * time.Second, 2 * time.Second, 5 * time.Second, 15 * time.Second, 30 * time.Second}

// slowly is how often an account is read again where the backend cannot say
// whether anything changed.
const rereadInterval = 15 * time.Second

// broke notes that the accounts could not be reached. The readings that fail
// together are one try.
func (s *Shell) Disconnected() {
	if s.Connection.Down && s.Now.Before(s.Connection.RetryAt) {
		return
	}
	s.Connection.Down = true
	s.Connection.RetryAt = s.Now.Add(retryPauses[min(s.Connection.Tries, len(retryPauses)-1)])
	s.Connection.Tries++
}

// works notes that a reading came through.
func (s *Shell) Connected() {
	if s.Connection.Down {
		s.Tell(Good, "The server is back.")
	}
	s.Connection = Connection{LastRead: s.Now}
}

// watchCmd looks whether anything changed, in the way that the backend has
// for it; while the line is down, it tries again when it is time to.
func (s *Shell) watchCmd() tea.Cmd {
	if s.Session.View == nil || s.Session.Ended || s.Work.Busy(readingRevision) || s.Work.Busy("profile") {
		return nil
	}
	switch {
	case s.Connection.Down && s.Now.Before(s.Connection.RetryAt):
		return nil
	case s.Connection.Down, s.Session.Lacks(backend.FeatureRevision) != "" && s.Now.Sub(s.Connection.LastRead) >= rereadInterval:
		return s.Reload()
	case s.Session.Lacks(backend.FeatureRevision) != "":
		return nil
	}
	return s.revisionCmd()
}

// offlineWords say in the header how long until the next try.
func (s *Shell) OfflineText() string {
	if !s.Now.Before(s.Connection.RetryAt) {
		return fmt.Sprintf("offline %s trying", s.Look.Dot)
	}
	left := math.Ceil(s.Connection.RetryAt.Sub(s.Now).Seconds())
	return fmt.Sprintf("offline %s retry %ds", s.Look.Dot, int(left))
}

// offlineSince are the same words with the age of what is shown, which no
// notice may hide. Where there is no room for both, the age counts more.
func (s *Shell) OfflineSince() string {
	if s.Session.Profile == nil && s.Session.Channels == nil {
		return s.OfflineText()
	}
	since := fmt.Sprintf("as of %s", s.Connection.LastRead.Local().Format("15:04"))
	if s.Room == Compact {
		return fmt.Sprintf("offline %s %s", s.Look.Dot, since)
	}
	return fmt.Sprintf("%s %s %s", s.OfflineText(), s.Look.Dot, since)
}

// isOffline reports whether an error means that nothing was reached.
func IsOffline(err error) bool {
	return backend.ErrorCode(err) == backend.CodeOffline
}

// isUnknown reports whether an error means that a change may have been made.
func IsUnknown(err error) bool {
	return backend.ErrorCode(err) == backend.CodeUnknown
}
