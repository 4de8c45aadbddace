package shell

import (
	"fmt"
	"slices"
	"time"

	"github.com/account-settings/pinghome/keymap"
)

// How long a notice stays, by its weight. A failure stays until a key is pressed.
const (
	usualStay   = 4 * time.Second
	warningStay = 8 * time.Second
	shortest    = 1500 * time.Millisecond // before the next one takes its place
	untilAKey   = 365 * 24 * time.Hour
	keptNotices = 50 // for the list of earlier notices
)

// Weight is what a notice is about: its sign, its colour and how long it stays.
type Weight int

// The weights.
const (
	Good Weight = iota
	Held        // done, but the message is only held in an inbox
	Neutral
	Warning
	Failure
	Unknown // the answer was lost: it may have been done or not
)

// Notice is one sentence to the person.
type Notice struct {
	weight    Weight
	text      string
	at        time.Time // when it was told
	shown     time.Time // since when it stands in the status line
	until     time.Time
	seen      bool // a key was pressed since shown: the next one may take its place at once
	isRefusal bool // it says why a key did nothing, and ends with the next one
	// isOffline: it says that the accounts cannot be reached, and ends when they can, or are
	// tried again.
	isOffline bool
}

// Stays reports whether the notice stays until a key is pressed, because the
// person has to do something about it.
func (n Notice) Stays() bool { return n.weight == Failure || n.weight == Unknown }

// Notices queues notices, shows one at a time, and keeps them to be read again.
type Notices struct {
	waiting []Notice // the first one is shown
	earlier []Notice // all that were told, the newest last
}

// note keeps a sentence that is shown elsewhere, such as in a dialog.
func (n *Notices) note(now time.Time, w Weight, text string) Notice {
	item := Notice{weight: w, text: text, at: now}
	n.earlier = append(n.earlier, item)
	if len(n.earlier) > keptNotices {
		n.earlier = n.earlier[1:]
	}
	return item
}

// tell queues a sentence.
func (n *Notices) tell(now time.Time, w Weight, text string) {
	item := n.note(now, w, text)
	if len(n.waiting) > 0 && n.waiting[0].seen {
		n.waiting = n.waiting[1:]
	}
	n.waiting = append(n.waiting, item)
	if len(n.waiting) == 1 {
		n.begin(now)
	}
}

// TellFaults tells what was wrong at the start: the first fault in the status line, with how many
// there are, and all in the list of earlier notices.
func (s *Shell) TellFaults(list []string) {
	if len(list) == 0 {
		return
	}
	for _, text := range slices.Backward(list[1:min(len(list), keptNotices)]) {
		s.Notices.note(s.Now, Failure, text)
	}
	first := list[0]
	switch more := len(list) - 1; {
	case more >= keptNotices:
		first = fmt.Sprintf("%s (\"pinghome config\" lists %d more.)", first, more)
	case more > 0:
		first = fmt.Sprintf("%s (%s lists %d more.)", first, s.Keys.Key(keymap.Notices), more)
	}
	s.Tell(Failure, "%s", first)
}

// last is the one that was told last.
func (n *Notices) last() *Notice { return &n.waiting[len(n.waiting)-1] }

func (n *Notices) begin(now time.Time) {
	if len(n.waiting) == 0 {
		return
	}
	first := &n.waiting[0]
	first.shown = now
	switch first.weight {
	case Failure, Unknown:
		first.until = now.Add(untilAKey)
	case Warning:
		first.until = now.Add(warningStay)
	default:
		first.until = now.Add(usualStay)
	}
}

// pass ends notices that have stayed long enough.
func (n *Notices) pass(now time.Time) {
	for len(n.waiting) > 0 {
		first := n.waiting[0]
		next := len(n.waiting) > 1 && !first.Stays() && now.Sub(first.shown) >= shortest
		if now.Before(first.until) && !next {
			return
		}
		n.waiting = n.waiting[1:]
		n.begin(now)
	}
}

// due is when the first notice ends; false when it stays, or there is none.
func (n *Notices) due() (at time.Time, isDue bool) {
	if len(n.waiting) == 0 || n.waiting[0].Stays() {
		return time.Time{}, false
	}
	if len(n.waiting) > 1 {
		return n.waiting[0].shown.Add(shortest), true
	}
	return n.waiting[0].until, true
}

// endOffline ends the notices that say that the accounts cannot be reached.
func (n *Notices) endOffline(now time.Time) {
	isFirst := len(n.waiting) > 0 && n.waiting[0].isOffline
	n.waiting = slices.DeleteFunc(n.waiting, func(x Notice) bool { return x.isOffline })
	if isFirst {
		n.begin(now)
	}
}

// Key notes that a key was pressed. That ends a failure, and what was refused to an earlier
// key: it would be read as being about this one. It lets the next notice take the place of
// any other.
func (n *Notices) Key(now time.Time) {
	if len(n.waiting) == 0 {
		return
	}
	shown := n.waiting[0]
	n.waiting[0].seen = true
	if shown.Stays() {
		n.waiting = n.waiting[1:]
	}
	n.waiting = slices.DeleteFunc(n.waiting, func(x Notice) bool { return x.isRefusal })
	if shown.Stays() || shown.isRefusal {
		n.begin(now)
	}
}

// Moved notes that another screen is in front: what has been seen ends.
func (n *Notices) Moved(now time.Time) {
	if len(n.waiting) > 0 && n.waiting[0].seen {
		n.waiting = n.waiting[1:]
		n.begin(now)
	}
}

// Current is the notice in the status line; false when there is none.
func (n *Notices) Current() (Notice, bool) {
	if len(n.waiting) == 0 {
		return Notice{}, false
	}
	return n.waiting[0], true
}
