//go:build unix

package terminal

import (
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// The sequences that take the terminal and give it back. Leaving ends everything that
// may have been begun, also half of a frame.
const (
	enterScreen = "\x1b[?1049h\x1b[?25l\x1b[?2004h" // alternate screen, no cursor, pastes in brackets
	leaveScreen = endUpdate + "\x1b[m\x1b[?7h\x1b[?2004l\x1b[?1049l\x1b[?25h"
	askProtocol = "\x1b[?u" // terminals with the kitty keyboard protocol answer, others ignore it
	// pushProtocol asks for keys that cannot be taken for one another, and for the
	// Latin letter in the place of another one.
	pushProtocol = "\x1b[>5u"
	popProtocol  = "\x1b[<u"
	mouseOn      = "\x1b[?1002h\x1b[?1006h"
	mouseOff     = "\x1b[?1006l\x1b[?1002l"
	pushTitle    = "\x1b[22;2t"
	popTitle     = "\x1b[23;2t"
)

// patience is how long the terminal is waited for when it is given back. One that
// takes no bytes (ctrl+s, a line that hangs) is left as it is then.
const patience = time.Second

// Terminal is a terminal that was taken. Its methods that a model calls, through its
// messages, run in Bubble Tea's loop; Close may be called from anywhere.
type Terminal struct {
	in, out *os.File
	frames  *mailbox
	painter *painter
	typed   []byte // before the terminal was taken
	send    func(tea.Msg)

	mu       sync.Mutex  // of what follows, and of writing
	before   *term.State // the mode to give back
	isTaken  bool
	title    string // "" until one was set
	protocol bool   // the kitty keyboard protocol is in use

	// Only used in Bubble Tea's loop, and when that has ended.
	hasMouse      bool
	width, height int
	err           error

	reading sync.Mutex // held while reading, and between leave and reenter
	isAway  atomic.Bool
	wake    [2]*os.File
	signals *signals
	ended   chan struct{}
}

// Open takes a terminal: raw mode, and the alternate screen. typed is what was read
// from it before. It must be closed.
func Open(in, out *os.File, typed []byte) (*Terminal, error) {
	t := &Terminal{
		in: in, out: out, frames: newMailbox(), painter: newPainter(out),
		typed: typed, ended: make(chan struct{}),
	}
	before, err := term.GetState(in.Fd())
	if err != nil {
		return nil, err
	}
	t.before = before
	if t.wake[0], t.wake[1], err = os.Pipe(); err != nil {
		return nil, err
	}
	t.signals = catchSignals()
	return t, t.enter()
}

// Options are what a Bubble Tea program needs to run on the terminal.
func (t *Terminal) Options() []tea.ProgramOption {
	// The input ends at once: Bubble Tea reads nothing, and gives it to no other program.
	return []tea.ProgramOption{tea.WithoutRenderer(), tea.WithInput(strings.NewReader("")), tea.WithOutput(t.out), tea.WithFilter(t.filter)}
}

// Wrap returns a model that shows m on the terminal.
func (t *Terminal) Wrap(m tea.Model) tea.Model { return &model{m, t} }

// Start begins to read keys, to paint, and to heed signals, for a program whose Send
// is send. goSafely runs work in a goroutine.
func (t *Terminal) Start(send func(tea.Msg), goSafely func(work func())) {
	t.send = send
	goSafely(t.paint)
	goSafely(t.read)
	goSafely(t.heedSignals)
}

// IsAway reports that another program has the terminal. May be called from anywhere.
func (t *Terminal) IsAway() bool { return t.isAway.Load() }

// Err returns why the terminal could not be read any longer, nil where it could.
func (t *Terminal) Err() error { return t.err }

// enter takes the terminal. Its mode is set at once, so that no key is shown that is
// still on its way.
func (t *Terminal) enter() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, err := term.MakeRaw(t.in.Fd()); err != nil {
		return err
	}
	sequence := enterScreen
	if t.hasMouse {
		sequence += mouseOn
	}
	if t.title != "" {
		sequence += pushTitle + ansi.SetWindowTitle(t.title)
	}
	t.isTaken = true
	t.protocol = false
	t.painter.forget()
	_, err := t.out.WriteString(sequence + askProtocol)
	return err
}

// exitLocked gives the terminal back as it was.
func (t *Terminal) exitLocked() {
	if !t.isTaken {
		return
	}
	t.isTaken = false
	sequence := mouseOff
	if t.protocol {
		sequence += popProtocol // before the alternate screen is left, which has its own
	}
	sequence += leaveScreen
	if t.title != "" {
		sequence += popTitle
	}
	written := make(chan struct{})
	go func() {
		defer close(written)
		_, _ = t.out.WriteString(sequence)
	}()
	select {
	case <-written:
	case <-time.After(patience):
	}
	_ = term.Restore(t.in.Fd(), t.before)
}

// Close gives the terminal back. It returns after at most two times patience.
func (t *Terminal) Close() {
	isLocked := lockWithin(&t.mu, patience) // a painter that is stuck holds it
	t.exitLocked()
	select {
	case <-t.ended:
	default:
		close(t.ended)
	}
	if isLocked {
		t.mu.Unlock()
	}
	t.signals.stop()
	_, _ = t.wake[1].Write([]byte{0})
}

// lockWithin locks, or gives up at the limit.
func lockWithin(mu *sync.Mutex, limit time.Duration) bool {
	for end := time.Now().Add(limit); !mu.TryLock(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

// show leaves a view for the painter.
func (t *Terminal) show(view string) {
	t.frames.put(frame{view, t.width, t.height})
}

// repaint draws the whole screen anew.
func (t *Terminal) repaint() {
	t.mu.Lock()
	t.painter.forget()
	t.mu.Unlock()
	t.frames.again()
}

// paint is the painter's goroutine.
func (t *Terminal) paint() {
	for {
		select {
		case <-t.frames.ready:
		case <-t.ended:
			return
		}
		t.paintLatest()
	}
}

func (t *Terminal) paintLatest() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.isTaken {
		return // it is drawn once the terminal is taken again
	}
	if f, isNew := t.frames.take(); isNew {
		_ = t.painter.paint(f) // a terminal that is gone is the reader's to tell
	}
}

// write sends a sequence to the terminal while it is taken.
func (t *Terminal) write(sequence string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.isTaken {
		_, _ = t.out.WriteString(sequence)
	}
}

// useProtocol turns on the keyboard's protocol of a terminal that has it.
func (t *Terminal) useProtocol() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.isTaken && !t.protocol {
		t.protocol = true
		_, _ = t.out.WriteString(pushProtocol)
	}
}

// setTitle names the window. The name that it had is kept by the terminal, and given
// back.
func (t *Terminal) setTitle(title string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.isTaken {
		return
	}
	sequence := ansi.SetWindowTitle(title)
	if t.title == "" {
		sequence = pushTitle + sequence
	}
	t.title = title
	_, _ = t.out.WriteString(sequence)
}

// setMouse turns the reports of the mouse on or off. While they are off, the terminal
// selects text with it.
func (t *Terminal) setMouse(isOn bool) {
	t.hasMouse = isOn
	if isOn {
		t.write(mouseOn)
	} else {
		t.write(mouseOff)
	}
}
