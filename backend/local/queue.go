package local

import (
	"sync"

	"github.com/account-settings/pinghome/storage"
)

const (
	// workers is how many messages are sent at once, so that a provider that hangs
	// until sendTimeout does not delay all others.
	workers = 16
	// perCustomer is how many messages of one customer are sent at once, so that
	// receivers that hang delay no other customer.
	perCustomer = 4
	// maxQueued is how many messages wait in memory; the others wait in the file.
	maxQueued = 1000
)

// queue has the messages that this process has leased and not sent yet, oldest first.
type queue struct {
	mu         sync.Mutex
	changed    *sync.Cond
	isOpen     bool
	waiting    []storage.QueuedMessage
	inProgress map[string]int // number of messages that are being sent, by customer
}

func newQueue() *queue {
	q := &queue{inProgress: map[string]int{}}
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
func (q *queue) close() []storage.QueuedMessage {
	q.mu.Lock()
	defer q.mu.Unlock()
	left := q.waiting
	q.isOpen, q.waiting = false, nil
	q.changed.Broadcast()
	return left
}

// put adds a leased message; taken is false when the queue is closed, because there is
// no worker. A message that waits already was leased again: the new lease replaces
// the old one. A message beyond maxQueued is dropped here, and leased again from the
// file after the end of its lease.
func (q *queue) put(m storage.QueuedMessage) (taken bool) {
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

// next waits for a message of a customer with fewer than perCustomer in progress; ok
// is false when the queue was closed. The caller calls done with the message later.
func (q *queue) next() (m storage.QueuedMessage, ok bool) {
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

// done ends the progress of a message that next returned.
func (q *queue) done(m storage.QueuedMessage) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.inProgress[m.Customer]--; q.inProgress[m.Customer] == 0 {
		delete(q.inProgress, m.Customer)
	}
	q.changed.Signal()
}
