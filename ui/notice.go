package ui

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

type weight int

const (
	good weight = iota
	held        // done, and gone no further than an inbox
	neutral
	warning
	failure
	unknown // neither done nor failed
)

// notice is one sentence to the person.
type notice struct {
	weight weight
	text   string
	at     time.Time // when it was told
	shown  time.Time // since when it stands in the status line
	until  time.Time
	seen   bool // a key was pressed since: the next one may take its place at once
}

// stays reports whether it stays until a key: something has to be done about it.
func (n notice) stays() bool { return n.weight == failure || n.weight == unknown }

// notices tells one thing at a time and keeps what was told.
type notices struct {
	waiting []notice // the first one is shown
	old     []notice // newest last
}

// note keeps a sentence that is told elsewhere, such as in a dialog.
func (n *notices) note(now time.Time, w weight, text string) notice {
	item := notice{weight: w, text: text, at: now}
	n.old = append(n.old, item)
	if len(n.old) > keptNews {
		n.old = n.old[1:]
	}
	return item
}

// tell queues a sentence.
func (n *notices) tell(now time.Time, w weight, text string) {
	item := n.note(now, w, text)
	if len(n.waiting) > 0 && n.waiting[0].seen {
		n.waiting = n.waiting[1:]
	}
	n.waiting = append(n.waiting, item)
	if len(n.waiting) == 1 {
		n.begin(now)
	}
}

func (n *notices) begin(now time.Time) {
	if len(n.waiting) == 0 {
		return
	}
	first := &n.waiting[0]
	first.shown = now
	switch first.weight {
	case failure, unknown:
		first.until = now.Add(untilAKey)
	case warning:
		first.until = now.Add(longer)
	default:
		first.until = now.Add(briefly)
	}
}

// pass lets time go by.
func (n *notices) pass(now time.Time) {
	for len(n.waiting) > 0 {
		first := n.waiting[0]
		next := len(n.waiting) > 1 && !first.stays() && now.Sub(first.shown) >= atLeast
		if now.Before(first.until) && !next {
			return
		}
		n.waiting = n.waiting[1:]
		n.begin(now)
	}
}

// key notes that a key was pressed: that ends an error, and lets the next
// notice take the place of any other, since the person has moved on.
func (n *notices) key(now time.Time) {
	if len(n.waiting) == 0 {
		return
	}
	n.waiting[0].seen = true
	if n.waiting[0].stays() {
		n.waiting = n.waiting[1:]
		n.begin(now)
	}
}

// moved ends what has been seen: it was about another screen.
func (n *notices) moved(now time.Time) {
	if len(n.waiting) > 0 && n.waiting[0].seen {
		n.waiting = n.waiting[1:]
		n.begin(now)
	}
}

// current is what the status line shows.
func (n *notices) current() (notice, bool) {
	if len(n.waiting) == 0 {
		return notice{}, false
	}
	return n.waiting[0], true
}
