// Package crash keeps a fault of the program from becoming a loss for the
// person: what was typed is saved, the terminal is given back as it was found,
// and a report is left that somebody can send us.
//
// Bubble Tea's own recovery is not enough. It prints the stack while the
// alternate screen is still up, where it vanishes, and a panic outside its
// loop leaves the terminal raw. So the program runs without it, inside a
// Model from this package, which guards everything the console does: its
// methods, every command they return, and its goroutines.
package crash

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	_ "github.com/account-settings/pinghome/ui/quiet" // before Bubble Tea's init
)

// Console is what is guarded: a Bubble Tea model that can save what was typed
// and say what it was doing.
type Console interface {
	tea.Model
	// SaveDrafts writes unsent text to disk before it returns.
	SaveDrafts()
	// RecentMessages names the types of the last messages, oldest first.
	RecentMessages() []string
}

// Fault is one panic. It carries no value that the person entered.
type Fault struct {
	// What says what went wrong: the sentence of a run-time error, and only the
	// type of anything else, because panics with text quote the data at hand.
	What string
	// Stack is the stack of the goroutine at the panic.
	Stack string
	// Messages are the console's RecentMessages.
	Messages []string
}

// faultMsg brings a fault from a command or a goroutine to the model.
type faultMsg struct{ fault Fault }

// Model is a tea.Model that stops the program at the first fault of the
// console inside it.
type Model struct {
	console Console
	mu      sync.Mutex
	stop    func()
	fault   *Fault
}

// Watch returns a console under guard.
func Watch(c Console) *Model { return &Model{console: c} }

// OnFault sets what ends the program, usually (*tea.Program).Kill. Set it
// before the program runs; it is called once, and must not wait for the program.
func (m *Model) OnFault(stop func()) { m.stop = stop }

// Fault returns what stopped the console, or nil. Ask once the program has ended.
func (m *Model) Fault() *Fault {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.fault
}

// Init begins the console.
func (m *Model) Init() (cmd tea.Cmd) {
	defer m.recoverInto(&cmd)
	return Guard(m.console.Init())
}

// Update passes a message on to the console. After a fault nothing reaches it
// any more: it may be in the middle of a change.
func (m *Model) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	next = m
	defer m.recoverInto(&cmd)
	if m.Fault() != nil {
		return m, nil
	}
	if f, isFault := msg.(faultMsg); isFault {
		m.fail(f.fault)
		return m, nil
	}
	updated, cmd := m.console.Update(msg)
	if c, isConsole := updated.(Console); isConsole {
		m.console = c
	}
	return m, Guard(cmd)
}

// View draws the console; after a fault, nothing.
func (m *Model) View() (screen string) {
	defer m.recoverInto(nil)
	if m.Fault() != nil {
		return ""
	}
	return m.console.View()
}

// recoverInto is deferred: it turns a panic of the method into a fault.
func (m *Model) recoverInto(cmd *tea.Cmd) {
	cause := recover()
	if cause == nil {
		return
	}
	m.fail(newFault(cause))
	if cmd != nil {
		*cmd = nil
	}
}

// fail remembers the first fault, saves what can be saved and ends the
// program. It is called from the program's loop, where alone the console may
// be touched.
func (m *Model) fail(f Fault) {
	m.mu.Lock()
	isFirst := m.fault == nil
	if isFirst {
		m.fault = &f
	}
	m.mu.Unlock()
	if !isFirst {
		return
	}
	attempt(func() { f.Messages = m.console.RecentMessages() })
	attempt(m.console.SaveDrafts)
	if m.stop != nil {
		m.stop()
	}
}

// attempt runs one step of the clearing up; a console that has just failed may
// well fail at this too, and the other steps still have to be taken.
func attempt(step func()) {
	defer func() { _ = recover() }()
	step()
}

// newFault describes a panic from inside the deferred function that caught it.
func newFault(cause any) Fault {
	what := fmt.Sprintf("a panic with a %T", cause)
	if err, isError := cause.(error); isError {
		var e runtime.Error
		if errors.As(err, &e) {
			what = e.Error()
		}
	}
	return Fault{What: what, Stack: string(debug.Stack())}
}
