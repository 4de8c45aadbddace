package cli

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"slices"
	"sync/atomic"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/terminal"
)

// grace is how long the console may take to save and quit after a signal, and
// then again how long its program may take to stop.
const grace = 2 * time.Second

// together is how long after the first signal another one is the same, where a command tells at its end what it has
// done: timeout(1) sends its signal to the process and to its group.
const together = 500 * time.Millisecond

// signals handles the signals that end a process: what is typed is saved, and
// the exit code names the signal. Bubble Tea handles two of them, without either.
type signals struct {
	received chan os.Signal
	code     atomic.Int32  // 128 and the number of the first signal; 0 for none
	together time.Duration // how long after the first signal another one is the same
	// isCommand says that a signal is told, and that it came too late where the work is done.
	isCommand bool
}

// catchSignals begins to receive the signals, but for the ones in except. Those
// that arrive before run or watch is called are not lost. A signal that the
// process was started to ignore stays ignored, as for nohup.
func catchSignals(except ...os.Signal) *signals {
	s := &signals{received: make(chan os.Signal, 4)}
	for _, sig := range []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT} {
		if !terminal.KeepsIgnored(sig) && !slices.Contains(except, sig) {
			signal.Notify(s.received, sig)
		}
	}
	return s
}

func (s *signals) close() { signal.Stop(s.received) }

// run does the work with a context that a signal cancels, and returns an
// *exit.Error with the signal's code then. It has the sentence of a change of which it
// is not known whether it was made, or of what is left to be done; else that of a command is that it was
// interrupted, and others have none. A second signal ends the process at once; what was acknowledged is on the disk.
func (s *signals) run(work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		select {
		case sig := <-s.received:
			s.record(sig)
			cancel()
		case <-done:
			return
		}
		for first := time.Now(); ; {
			select {
			case <-s.received:
				if time.Since(first) >= s.together {
					os.Exit(int(s.code.Load()))
				}
			case <-done:
				return
			}
		}
	}()
	err := work(ctx)
	close(done)
	<-stopped
	code := int(s.code.Load())
	own, isOwn := errors.AsType[*exit.Error](err)
	switch {
	case code == 0 || err == nil && s.isCommand:
		return err
	case backend.ErrorCode(err) == backend.CodeUnknownOutcome:
		return &exit.Error{Code: code, Err: err}
	case s.isCommand && isOwn && own.Err != nil:
		return &exit.Error{Code: code, Err: own.Err}
	case s.isCommand:
		return &exit.Error{Code: code, Err: errors.New("Interrupted.")}
	}
	return &exit.Error{Code: code}
}

// watch sends a running program the message to quit at the first signal, kills the
// program when that takes longer than grace or a second signal comes, and ends the
// process when even that takes longer than grace. It returns when done is closed.
// ctrl+c in an editor that the program has opened is the editor's.
func (s *signals) watch(p *tea.Program, screen terminal.Screen, done <-chan struct{}) {
	for s.code.Load() == 0 {
		select {
		case sig := <-s.received:
			if sig != syscall.SIGINT || !screen.IsAway() {
				s.record(sig)
			}
		case <-done:
			return
		}
	}
	go p.Send(ui.QuitMsg{})
	select {
	case <-time.After(grace):
	case <-s.received:
	case <-done:
		return
	}
	p.Kill()
	select {
	case <-time.After(grace):
		screen.Close()
		os.Exit(int(s.code.Load()))
	case <-done:
	}
}

func (s *signals) record(sig os.Signal) {
	if number, isNumber := sig.(syscall.Signal); isNumber {
		s.code.CompareAndSwap(0, 128+int32(number)) //nolint:gosec // signals' numbers are below 65
	}
}

// exitCode returns 128 plus the number of the first signal, 0 for none. After a
// failure it waits a moment first: a terminal that is closed ends the input and
// sends SIGHUP, in either order.
func (s *signals) exitCode(hasFailed bool) int {
	if hasFailed && s.code.Load() == 0 {
		select {
		case sig := <-s.received:
			s.record(sig)
		case <-time.After(100 * time.Millisecond):
		}
	}
	return int(s.code.Load())
}
