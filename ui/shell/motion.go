package shell

import (
	"reflect"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// What moves: the row of a channel that was changed elsewhere flashes once, and a sign
// turns while a change runs. Where nothing happens, nothing moves.

const (
	// flashTime is how long a row flashes: long enough to be noticed while another row is read.
	flashTime = time.Second
	// ownTime is for how long after a change of this console another revision may be its own.
	ownTime = 2 * time.Second
	// SpinTime is how long each picture of the sign stays that turns.
	SpinTime = 200 * time.Millisecond
)

// The pictures of the sign that turns.
var (
	spinner      = []string{"◐", "◓", "◑", "◒"}
	spinnerASCII = []string{"|", "/", "-", `\`}
)

// flash is which rows flash, and whether the next reading may show changes of others.
type flash struct {
	isAwaited bool
	until     map[int]time.Time // by the priority of the channel
}

// Flashes reports whether the row of the channel with this priority flashes.
func (s *Shell) Flashes(priority int) bool { return s.Now.Before(s.flash.until[priority]) }

// awaitFlash notes that something was changed, and by whom: what this console has just
// changed itself does not flash.
func (s *Shell) awaitFlash() {
	s.flash.isAwaited = !s.options.NoMotion && s.Work.Saving() == 0 && s.Now.Sub(s.Work.changed) >= ownTime
}

// flashChanged lets the rows flash that are other ones than those that were read before.
func (s *Shell) flashChanged(msg ChannelsReadMsg) {
	if msg.Err != nil || !s.flash.isAwaited {
		return
	}
	s.flash = flash{until: map[int]time.Time{}}
	was := map[int]backend.Channel{}
	for _, ch := range s.Session.Channels {
		was[ch.Priority] = ch
	}
	for _, ch := range msg.All {
		if s.Session.Channels != nil && !reflect.DeepEqual(was[ch.Priority], ch) {
			s.flash.until[ch.Priority] = s.Now.Add(flashTime)
		}
	}
}

// Spins reports whether a change runs for so long that a sign turns.
func (s *Shell) Spins() bool { return !s.options.NoMotion && s.Work.changes(s.Now) }

// Spinner is the sign before what is being done. It turns while a change runs.
func (s *Shell) Spinner() string {
	pictures := spinner
	if s.Look.ASCII {
		pictures = spinnerASCII
	}
	if !s.Spins() {
		return s.Look.Busy
	}
	return pictures[s.Now.UnixMilli()/SpinTime.Milliseconds()%int64(len(pictures))]
}
