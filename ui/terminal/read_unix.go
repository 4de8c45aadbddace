//go:build unix

package terminal

import (
	"bytes"
	"errors"
	"io"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"
)

// read is the reader's goroutine. It waits for bytes without a beat of its own, and
// for the rest of what has begun until its deadline.
func (t *terminal) read() {
	// Return, pressed before the terminal was raw, arrives as a line feed.
	var s scanner
	t.deliver(s.feed(bytes.ReplaceAll(t.typed, []byte{'\n'}, []byte{'\r'}), time.Now()))
	buffer := make([]byte, 4096)
	for !t.isOver() {
		at, hasDeadline := s.deadline()
		n, err := t.readOnce(buffer, at, hasDeadline)
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			t.deliver(s.expire())
		case err != nil:
			if !t.isOver() {
				t.send(endedMsg{err})
			}
			return
		default:
			t.deliver(s.feed(buffer[:n], time.Now()))
		}
	}
}

// deliver sends what was read to the program.
func (t *terminal) deliver(msgs []tea.Msg) {
	if len(msgs) > 0 {
		t.send(inputMsg(msgs))
	}
}

func (t *terminal) isOver() bool {
	select {
	case <-t.ended:
		return true
	default:
		return false
	}
}

// readOnce reads what is there, or waits for it. It returns 0 bytes when it was woken,
// and os.ErrDeadlineExceeded at the deadline. It does nothing while another program
// has the terminal.
func (t *terminal) readOnce(buffer []byte, at time.Time, hasDeadline bool) (n int, err error) {
	t.reading <- struct{}{}
	defer func() { <-t.reading }()
	if t.isOver() {
		return 0, nil
	}
	isReady, err := await(int(t.in.Fd()), int(t.wake[0].Fd()), at, hasDeadline)
	if err != nil || !isReady {
		return 0, err
	}
	n, err = unix.Read(int(t.in.Fd()), buffer)
	switch {
	case errors.Is(err, unix.EINTR), errors.Is(err, unix.EAGAIN):
		return 0, nil
	case err == nil && n == 0:
		return 0, io.EOF
	}
	return max(n, 0), err
}

// await waits until fd can be read, wake can be read, or the deadline. It uses select
// and not poll, because macOS does not poll terminals.
func await(fd, wake int, at time.Time, hasDeadline bool) (isReady bool, err error) {
	for {
		var ready unix.FdSet
		ready.Set(fd)
		ready.Set(wake)
		var limit *unix.Timeval
		if hasDeadline {
			left := unix.NsecToTimeval(max(0, time.Until(at).Nanoseconds()))
			limit = &left
		}
		switch n, err := unix.Select(max(fd, wake)+1, &ready, nil, nil, limit); {
		case errors.Is(err, unix.EINTR):
		case err != nil:
			return false, err
		case n == 0:
			return false, os.ErrDeadlineExceeded
		default:
			return ready.IsSet(fd) && !ready.IsSet(wake), nil
		}
	}
}

// leave gives the terminal to another program, until reenter.
func (t *terminal) leave() {
	_, _ = t.wake[1].Write([]byte{0})
	t.reading <- struct{}{}
	t.isAway.Store(true)
	_, _ = t.wake[0].Read(make([]byte, 1))
	t.exit()
}

// reenter takes the terminal again: after leave, or after the process was stopped
// without a warning. In the background the kernel stops it here, until it is in the
// foreground.
func (t *terminal) reenter() {
	_ = t.enter() // a terminal that is gone is the reader's to tell
	if t.isAway.CompareAndSwap(true, false) {
		<-t.reading
	}
}
