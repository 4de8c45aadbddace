// Package drive works a Bubble Tea model by its keys and commands, without
// Bubble Tea's runtime: for the tests of the console, for its pictures and for
// the tests of package crash. Nothing that is shipped imports it.
//
// A Driver runs every command that the model returns to its end, with all that
// comes of it, before the next key. It starts no goroutine and never waits, so
// the same keys give the same screen on every machine. A model that sets timers
// (tea.Tick) must leave them out while it is driven; Pass takes their place.
package drive

import (
	"reflect"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Driver is one model being worked. The zero value has no model yet: Open
// gives it one.
type Driver struct {
	Model   tea.Model
	Now     time.Time // what Clock answers; only Pass moves it
	Tick    tea.Msg   // tells the model that time has passed; nil: Pass tells it nothing
	HasQuit bool      // a command has asked Bubble Tea to end the program

	width, height int
	depth         int // of messages that came from one another
}

// maxDepth is how many messages may come from one another before Send gives
// up: a model whose answer to a message is always another one never rests.
const maxDepth = 10_000

// Open shows a model in a window of this many cells, as Bubble Tea does: size
// first, then Init.
func (d *Driver) Open(m tea.Model, width, height int) {
	d.Model, d.HasQuit = m, false
	d.Resize(width, height)
	d.Run(d.Model.Init())
}

// Clock returns Now. It is the clock to give to the model.
func (d *Driver) Clock() time.Time { return d.Now }

// Pass moves the clock at once by the whole span, and then tells the model
// once that time has passed.
func (d *Driver) Pass(span time.Duration) {
	d.Now = d.Now.Add(span)
	if d.Tick != nil {
		d.Send(d.Tick)
	}
}

// Screen returns what the model shows.
func (d *Driver) Screen() string { return d.Model.View() }

// Resize gives the window another size, in cells.
func (d *Driver) Resize(width, height int) {
	d.width, d.height = width, height
	d.Send(tea.WindowSizeMsg{Width: width, Height: height})
}

// Press presses keys by name, one after the other; see Key.
func (d *Driver) Press(names ...string) {
	for _, name := range names {
		d.Send(Key(name))
	}
}

// Type types a text, one key for each character.
func (d *Driver) Type(text string) {
	for _, r := range text {
		d.Send(Key(string(r)))
	}
}

// Paste pastes a text, as a terminal with bracketed paste reports it.
func (d *Driver) Paste(text string) {
	d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
}

// Burst types characters so fast that Bubble Tea reads them as one message.
func (d *Driver) Burst(text string) {
	d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)})
}

// Send gives the model a message and runs what comes of it.
func (d *Driver) Send(msg tea.Msg) {
	if d.depth == maxDepth {
		panic("drive: the model never comes to rest")
	}
	d.depth++
	defer func() { d.depth-- }()
	d.Run(d.Update(msg))
}

// Update gives the model a message and returns its command, which has not been
// run: for a test that runs it later, with Run or Results.
func (d *Driver) Update(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	d.Model, cmd = d.Model.Update(msg)
	return cmd
}

// Run runs a command, sends its message, and runs what comes of that. The
// commands of a batch run in their order, as those of a sequence do, each with
// all that comes of it before the next. A nil command does nothing.
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
	switch msg.(type) {
	case nil:
	case tea.QuitMsg:
		d.HasQuit = true
	default:
		d.Send(msg)
	}
}

// Results runs a command, and those of a batch or a sequence, and returns
// their messages, which have not been sent: for a test that sends them in an
// order of its own. It is nil for a nil command.
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

// several returns the commands of a batch or a sequence. The type of a
// sequence is not exported, so both are known by their shape: a slice of commands.
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
