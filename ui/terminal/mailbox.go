package terminal

import "sync"

// frame is what the whole window shows.
type frame struct {
	text          string
	width, height int
}

// mailbox is where the frames wait for the painter: the latest only, so that a slow
// line shows what is, and not everything that was.
type mailbox struct {
	mu     sync.Mutex
	latest frame
	isNew  bool
	ready  chan struct{} // has an element while isNew may be true
}

func newMailbox() *mailbox { return &mailbox{ready: make(chan struct{}, 1)} }

// put leaves a frame, unless it is the one that was left last.
func (m *mailbox) put(f frame) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f == m.latest {
		return
	}
	m.latest, m.isNew = f, true
	m.wake()
}

// again leaves the latest frame once more.
func (m *mailbox) again() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.isNew = true
	m.wake()
}

func (m *mailbox) wake() {
	select {
	case m.ready <- struct{}{}:
	default:
	}
}

// take returns the latest frame, once.
func (m *mailbox) take() (f frame, isNew bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	isNew, m.isNew = m.isNew, false
	return m.latest, isNew
}
