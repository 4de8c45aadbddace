package shell

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
)

// PollInterval is the shortest time from one look at the clock, or at what other consoles
// have changed, to the next. It is half of the second within which changes are promised
// to show.
const PollInterval = 500 * time.Millisecond

// longestPoll is how long a backend that tells of changes is not asked at most.
const longestPoll = 30 * time.Second

// watch is the watch of the account that is open, where its backend tells of changes.
type watch struct {
	works   bool // it has told that it does
	changed bool // something may have changed since the revision was asked
	asked   time.Time
	end     context.CancelFunc
}

// changeMsg: something may have changed, or err says why that is not told.
type changeMsg struct {
	of   *watch
	next tea.Cmd // waits for the next change
	err  error
}

// WatchCmd waits for changes of other consoles; nil where the backend does not tell of
// them, and they are polled.
func (s *Shell) WatchCmd() tea.Cmd {
	teller, isWatcher := s.Session.View.(backend.Watcher)
	if !isWatcher || s.options.Still {
		return nil
	}
	ctx, end := context.WithCancel(context.Background())
	s.watch.stop()
	s.watch = &watch{end: end}
	return s.watch.awaitCmd(ctx, teller, 0)
}

func (w *watch) awaitCmd(ctx context.Context, teller backend.Watcher, seen uint64) tea.Cmd {
	return func() tea.Msg {
		seen, err := teller.AwaitChange(ctx, seen)
		return changeMsg{w, w.awaitCmd(ctx, teller, seen), err}
	}
}

// stop ends the waiting of an account that is no longer open.
func (w *watch) stop() {
	if w.end != nil {
		w.end()
	}
}

// changedElsewhere asks what has changed, soon if that was asked just now.
func (s *Shell) changedElsewhere(msg changeMsg) tea.Cmd {
	if msg.of != s.watch {
		return nil
	}
	s.watch.works, s.watch.changed = msg.err == nil, true
	if msg.err != nil {
		return nil
	}
	if s.Now.Sub(s.watch.asked) < PollInterval {
		return msg.next
	}
	return tea.Batch(msg.next, s.pollCmd())
}

// isPollDue reports whether the revision is to be asked with this look at the clock.
func (s *Shell) isPollDue() bool { return !s.Now.Before(s.nextPoll()) }

// nextPoll is when the revision is asked next; the past where changes are polled.
func (s *Shell) nextPoll() time.Time {
	if s.watch.works && !s.watch.changed {
		return s.watch.asked.Add(longestPoll)
	}
	return time.Time{}
}

// IsPoll reports whether a message is only about what other consoles may have changed. The
// screen is as it was, and what follows from it is due.
func IsPoll(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case changeMsg:
		return true
	case DoneMsg:
		return msg.name == pollingRevision
	}
	return false
}

// IsHeardOf reports whether a message is the answer to what may have changed elsewhere. It
// comes soon after a change where changes are told, and else with every poll; isTold says
// which. What a screen shows of other accounts may be old then. isQuiet: changes are told, none
// was, and it was asked to be on the safe side.
func (s *Shell) IsHeardOf(msg tea.Msg) (isHeard, isTold, isQuiet bool) {
	heard, isHeard := msg.(revisionMsg)
	return isHeard && heard.err == nil, s.watch.works, heard.isQuiet
}

// Due is when PassTime has something to do next, now or in the past for as soon as
// possible; false for never.
func (s *Shell) Due() (at time.Time, isDue bool) {
	others := len(s.Work.running)
	if s.Work.Busy(pollingRevision) { // its answer is waited for, and comes soon
		others--
	}
	if others > 0 || len(s.Drafts.dirty) > 0 {
		return s.Now, true
	}
	at, isDue = s.Notices.due()
	if s.Session.View == nil || s.Session.Ended {
		return at, isDue
	}
	poll := s.nextPoll()
	switch {
	case s.Connection.Offline:
		poll = s.Connection.RetryAt
	case s.Session.Lacks(backend.FeatureRevision) != "":
		poll = s.Connection.LastRead.Add(rereadInterval)
	}
	if !isDue || poll.Before(at) {
		at = poll
	}
	return at, true
}
