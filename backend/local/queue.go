package local

import (
	"slices"
	"sync"

	"github.com/account-settings/pinghome/storage"
)

const (
	// maxQueued is how many messages wait in memory; the others wait in the file.
	maxQueued = 4000
	// perLine is how many of them are to one destination, and perSlowLine to one that is
	// slow.
	perLine     = 250
	perSlowLine = 10
)

// queue has the messages that this process has leased and not sent yet.
type queue struct {
	mu         sync.Mutex
	changed    *sync.Cond
	isOpen     bool
	lines      map[string]*line // by destination
	waiting    int              // in all lines
	added      uint64           // messages ever; their order
	isShort    bool             // a message was turned away at maxQueued
	inProgress map[share]int
	surplus    []storage.QueuedMessage // turned away, and to be given back

	// These tell the poller that there is surplus, and that there is room again.
	surplusCame, roomCame chan struct{}
}

// line has the messages to one destination, oldest first.
type line struct {
	waiting  []queued
	isShort  bool // a message was turned away
	timeouts int  // calls in a row that ended without an answer
	stuck    int  // calls that have not returned in time
}

// queued is a message in a line.
type queued struct {
	storage.QueuedMessage
	order uint64
}

func newQueue() *queue {
	q := &queue{lines: map[string]*line{}, inProgress: map[share]int{},
		surplusCame: make(chan struct{}, 1), roomCame: make(chan struct{}, 1)}
	q.changed = sync.NewCond(&q.mu)
	return q
}

// open makes put take messages.
func (q *queue) open() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.isOpen = true
}

// close ends every call of next, and returns the messages that are left.
func (q *queue) close() (left []storage.QueuedMessage) {
	q.mu.Lock()
	defer q.mu.Unlock()
	left, q.surplus = q.surplus, nil
	for name, l := range q.lines {
		for _, m := range l.waiting {
			left = append(left, m.QueuedMessage)
		}
		l.waiting = nil
		q.forgetIdle(name)
	}
	q.isOpen, q.waiting = false, 0
	q.changed.Broadcast()
	return left
}

// put adds a leased message; taken is false when the queue is closed, because there is
// no worker. A message that waits already was leased again: the new lease replaces
// the old one. A message without room becomes surplus.
func (q *queue) put(m storage.QueuedMessage) (taken bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.isOpen {
		return false
	}
	destination := destinationOf(m.Message)
	l := q.line(destination)
	for i := range l.waiting {
		if l.waiting[i].Message.ID == m.Message.ID {
			l.waiting[i].QueuedMessage = m
			return true
		}
	}
	if !q.roomIn(l) {
		q.surplus = append(q.surplus, m)
		notify(q.surplusCame)
		q.forgetIdle(destination)
		return true
	}
	q.added++
	q.waiting++
	l.waiting = append(l.waiting, queued{m, q.added})
	q.changed.Signal()
	return true
}

// notify wakes the receiver of a channel with room for one.
func notify(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// takeSurplus returns the messages that had no room, and forgets them.
func (q *queue) takeSurplus() []storage.QueuedMessage {
	q.mu.Lock()
	defer q.mu.Unlock()
	all := q.surplus
	q.surplus = nil
	return all
}

// hasRoom reports whether put would have room for a message to a destination. When there
// is none, roomCame tells when there is again.
func (q *queue) hasRoom(destination string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.lines[destination]
	if l == nil {
		l = &line{}
	}
	return q.roomIn(l)
}

func (q *queue) roomIn(l *line) bool {
	if q.waiting >= maxQueued {
		q.isShort = true
		return false
	}
	if len(l.waiting) >= l.size() {
		l.isShort = true
		return false
	}
	return true
}

// size is how many messages have room in a line.
func (l *line) size() int {
	if l.timeouts >= timeoutsInARow {
		return perSlowLine
	}
	return perLine
}

// next waits for the oldest message that has a free place, and takes it; ok is false when
// the queue was closed. The caller calls done with the place later.
func (q *queue) next() (m storage.QueuedMessage, p place, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.isOpen {
		if name, i, p := q.oldestFree(); p != nil {
			q.take(p)
			return q.remove(name, i), p, true
		}
		q.changed.Wait()
	}
	return m, nil, false
}

// oldestFree finds the oldest message with a free place; p is nil when there is none.
func (q *queue) oldestFree() (name string, index int, p place) {
	oldest := q.added + 1
	for destination, l := range q.lines {
		if len(l.waiting) == 0 || l.waiting[0].order >= oldest {
			continue
		}
		base := q.placeOfLine(string(l.waiting[0].Message.Type), destination)
		if !q.isFree(base) {
			continue
		}
		for i, m := range l.waiting {
			if m.order >= oldest {
				break
			}
			if own := placeOfMessage(m.Message, m.Customer); q.isFree(own) {
				oldest, name, index, p = m.order, destination, i, slices.Concat(base, own)
				break
			}
		}
	}
	return name, index, p
}

// remove takes a message out of its line.
func (q *queue) remove(destination string, i int) storage.QueuedMessage {
	l := q.lines[destination]
	m := l.waiting[i].QueuedMessage
	l.waiting = append(l.waiting[:i], l.waiting[i+1:]...)
	q.waiting--
	if l.isShort && len(l.waiting) <= l.size()/2 {
		l.isShort = false
		notify(q.roomCame)
	}
	if q.isShort && q.waiting <= maxQueued/2 {
		q.isShort = false
		notify(q.roomCame)
	}
	q.forgetIdle(destination)
	return m
}

// line returns the line to a destination. When there are too many, one that is idle is
// forgotten, although it is slow.
func (q *queue) line(destination string) *line {
	l := q.lines[destination]
	if l != nil {
		return l
	}
	if len(q.lines) >= maxDestinations {
		for name, other := range q.lines {
			if len(other.waiting) == 0 && other.stuck == 0 {
				delete(q.lines, name)
				break
			}
		}
	}
	l = &line{}
	q.lines[destination] = l
	return l
}

// forgetIdle removes a line about which there is nothing to remember.
func (q *queue) forgetIdle(destination string) {
	if l := q.lines[destination]; l != nil && len(l.waiting) == 0 && l.timeouts == 0 && l.stuck == 0 {
		delete(q.lines, destination)
	}
}
