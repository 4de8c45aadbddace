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
	enterScreen = "\x1b[?1049h\x1b[?25l\x1b[?2004h" + reportColours // alternate screen, no cursor, pastes in brackets
	// resetModes ends what a program may have left that was killed: the mouse,
	// application keys, insert mode, margins, another character set.
	resetModes  = mouseOff + "\x1b[?1l\x1b>\x1b[4l\x1b[?6l\x1b[r\x1b[?7h\x1b(B\x0f"
	leaveScreen = endUpdate + "\x1b[m\x1b[?2031l\x1b[?7h\x1b[?2004l\x1b[?1049l\x1b[?25h"
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

// giveBackLimit is how long the terminal is waited for when it is given back. One that
// takes no bytes (ctrl+s, a line that hangs) is left as it is then.
const giveBackLimit = time.Second

// terminal is a terminal that was taken. Its methods that a model calls, through its
// messages, run in Bubble Tea's loop; Close may be called from anywhere.
type terminal struct {
	in, out *os.File
	frames  *frames
	painter *painter
	typed   []byte // before the terminal was taken
	send    func(tea.Msg)

	device chan struct{} // has an element while it is written to, or the painter is used

	mu          sync.Mutex  // of what follows; held for moments only
	before      *term.State // the mode to give back
	isTaken     bool
	title       string // "" until one was set
	isTitled    bool   // the terminal is told to keep the name that it had
	keepsTitle  bool   // and has been sent that
	hasProtocol bool   // the kitty keyboard protocol is in use

	// Only used in Bubble Tea's loop, and when that has ended.
	hasMouse      bool
	width, height int
	err           error

	reading chan struct{} // has an element while the reader reads, and between leave and reenter
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
		in: in, out: out, frames: newFrames(), painter: newPainter(out),
		typed: typed, ended: make(chan struct{}), device: make(chan struct{}, 1), reading: make(chan struct{}, 1),
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
	if err := t.enter(); err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
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

// enter takes the terminal, or takes it once more after a stop without a warning: then
// what it was told to keep it has kept. Its mode is set at once, so that no key is shown
// that is still on its way.
func (t *terminal) enter() error {
	defer t.useDevice()()
	if _, err := term.MakeRaw(t.in.Fd()); err != nil {
		return err
	}
	t.mu.Lock()
	sequence := enterScreen + resetModes
	if t.hasMouse {
		sequence += mouseOn
	}
	if t.title != "" {
		t.isTitled = t.isTitled && t.keepsTitle // what was told and not written yet is dropped below
		sequence += t.titleLocked()
		t.keepsTitle = true
	}
	if !t.hasProtocol {
		sequence += askProtocol
	}
	t.isTaken = true
	t.mu.Unlock()
	t.frames.begin()
	return t.writeWithin(sequence)
}

// exit gives the terminal back as it was.
func (t *terminal) exit() {
	defer t.useDevice()()
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.isTaken {
		return
	}
	t.isTaken = false
	sequence := mouseOff
	if t.hasProtocol {
		sequence += popProtocol // before the alternate screen is left, which has its own
	}
	sequence += leaveScreen
	if t.keepsTitle {
		sequence += popTitle
	}
	t.hasProtocol, t.isTitled, t.keepsTitle = false, false, false
	_ = t.writeWithin(sequence)
	_ = term.Restore(t.in.Fd(), t.before)
}

// useDevice waits until nothing else writes to the terminal, for giveBackLimit at most:
// a terminal that takes no bytes keeps the painter. It returns what ends the use.
func (t *terminal) useDevice() (done func()) {
	select {
	case t.device <- struct{}{}:
		return func() { <-t.device }
	case <-time.After(giveBackLimit):
		return func() {}
	}
}

// writeWithin writes a sequence, and gives up at giveBackLimit.
func (t *terminal) writeWithin(sequence string) error {
	written := make(chan error, 1)
	go func() {
		_, err := t.out.WriteString(sequence)
		written <- err
	}()
	select {
	case err := <-written:
		return err
	case <-time.After(giveBackLimit):
		return os.ErrDeadlineExceeded
	}
}

// Close returns after three times giveBackLimit at most. The reader ends first, so that
// what is typed from then on is the next program's.
func (t *terminal) Close() {
	t.end.Do(func() { close(t.ended) })
	_, _ = t.wake[1].Write([]byte{0})
	if !t.IsAway() {
		select {
		case t.reading <- struct{}{}:
			defer func() { <-t.reading }()
		case <-time.After(giveBackLimit):
		}
	}
	t.exit()
	t.signals.stop()
}

// show leaves a view for the painter.
func (t *terminal) show(view string) {
	t.frames.put(frame{view, t.width, t.height})
}

// paint is the painter's goroutine, the only one that may wait for the terminal for long:
// what others have for it they leave in frames.
func (t *terminal) paint() {
	for {
		select {
		case <-t.frames.ready:
		case <-t.ended:
			return
		}
		t.device <- struct{}{}
		t.paintLatest()
		<-t.device
	}
}

func (t *terminal) paintLatest() {
	t.mu.Lock()
	isTaken := t.isTaken
	t.mu.Unlock()
	if !isTaken {
		return // it is drawn once the terminal is taken again
	}
	next := t.frames.take()
	if next.sequences != "" {
		_, _ = t.out.WriteString(next.sequences)
		t.mu.Lock()
		t.keepsTitle = t.keepsTitle || strings.Contains(next.sequences, pushTitle)
		t.mu.Unlock()
	}
	if next.isWhole {
		t.painter.forget()
	}
	if next.isNew {
		_ = t.painter.paint(next.frame) // a terminal that is gone is the reader's to tell
	}
}

// useProtocol turns on the keyboard's protocol of a terminal that has it.
func (t *terminal) useProtocol() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.isTaken && !t.hasProtocol {
		t.hasProtocol = true
		t.frames.tell(pushProtocol)
	}
}

// setTitle names the window. The name that it had is kept by the terminal, and given
// back.
func (t *terminal) setTitle(title string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.title = title
	if t.isTaken {
		t.frames.tell(t.titleLocked())
	}
}

// titleLocked returns the sequence that names the window. The caller has mu.
func (t *terminal) titleLocked() string {
	sequence := ansi.SetWindowTitle(t.title)
	if !t.isTitled {
		sequence = pushTitle + sequence
	}
	t.isTitled = true
	return sequence
}

// setMouse turns the reports of the mouse on or off. While they are off, the terminal
// selects text with it.
func (t *terminal) setMouse(isOn bool) {
	t.hasMouse = isOn
	if isOn {
		t.frames.tell(mouseOn)
	} else {
		t.frames.tell(mouseOff)
	}
}
