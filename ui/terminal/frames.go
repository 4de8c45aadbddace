package terminal

import "sync"

// frame is what the whole window shows.
type frame struct {
	text          string
	width, height int
}

// frames is what waits for the painter: of frames the latest only, so that a slow line
// shows what is, and not everything that was.
type frames struct {
	mu    sync.Mutex
	next  next
	ready chan struct{} // has an element while there may be something
}

// next is what the painter does next, in this order.
type next struct {
	sequences string // to be written as they are
	isWhole   bool   // the whole screen is to be drawn, and not what changed
	isNew     bool   // the frame was not drawn yet
	frame     frame
}

func newFrames() *frames { return &frames{ready: make(chan struct{}, 1)} }

// put leaves a frame, unless it is the one that was left last.
func (f *frames) put(latest frame) {
	f.leave(func(n *next) bool {
		isOther := latest != n.frame
		n.frame, n.isNew = latest, n.isNew || isOther
		return isOther
	})
}

// redraw lets the latest frame be drawn once more, as a whole.
func (f *frames) redraw() {
	f.leave(func(n *next) bool { n.isWhole, n.isNew = true, true; return true })
}

// tell leaves a sequence.
func (f *frames) tell(sequence string) {
	f.leave(func(n *next) bool { n.sequences += sequence; return true })
}

// begin is redraw for a terminal that was just taken, and was told everything.
func (f *frames) begin() {
	f.leave(func(n *next) bool { n.sequences, n.isWhole, n.isNew = "", true, true; return true })
}

// leave changes what is next, and wakes the painter where that is something.
func (f *frames) leave(change func(*next) bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !change(&f.next) {
		return
	}
	select {
	case f.ready <- struct{}{}:
	default:
	}
}

// take returns what is next, once.
func (f *frames) take() next {
	f.mu.Lock()
	defer f.mu.Unlock()
	taken := f.next
	f.next = next{frame: taken.frame}
	return taken
}
