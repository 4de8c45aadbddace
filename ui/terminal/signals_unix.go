//go:build unix

package terminal

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"
)

// stopSignal stops the process group. It is not SIGTSTP, because Go cannot give that
// its default action back once it was caught (signal.Reset leaves the handler in its
// place). To the kernel and to shells it is the same but for its name; a group without a
// shell that could continue it is not stopped by either.
const stopSignal = syscall.SIGTTIN

// stopLimit is how long the kernel may take to stop the process. Where it does not, the
// process has no shell that could continue it, and it goes on.
const stopLimit = 200 * time.Millisecond

// signals are those about the terminal: its size, and stopping and continuing. The
// signals that end a process are not this package's.
type signals struct {
	received    chan os.Signal
	continued   chan struct{}
	isSuspended atomic.Bool
}

func catchSignals() *signals {
	s := &signals{received: make(chan os.Signal, 8), continued: make(chan struct{}, 1)}
	signal.Notify(s.received, syscall.SIGWINCH, syscall.SIGCONT)
	if !signal.Ignored(syscall.SIGTSTP) {
		signal.Notify(s.received, syscall.SIGTSTP)
	}
	return s
}

func (s *signals) stop() { signal.Stop(s.received) }

// heedSignals passes the signals on to the program.
func (t *terminal) heedSignals() {
	for {
		var got os.Signal
		select {
		case got = <-t.signals.received:
		case <-t.ended:
			return
		}
		switch {
		case got == syscall.SIGWINCH:
			t.send(resizedMsg{})
		case got == syscall.SIGTSTP && t.IsAway():
			// An editor stops its whole group at ctrl+z, which is this one.
			_ = syscall.Kill(syscall.Getpid(), stopSignal)
		case got == syscall.SIGTSTP:
			t.send(tea.SuspendMsg{})
		case t.signals.isSuspended.Load(): // SIGCONT, like those below
			select {
			case t.signals.continued <- struct{}{}:
			default:
			}
		case !t.IsAway():
			t.send(continuedMsg{})
		}
	}
}

// suspend gives the terminal back, stops the process group as ctrl+z does, and takes
// the terminal again when it is continued. The mode that the terminal has then is the
// one to give back.
func (t *terminal) suspend() {
	t.leave()
	t.signals.isSuspended.Store(true)
	_ = syscall.Kill(0, stopSignal)
	select {
	case <-t.signals.continued:
	case <-time.After(stopLimit):
	}
	t.signals.isSuspended.Store(false)
	if now, err := term.GetState(t.in.Fd()); err == nil {
		t.mu.Lock()
		t.before = now
		t.mu.Unlock()
	}
	t.reenter()
}

// resize asks for the size of the window.
func (t *terminal) resize() tea.WindowSizeMsg {
	t.width, t.height = Size(t.out)
	return tea.WindowSizeMsg{Width: t.width, Height: t.height}
}
