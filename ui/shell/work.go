package shell

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// The longest that a request may take before it counts as failed.
const (
	loadLimit   = 10 * time.Second
	changeLimit = 20 * time.Second
	// longLimit is for what writes all that there is, over a slow line too.
	longLimit = time.Hour
	// slowAfter is when the person is told that a request still runs.
	slowAfter = 3 * time.Second
	// noticeableAfter is when a reading is shown as running: sooner, a fast one
	// would make the screen blink.
	noticeableAfter = 150 * time.Millisecond
)

// Work starts, numbers and cancels requests to the backend. Bubble Tea cannot stop a
// command, so each request gets a context, and the reply to one that was replaced or
// cancelled is dropped.
type Work struct {
	next    int
	running map[string]job
	changed time.Time // when a change began last; zero for never
}

type job struct {
	number int
	cancel context.CancelFunc
	since  time.Time
	change bool
	// isLasting: it is one of lasting.
	isLasting bool
}

func newWork() Work { return Work{running: map[string]job{}} }

// DoneMsg is the reply to a request.
type DoneMsg struct {
	name   string
	number int
	Result tea.Msg
}

// load starts a reading and cancels one of the same name that still runs.
func (w *Work) load(now time.Time, name string, do func(context.Context) tea.Msg) tea.Cmd {
	if old, ok := w.running[name]; ok {
		old.cancel()
	}
	return w.start(now, name, loadLimit, false, do)
}

// change starts a change; nil while one of the same name runs, so that a key that is
// pressed twice changes once.
func (w *Work) change(now time.Time, name string, do func(context.Context) tea.Msg) tea.Cmd {
	if _, ok := w.running[name]; ok {
		return nil
	}
	return w.start(now, name, changeLimit, true, do)
}

// lasting starts what may take long and changes no settings, as change does. It can be given up, and
// then ends what it has begun.
func (w *Work) lasting(now time.Time, name string, do func(context.Context) tea.Msg) tea.Cmd {
	if _, ok := w.running[name]; ok {
		return nil
	}
	cmd := w.start(now, name, longLimit, false, do)
	j := w.running[name]
	j.isLasting = true
	w.running[name] = j
	return cmd
}

func (w *Work) start(now time.Time, name string, limit time.Duration, change bool, do func(context.Context) tea.Msg) tea.Cmd {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	w.next++
	number := w.next
	w.running[name] = job{number: number, cancel: cancel, since: now, change: change}
	if change {
		w.changed = now
	}
	return func() tea.Msg {
		defer cancel()
		return DoneMsg{name, number, do(ctx)}
	}
}

// Finish ends a request, and reports whether its reply is still wanted.
func (w *Work) Finish(d DoneMsg) bool {
	j, ok := w.running[d.name]
	if !ok || j.number != d.number {
		return false
	}
	delete(w.running, d.name)
	return true
}

// StopLasting gives up what was started by lasting, and reports whether any of it has not ended yet.
func (w *Work) StopLasting() (runs bool) {
	for _, j := range w.running {
		if j.isLasting {
			j.cancel()
			runs = true
		}
	}
	return runs
}

// Busy reports whether a request of this name runs.
func (w *Work) Busy(name string) bool {
	_, ok := w.running[name]
	return ok
}

// Saving counts the changes that run.
func (w *Work) Saving() int {
	n := 0
	for _, j := range w.running {
		if j.change {
			n++
		}
	}
	return n
}

// Waits reports whether a request of this name has run for a noticeable time.
func (w *Work) Waits(name string, now time.Time) bool {
	j, ok := w.running[name]
	return ok && now.Sub(j.since) >= noticeableAfter
}

// changes reports whether a change has run for a noticeable time.
func (w *Work) changes(now time.Time) bool {
	for _, j := range w.running {
		if j.change && now.Sub(j.since) >= noticeableAfter {
			return true
		}
	}
	return false
}

// Slow reports whether a request has run for longer than slowAfter. A poll is given up
// sooner.
func (w *Work) Slow(now time.Time) bool {
	for name, j := range w.running {
		if name != pollingRevision && now.Sub(j.since) >= slowAfter {
			return true
		}
	}
	return false
}

// GivenUpMsg says that the person no longer waits for the requests that ran.
type GivenUpMsg struct{}

// CancelAll cancels all requests. A change that was committed already stays; the next
// reading shows it.
func (w *Work) CancelAll() {
	for name, j := range w.running {
		j.cancel()
		delete(w.running, name)
	}
}
