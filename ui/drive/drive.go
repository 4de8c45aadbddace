// Package drive runs a Bubble Tea model without Bubble Tea's runtime, for tests
// and pictures: it presses keys, runs commands and reads the screen. The program
// itself does not import it.
//
// A Driver runs each command that the model returns, sends its message and runs
// what that returns, until nothing is left; only then it presses the next key. It
// starts no goroutine and does not sleep, so that the same keys give the same
// screen on every machine. The model must not set timers (tea.Tick): a timer's
// command would sleep. Pass moves the clock instead.
package drive

import (
	"reflect"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Driver drives one model. The zero value has none: call Open first.
type Driver struct {
	Model    tea.Model
	Now      time.Time // the time of Clock; only Pass moves it
	Tick     tea.Msg   // the message by which Pass tells the model that time has passed; nil for none
	HasQuit  bool      // the model has returned tea.Quit
	HasMouse bool      // the model has turned the mouse on
	Title    string    // that the model has given the window last

	width, height int // of the window, in cells
	depth         int // of nested calls of Send
}

// maxDepth bounds how many messages may follow from one. A model that answers
// every message with a command for the next one would run for ever.
const maxDepth = 10_000

// Open opens a model in a window of this size in cells. It sends the size and
// then runs Init, as Bubble Tea does.
func (d *Driver) Open(m tea.Model, width, height int) {
	d.Model, d.HasQuit, d.HasMouse, d.Title = m, false, false, ""
	d.Resize(width, height)
	d.Run(d.Model.Init())
}

// Clock returns Now. Give it to the model as its clock.
func (d *Driver) Clock() time.Time { return d.Now }

// Pass moves the clock by the whole span at once, and then sends one Tick.
func (d *Driver) Pass(span time.Duration) {
	d.Now = d.Now.Add(span)
	if d.Tick != nil {
		d.Send(d.Tick)
	}
}

// Screen returns what the model shows.
func (d *Driver) Screen() string { return d.Model.View() }

// Resize changes the size of the window, in cells.
func (d *Driver) Resize(width, height int) {
	d.width, d.height = width, height
	d.Send(tea.WindowSizeMsg{Width: width, Height: height})
}

// Press presses keys, one after the other, by their names; see Key.
func (d *Driver) Press(names ...string) {
	for _, name := range names {
		d.Send(Key(name))
	}
}

// Type types a text, one key a character.
func (d *Driver) Type(text string) {
	for _, r := range text {
		d.Send(Key(string(r)))
	}
}

// Paste pastes a text, as a terminal with bracketed paste does.
func (d *Driver) Paste(text string) {
	d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
}

// Burst types a text so fast that Bubble Tea reads it at once and makes one
// message of it.
func (d *Driver) Burst(text string) {
	d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)})
}

// Send sends a message and runs the command that the model returns. It panics if
// more than 10,000 messages follow from one another.
func (d *Driver) Send(msg tea.Msg) {
	if d.depth == maxDepth {
		panic("drive: the messages of the model have no end")
	}
	d.depth++
	defer func() { d.depth-- }()
	d.Run(d.Update(msg))
}

// Update sends a message and returns the command that the model returns, without
// running it. A test can do that later, with Run or Results.
func (d *Driver) Update(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	d.Model, cmd = d.Model.Update(msg)
	return cmd
}

// Run runs a command and sends its message. It runs the commands of a batch or a
// sequence in their order, each with all that follows from it before the next. A
// nil command does nothing.
func (d *Driver) Run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	if cmds, isSeveral := several(msg); isSeveral {
		for _, c := range cmds {
			d.Run(c)
		}
		return
	}
	switch kind := reflect.TypeOf(msg); kind {
	case nil:
	case reflect.TypeFor[tea.QuitMsg]():
		d.HasQuit = true
	case mouseOn, mouseOff:
		d.HasMouse = kind == mouseOn
	case titleType:
		d.Title = reflect.ValueOf(msg).String()
	default:
		d.Send(msg)
	}
}

// titleType is the type of the message of tea.SetWindowTitle, which is not exported.
var titleType = reflect.TypeOf(tea.SetWindowTitle("")())

// Results runs a command, and those of a batch or a sequence, and returns their
// messages without sending them. A test can send them later, in any order. It
// returns nil for a nil command.
func Results(cmd tea.Cmd) (msgs []tea.Msg) {
	if cmd == nil {
		return nil
	}
	msg := cmd()
	cmds, isSeveral := several(msg)
	if !isSeveral {
		return []tea.Msg{msg}
	}
	for _, c := range cmds {
		msgs = append(msgs, Results(c)...)
	}
	return msgs
}

// several returns the commands of a batch or a sequence. The type of a sequence is
// not exported, so both are recognised by their shape, a slice of commands.
func several(msg tea.Msg) (cmds []tea.Cmd, isSeveral bool) {
	v := reflect.ValueOf(msg)
	if !v.IsValid() || v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return nil, false
	}
	for i := range v.Len() {
		cmds = append(cmds, v.Index(i).Interface().(tea.Cmd))
	}
	return cmds, true
}
