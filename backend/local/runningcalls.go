package local

import "sync"

// runningCalls counts calls of the sender that may outlast their callers. Unlike a sync.WaitGroup it can be waited for while others
// begin.
type runningCalls struct {
	mu      sync.Mutex
	n       int
	changed chan struct{} // closed when there is none any more; nil while nothing waits
}

// begin counts a call until end is called.
func (r *runningCalls) begin() (end func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
	return r.end
}

func (r *runningCalls) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.n--; r.n == 0 && r.changed != nil {
		close(r.changed)
		r.changed = nil
	}
}

// wait returns when no call runs. It must not be called twice at the same time.
func (r *runningCalls) wait() {
	r.mu.Lock()
	if r.n == 0 {
		r.mu.Unlock()
		return
	}
	idle := make(chan struct{})
	r.changed = idle
	r.mu.Unlock()
	<-idle
}
