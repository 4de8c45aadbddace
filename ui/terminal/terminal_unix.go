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
	// resetModes ends what a program may have left that was killed: the mouse,
	// application keys, insert mode, margins, another character set.
	resetModes  = mouseOff + "\x1b[?1l\x1b>\x1b[4l\x1b[?6l\x1b[r\x1b[?7h\x1b(B\x0f"
	leaveScreen = endUpdate + "\x1b[m\x1b[?7h\x1b[?2004l\x1b[?1049l\x1b[?25h"
	askProtocol = "\x1b[?u" // terminals with the kitty keyboard protocol answer, others ignore it
	// pushProtocol asks for keys that cannot be taken for one another, and for the
	// Latin letter in the place of another one.
	pushProtocol = "\x1b[>5u"
	popProtocol  = "\x1b[<u"
	mouseOn      = "\x1b[?1002h\x1b[?1006h"
	mouseOff     = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l"
	pushTitle    = "\x1b[22;2t"
	popTitle     = "\x1b[23;2t"
)

// patience is how long the terminal is waited for when it is given back. One that
// takes no bytes (ctrl+s, a line that hangs) is left as it is then.
const patience = time.Second

// terminal is a terminal that was taken. Its methods that a model calls, through its
// messages, run in Bubble Tea's loop; Close may be called from anywhere.
type terminal struct {
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
	end     sync.Once // closes ended
}

// Open takes a terminal: raw mode, and the alternate screen. typed is what was read
// from it before. It must be closed.
func Open(in, out *os.File, typed []byte) (Screen, error) { return open(in, out, typed) }

func open(in, out *os.File, typed []byte) (*terminal, error) {
	t := &terminal{
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

func (t *terminal) Options() []tea.ProgramOption {
	// The input ends at once: Bubble Tea reads nothing, and gives it to no other program.
	return []tea.ProgramOption{tea.WithoutRenderer(), tea.WithInput(strings.NewReader("")), tea.WithOutput(t.out), tea.WithFilter(t.filter)}
}

func (t *terminal) Wrap(m tea.Model) tea.Model { return &model{m, t} }

func (t *terminal) Start(send func(tea.Msg), goSafely func(work func())) {
	t.send = send
	goSafely(t.paint)
	goSafely(t.read)
	goSafely(t.heedSignals)
}

func (t *terminal) IsAway() bool { return t.isAway.Load() }

func (t *terminal) Err() error { return t.err }

// enter takes the terminal. Its mode is set at once, so that no key is shown that is
// still on its way.
func (t *terminal) enter() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, err := term.MakeRaw(t.in.Fd()); err != nil {
		return err
	}
	sequence := enterScreen + resetModes
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
func (t *terminal) exitLocked() {
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

// Close returns after at most three times patience. The reader ends first, so that what
// is typed from then on is the next program's.
func (t *terminal) Close() {
	t.end.Do(func() { close(t.ended) })
	_, _ = t.wake[1].Write([]byte{0})
	if !t.IsAway() && lockWithin(&t.reading, patience) {
		defer t.reading.Unlock()
	}
	if lockWithin(&t.mu, patience) { // a painter that is stuck holds it
		defer t.mu.Unlock()
	}
	t.exitLocked()
	t.signals.stop()
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
func (t *terminal) show(view string) {
	t.frames.put(frame{view, t.width, t.height})
}

// repaint draws the whole screen anew.
func (t *terminal) repaint() {
	t.mu.Lock()
	t.painter.forget()
	t.mu.Unlock()
	t.frames.again()
}

// paint is the painter's goroutine.
func (t *terminal) paint() {
	for {
		select {
		case <-t.frames.ready:
		case <-t.ended:
			return
		}
		t.paintLatest()
	}
}

func (t *terminal) paintLatest() {
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
func (t *terminal) write(sequence string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.isTaken {
		_, _ = t.out.WriteString(sequence)
	}
}

// useProtocol turns on the keyboard's protocol of a terminal that has it.
func (t *terminal) useProtocol() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.isTaken && !t.protocol {
		t.protocol = true
		_, _ = t.out.WriteString(pushProtocol)
	}
}

// setTitle names the window. The name that it had is kept by the terminal, and given
// back.
func (t *terminal) setTitle(title string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	sequence := ansi.SetWindowTitle(title)
	if t.title == "" {
		sequence = pushTitle + sequence
	}
	t.title = title
	if t.isTaken {
		_, _ = t.out.WriteString(sequence)
	}
}

// setMouse turns the reports of the mouse on or off. While they are off, the terminal
// selects text with it.
func (t *terminal) setMouse(isOn bool) {
	t.hasMouse = isOn
	if isOn {
		t.write(mouseOn)
	} else {
		t.write(mouseOff)
	}
}
