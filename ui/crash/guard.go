package crash

import (
	"reflect"

	tea "github.com/charmbracelet/bubbletea"
)

// Guard returns a command that returns its own panic as a message, which a Model
// understands. Nil gives nil. A Model guards every command that its console
// returns, also those inside batches and sequences; screens need not call Guard.
func Guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if cause := recover(); cause != nil {
				msg = faultMsg{newFault(cause)}
			}
		}()
		return guardInside(cmd())
	}
}

var cmdType = reflect.TypeFor[tea.Cmd]()

// guardInside guards the commands in a message. The type of Bubble Tea's
// sequences is not exported, so batches and sequences are recognised by their
// shape, a slice of commands. It returns a copy of the same type and leaves the
// slice of the message unchanged.
func guardInside(msg tea.Msg) tea.Msg {
	v := reflect.ValueOf(msg)
	if !v.IsValid() || v.Kind() != reflect.Slice || v.Type().Elem() != cmdType {
		return msg
	}
	guarded := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	for i := range v.Len() {
		guarded.Index(i).Set(reflect.ValueOf(Guard(v.Index(i).Interface().(tea.Cmd))))
	}
	return guarded.Interface()
}

// Go runs work in a goroutine and sends a panic of it to the program. send is the
// program's Send.
func Go(send func(tea.Msg), work func()) {
	go func() {
		defer func() {
			if cause := recover(); cause != nil {
				send(faultMsg{newFault(cause)})
			}
		}()
		work()
	}()
}

// Run runs the program of a Model. It also recovers panics in Bubble Tea itself
// (in the callback after an external editor, say), and restores the terminal
// then.
func Run(p *tea.Program, m *Model) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			p.Kill()
			m.fail(newFault(cause))
			err = p.ReleaseTerminal()
		}
	}()
	_, err = p.Run()
	return err
}
