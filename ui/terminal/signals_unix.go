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
	"golang.org/x/sys/unix"
)

// stopSignal stops the process group. It is not SIGTSTP, because Go cannot give that
// its default action back once it was caught (signal.Reset leaves the handler in its
// place). To the kernel and to shells it is the same but for its name; a group without a
// shell that could continue it is not stopped by either.
const stopSignal = syscall.SIGTTIN

// stopLimit is how long the kernel may take to stop the process, and then to tell that it
// was continued. Where it is not stopped, it goes on.
const stopLimit = 200 * time.Millisecond

// signals are those about the terminal: its size, and stopping and continuing. The
// signals that end a process are not this package's.
type signals struct {
	received    chan os.Signal
	continued   chan struct{}
	isSuspended atomic.Bool
	canStop     bool // the process was not started to ignore ctrl+z
}

func catchSignals() *signals {
	s := &signals{received: make(chan os.Signal, 8), continued: make(chan struct{}, 1)}
	signal.Notify(s.received, syscall.SIGWINCH, syscall.SIGCONT)
	if s.canStop = !KeepsIgnored(syscall.SIGTSTP); s.canStop {
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
// one to give back. Where nothing could continue it, or ctrl+z was to be ignored, it
// does nothing.
func (t *terminal) suspend() {
	if !t.signals.canStop || isOrphaned() {
		return
	}
	t.leave()
	t.signals.isSuspended.Store(true)
	select {
	case <-t.signals.continued: // of an earlier stop
	default:
	}
	_ = syscall.Kill(0, stopSignal)
	select {
	case <-t.signals.continued:
	case <-time.After(stopLimit): // also when it was stopped for longer than that
		select {
		case <-t.signals.continued:
		case <-time.After(stopLimit):
		}
	}
	t.signals.isSuspended.Store(false)
	if now, err := term.GetState(t.in.Fd()); err == nil {
		t.mu.Lock()
		t.before = now
		t.mu.Unlock()
	}
	t.reenter()
}

// isOrphaned reports that no shell could continue the process group: it is that of the
// session, or its parent is in another session (POSIX, 3.262). A parent in the same
// group, as "go run" is, says nothing.
func isOrphaned() bool {
	group, parent := syscall.Getpgrp(), syscall.Getppid()
	session, err := unix.Getsid(0)
	parents, errOfParent := unix.Getsid(parent)
	return err == nil && (session == group || errOfParent != nil || parents != session)
}

// resize asks for the size of the window.
func (t *terminal) resize() tea.WindowSizeMsg {
	t.width, t.height = Size(t.out)
	return tea.WindowSizeMsg{Width: t.width, Height: t.height}
}
