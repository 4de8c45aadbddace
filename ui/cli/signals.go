package cli

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// grace is how long the console may take to save and leave after a signal,
// and how long its program may then take to stop.
const grace = 2 * time.Second

// signals turns the signals that end a process into an orderly end. Bubble Tea
// handles two of them, without saving anything and without an exit code.
type signals struct {
	came chan os.Signal
	code atomic.Int32 // 128 and the number of the first signal; 0 for none
}

// listen takes the signals over from now on. Those that come before watch are
// not lost.
func listen() *signals {
	s := &signals{came: make(chan os.Signal, 4)}
	signal.Notify(s.came, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	return s
}

func (s *signals) close() { signal.Stop(s.came) }

// during runs work with a context that ends with a signal, and returns the
// signal's exit code then. Whoever sends a second one wants no more than the
// end: what was acknowledged is on the disk.
func (s *signals) during(work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done, left := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(left)
		select {
		case sig := <-s.came:
			s.note(sig)
			cancel()
		case <-done:
			return
		}
		select {
		case <-s.came:
			os.Exit(int(s.code.Load()))
		case <-done:
		}
	}()
	err := work(ctx)
	close(done)
	<-left
	if code := s.code.Load(); code != 0 {
		return &ExitError{Code: int(code)}
	}
	return err
}

// watch passes the first signal to a running program as a message, ends the
// program if that does not, or when a second signal comes, and calls abandon
// if not even that helps. It stops when the program is done.
func (s *signals) watch(p *tea.Program, quit tea.Msg, done <-chan struct{}, abandon func(code int)) {
	select {
	case sig := <-s.came:
		s.note(sig)
	case <-done:
		return
	}
	go p.Send(quit)
	select {
	case <-time.After(grace):
	case <-s.came:
	case <-done:
		return
	}
	p.Kill()
	select {
	case <-time.After(grace):
		abandon(int(s.code.Load()))
	case <-done:
	}
}

func (s *signals) note(sig os.Signal) {
	if number, isNumber := sig.(syscall.Signal); isNumber {
		s.code.CompareAndSwap(0, 128+int32(number))
	}
}

// exitCode returns 128 and the number of the signal, or 0. After a failure it
// waits a moment first: a closed window ends the input and sends SIGHUP, and
// the input may be first.
func (s *signals) exitCode(hasFailed bool) int {
	if hasFailed && s.code.Load() == 0 {
		select {
		case sig := <-s.came:
			s.note(sig)
		case <-time.After(100 * time.Millisecond):
		}
	}
	return int(s.code.Load())
}
