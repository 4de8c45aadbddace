package shell

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// The longest a request may take before it counts as failed.
const (
	loadLimit   = 10 * time.Second
	changeLimit = 20 * time.Second
	// patience is after how long the person is told that something still runs.
	slowAfter = 3 * time.Second
	// moment is how long a reading may take before anything is said of it, so
	// that nothing blinks.
	noticeableAfter = 150 * time.Millisecond
)

// work is the one way to start, number and cancel requests. Bubble Tea cannot
// stop a command, so each gets a context, and a reply to a request that has
// been replaced or cancelled is dropped.
type Work struct {
	next    int
	running map[string]job
}

type job struct {
	number int
	cancel context.CancelFunc
	since  time.Time
	change bool
}

func newWork() Work { return Work{running: map[string]job{}} }

// doneMsg is the reply to a request.
type DoneMsg struct {
	name   string
	number int
	Fact   tea.Msg
}

// load starts a reading; one of the same name that still runs is given up.
func (w *Work) load(now time.Time, name string, do func(context.Context) tea.Msg) tea.Cmd {
	if old, ok := w.running[name]; ok {
		old.cancel()
	}
	return w.start(now, name, loadLimit, false, do)
}

// change starts a change; nil when the same one runs, so that a key pressed
// twice does a thing once.
func (w *Work) change(now time.Time, name string, do func(context.Context) tea.Msg) tea.Cmd {
	if _, ok := w.running[name]; ok {
		return nil
	}
	return w.start(now, name, changeLimit, true, do)
}

func (w *Work) start(now time.Time, name string, limit time.Duration, change bool, do func(context.Context) tea.Msg) tea.Cmd {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	w.next++
	number := w.next
	w.running[name] = job{number, cancel, now, change}
	return func() tea.Msg {
		defer cancel()
		return DoneMsg{name, number, do(ctx)}
	}
}

// finish forgets a request and reports whether its reply is still wanted.
func (w *Work) Finish(d DoneMsg) bool {
	j, ok := w.running[d.name]
	if !ok || j.number != d.number {
		return false
	}
	delete(w.running, d.name)
	return true
}

// busy reports whether a request of this name runs.
func (w *Work) Busy(name string) bool {
	_, ok := w.running[name]
	return ok
}

// saving counts the changes that run.
func (w *Work) Saving() int {
	n := 0
	for _, j := range w.running {
		if j.change {
			n++
		}
	}
	return n
}

// waits reports whether a request of this name has run for a moment already.
func (w *Work) Waits(name string, now time.Time) bool {
	j, ok := w.running[name]
	return ok && now.Sub(j.since) >= noticeableAfter
}

// slow reports whether anything has run for longer than patience.
func (w *Work) Slow(now time.Time) bool {
	for _, j := range w.running {
		if now.Sub(j.since) >= slowAfter {
			return true
		}
	}
	return false
}

// givenUpMsg: the person no longer waits for what was running.
type GivenUpMsg struct{}

// cancelAll gives up what runs. The contexts end; a change that was already
// decided stays decided, and the next reading shows it.
func (w *Work) CancelAll() {
	for name, j := range w.running {
		j.cancel()
		delete(w.running, name)
	}
}
