package local

import (
	"sync"

	"github.com/account-settings/pinghome/storage"
)

const (
	// hands is how many messages are handed over at once: a provider that
	// hangs for its 15 s must not hold up all others.
	workers = 16
	// share is how many of the hands one customer may have, whose receivers
	// may all be hanging.
	perCustomer = 4
	// room is how many messages wait in memory; more wait in the file only.
	maxQueued = 1000
)

// queue is what this process has leased and not handed over yet, the oldest
// first.
type queue struct {
	mu         sync.Mutex
	changed    *sync.Cond
	isOpen     bool
	waiting    []storage.Queued
	inProgress map[string]int // messages being handed over, by customer
}

func newQueue() *queue {
	q := &queue{inProgress: map[string]int{}}
	q.changed = sync.NewCond(&q.mu)
	return q
}

func (q *queue) open() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.isOpen = true
}

// close ends every next, and returns what nobody will hand over here.
func (q *queue) close() []storage.Queued {
	q.mu.Lock()
	defer q.mu.Unlock()
	left := q.waiting
	q.isOpen, q.waiting = false, nil
	q.changed.Broadcast()
	return left
}

// put takes a leased message, unless nobody hands anything over here. One that
// waits already was leased once more: its new lease counts. What there is no
// room for comes again when its lease has ended.
func (q *queue) put(m storage.Queued) (taken bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.isOpen {
		return false
	}
	for i := range q.waiting {
		if q.waiting[i].Message.ID == m.Message.ID {
			q.waiting[i] = m
			return true
		}
	}
	if len(q.waiting) < maxQueued {
		q.waiting = append(q.waiting, m)
		q.changed.Signal()
	}
	return true
}

// next waits for a message of a customer who has a hand left; ok is false
// when the queue was closed. done gives the hand back.
func (q *queue) next() (m storage.Queued, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.isOpen {
		for i, m := range q.waiting {
			if q.inProgress[m.Customer] < perCustomer {
				q.waiting = append(q.waiting[:i], q.waiting[i+1:]...)
				q.inProgress[m.Customer]++
				return m, true
			}
		}
		q.changed.Wait()
	}
	return m, false
}

func (q *queue) done(m storage.Queued) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.inProgress[m.Customer]--; q.inProgress[m.Customer] == 0 {
		delete(q.inProgress, m.Customer)
	}
	q.changed.Signal()
}
