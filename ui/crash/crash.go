// Package crash handles panics of the console: what was typed is saved, the
// terminal is restored, and a report is written that can be sent to us.
//
// Bubble Tea's own recovery is not enough. It prints the stack while the
// alternate screen is still shown, so that it vanishes with it, and a panic
// outside its loop leaves the terminal in raw mode. So the program runs without
// it. Watch wraps the console in a Model that recovers panics of its methods and
// of every command that they return; Go does the same for a goroutine, and Run
// for Bubble Tea itself. Write leaves the report.
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

// Console is a Bubble Tea model that can save what was typed and name its last
// messages.
type Console interface {
	tea.Model
	// SaveDrafts writes unsent text to disk before it returns.
	SaveDrafts()
	// RecentMessages names the types of the last messages, oldest first.
	RecentMessages() []string
}

// Fault is one panic. It has no text in it that the person entered.
type Fault struct {
	// What describes the panic: the sentence of a run-time error, and only the
	// type of any other value, since such values may quote what was entered.
	What string
	// Stack is the stack of the goroutine at the panic.
	Stack string
	// Messages are the console's RecentMessages.
	Messages []string
}

// faultMsg is the message of a command or a goroutine that has panicked.
type faultMsg struct{ fault Fault }

// Model is a tea.Model around a console. It stops the program at the console's
// first fault.
type Model struct {
	console Console
	mu      sync.Mutex
	stop    func()
	fault   *Fault
}

// Watch wraps a console.
func Watch(c Console) *Model { return &Model{console: c} }

// OnFault sets what ends the program, usually (*tea.Program).Kill. It has to be
// set before the program runs. stop is called once, and must not wait for the
// program to end.
func (m *Model) OnFault(stop func()) { m.stop = stop }

// Fault returns the first fault, or nil. Call it when the program has ended.
func (m *Model) Fault() *Fault {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.fault
}

// Init initialises the console.
func (m *Model) Init() (cmd tea.Cmd) {
	defer m.recoverInto(&cmd)
	return Guard(m.console.Init())
}

// Update passes a message on to the console. After a fault it passes on nothing:
// the console may have been interrupted in the middle of a change.
func (m *Model) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	next = m // what is returned after a panic
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

// recoverInto is to be deferred. It turns a panic of the method into a fault, and
// the command that the method returns into nil.
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

// fail keeps the first fault, saves drafts and ends the program. It must be
// called from the program's loop, the only place where the console may be used.
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
	try(func() { f.Messages = m.console.RecentMessages() })
	try(m.console.SaveDrafts)
	if m.stop != nil {
		m.stop()
	}
}

// try runs one step after a fault. A console that has panicked may panic in this
// step too, and the next step has to run all the same.
func try(step func()) {
	defer func() { _ = recover() }()
	step()
}

// newFault describes a panic. It has to be called in the deferred function that
// recovers it, for the stack.
func newFault(cause any) Fault {
	what := fmt.Sprintf("a panic with a %T", cause)
	if err, isError := cause.(error); isError {
		if e, isRuntime := errors.AsType[runtime.Error](err); isRuntime {
			what = e.Error()
		}
	}
	return Fault{What: what, Stack: string(debug.Stack())}
}

// Catch does work that is no console of Bubble Tea's, and returns the fault that ended it; nil where none did.
func Catch(work func() error) (fault *Fault, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			f := newFault(cause)
			fault = &f
		}
	}()
	return nil, work()
}
