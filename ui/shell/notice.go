package shell

import (
	"time"
)

// How long a notice stays, by its weight; an error stays until a key.
const (
	briefly   = 4 * time.Second
	longer    = 8 * time.Second
	atLeast   = 1500 * time.Millisecond // before the next one takes its place
	keptNews  = 50
	untilAKey = 365 * 24 * time.Hour
)

type Weight int

const (
	Good Weight = iota
	Held        // done, and gone no further than an inbox
	Neutral
	Warning
	Failure
	Unknown // neither done nor failed
)

// notice is one sentence to the person.
type Notice struct {
	weight Weight
	text   string
	at     time.Time // when it was told
	shown  time.Time // since when it stands in the status line
	until  time.Time
	seen   bool // a key was pressed since: the next one may take its place at once
}

// stays reports whether it stays until a key: something has to be done about it.
func (n Notice) Stays() bool { return n.weight == Failure || n.weight == Unknown }

// notices tells one thing at a time and keeps what was told.
type Notices struct {
	waiting []Notice // the first one is shown
	old     []Notice // newest last
}

// note keeps a sentence that is told elsewhere, such as in a dialog.
func (n *Notices) note(now time.Time, w Weight, text string) Notice {
	item := Notice{weight: w, text: text, at: now}
	n.old = append(n.old, item)
	if len(n.old) > keptNews {
		n.old = n.old[1:]
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
		first.until = now.Add(longer)
	default:
		first.until = now.Add(briefly)
	}
}

// pass lets time go by.
func (n *Notices) pass(now time.Time) {
	for len(n.waiting) > 0 {
		first := n.waiting[0]
		next := len(n.waiting) > 1 && !first.Stays() && now.Sub(first.shown) >= atLeast
		if now.Before(first.until) && !next {
			return
		}
		n.waiting = n.waiting[1:]
		n.begin(now)
	}
}

// key notes that a key was pressed: that ends an error, and lets the next
// notice take the place of any other, since the person has moved on.
func (n *Notices) Key(now time.Time) {
	if len(n.waiting) == 0 {
		return
	}
	n.waiting[0].seen = true
	if n.waiting[0].Stays() {
		n.waiting = n.waiting[1:]
		n.begin(now)
	}
}

// moved ends what has been seen: it was about another screen.
func (n *Notices) Moved(now time.Time) {
	if len(n.waiting) > 0 && n.waiting[0].seen {
		n.waiting = n.waiting[1:]
		n.begin(now)
	}
}

// current is what the status line shows.
func (n *Notices) Current() (Notice, bool) {
	if len(n.waiting) == 0 {
		return Notice{}, false
	}
	return n.waiting[0], true
}
