package shell

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
)

// Connection tells whether the accounts can be reached. A database on this
// machine always can.
type Connection struct {
	Offline  bool
	Since    time.Time // when the first reading or change failed, while Offline
	LastRead time.Time // the last reading that worked
	RetryAt  time.Time // the next try, while Offline
	Tries    int       // since it went offline
	isAsked  bool      // the person asked for the try that runs
	// IsDatabase: the database is away, this console's own or that of the server. It is known while Offline.
	IsDatabase bool
}

// retryPauses are the pauses between tries while offline; the last
// one counts for all that follow.
var retryPauses = []time.Duration{1 * time.Second, 2 * time.Second, 5 * time.Second, 15 * time.Second, 30 * time.Second}

// ReadingProfile names the request that reads the profile.
const ReadingProfile = "profile"

const (
	pollingRevision = "revision" // names the request
	// pollTimeout bounds a poll: a server that takes longer counts as offline.
	pollTimeout = 2 * time.Second
	// rereadInterval is how often an account is read again where the backend has
	// no revision that could be polled.
	rereadInterval = 15 * time.Second
)

// noteDatabase notes that it is the database which is away, or does not answer in time, and not a server.
func (s *Shell) noteDatabase(err error) {
	code := backend.ErrorCode(err)
	if s.Connection.IsDatabase || code != backend.CodeDatabaseAway && code != backend.CodeBusy {
		return
	}
	s.Connection.IsDatabase = true
	if e, is := errors.AsType[*backend.Error](err); is && code == backend.CodeDatabaseAway && e.RetryAfter == 0 { // it does not pass by itself
		s.TellOffline(Warning, "%s Changes are off until then.", e.Message)
		return
	}
	s.Notices.note(s.Now, Warning, "The database cannot be reached; changes are off.")
}

// awayFrom names what does not answer.
func (s *Shell) awayFrom() string {
	if s.Connection.IsDatabase {
		return "database"
	}
	return "server"
}

// Disconnected notes that the accounts could not be reached, and with which error. Readings that fail
// before the next try is due count as one try.
func (s *Shell) Disconnected(err error) {
	s.noteDatabase(err)
	if s.Connection.isAsked {
		s.Connection.isAsked = false
		s.Notices.endOffline(s.Now)
		s.TellOffline(Warning, "Still no answer from the %s.", s.awayFrom())
	}
	if s.Connection.Offline && s.Now.Before(s.Connection.RetryAt) {
		return
	}
	if !s.Connection.Offline {
		s.Connection.Since = s.Now
	}
	s.Connection.Offline = true
	s.Connection.RetryAt = s.Now.Add(retryPauses[min(s.Connection.Tries, len(retryPauses)-1)])
	s.Connection.Tries++
}

// Connected notes that a reading worked.
func (s *Shell) Connected() {
	if s.Connection.Offline {
		s.Notices.endOffline(s.Now)
		s.Tell(Good, "The %s is back.", s.awayFrom())
	}
	s.Connection = Connection{LastRead: s.Now}
}

// ReadAgain reads again because the person asks for it. While offline it says so.
func (s *Shell) ReadAgain() tea.Cmd {
	if s.Connection.Offline {
		s.Connection.isAsked = true
		s.Notices.endOffline(s.Now)
		s.TellOffline(Neutral, "Trying again…")
	}
	return s.Reload()
}

// pollCmd asks whether anything was changed elsewhere. While offline
// it tries again when that is due. Nil while a reading runs.
func (s *Shell) pollCmd() tea.Cmd {
	if s.Session.View == nil || s.Session.Ended || s.Work.Busy(pollingRevision) || s.Work.Busy(ReadingProfile) {
		return nil
	}
	switch {
	case s.Connection.Offline && s.Now.Before(s.Connection.RetryAt):
		return nil
	case s.Connection.Offline, s.Session.Lacks(backend.FeatureRevision) != "" && s.Now.Sub(s.Connection.LastRead) >= rereadInterval:
		return s.Reload()
	case s.Session.Lacks(backend.FeatureRevision) != "", !s.isPollDue():
		return nil
	}
	return s.revisionCmd()
}

type revisionMsg struct {
	revision int64
	isQuiet  bool // see IsHeardOf
	err      error
}

func (s *Shell) revisionCmd() tea.Cmd {
	view := s.Session.View
	isQuiet := s.watch.works && !s.watch.changed
	s.watch.asked, s.watch.changed = s.Now, false
	return s.Load(pollingRevision, func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, pollTimeout)
		defer cancel()
		r, err := view.Revision(ctx)
		return revisionMsg{r, isQuiet, err}
	})
}

// polled reads everything again when the revision is not the one that was read.
func (s *Shell) polled(msg revisionMsg) tea.Cmd {
	known := s.Session.Revision
	s.watch.changed = s.watch.changed || msg.err != nil // it is asked again
	switch {
	case backend.ErrorCode(msg.err) == backend.CodeUnauthorized:
		s.Session.End(msg.err)
	case isUnreached(msg.err), !s.Session.Local && errors.Is(msg.err, context.DeadlineExceeded):
		s.Disconnected(msg.err)
	case msg.err == nil:
		s.Session.Revision = msg.revision
		if known != 0 && known != msg.revision {
			s.awaitFlash()
			return s.Reload()
		}
	}
	return nil
}

// OfflineText says for how long it has been known that the accounts cannot be reached.
func (s *Shell) OfflineText() string {
	d := s.Now.Sub(s.Connection.Since)
	if d >= time.Minute {
		return "offline " + Short(d)
	}
	return fmt.Sprintf("offline %ds", int(d.Seconds()))
}

// IsOffline reports whether an error means that the backend or its database was not
// reached, and nothing was done.
func IsOffline(err error) bool {
	code := backend.ErrorCode(err)
	return code == backend.CodeOffline || code == backend.CodeDatabaseAway
}

// isUnreached reports whether a reading that failed has not reached the accounts: there is no connection, or what
// is behind the server, or the database, is away for some seconds.
func isUnreached(err error) bool {
	var e *backend.Error
	isAway := errors.As(err, &e) && e.Code == backend.CodeBusy && e.RetryAfter > 0
	return isAway || IsOffline(err)
}

// IsUnknown reports whether an error means that a change may have been made.
func IsUnknown(err error) bool {
	return backend.ErrorCode(err) == backend.CodeUnknownOutcome
}
