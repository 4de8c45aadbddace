package crash

import (
	"reflect"

	tea "github.com/charmbracelet/bubbletea"
)

// Guard returns a command that reports a panic as a message instead of ending
// the process. Watch guards every command that the console returns, and what
// is inside batches and sequences, so nobody has to remember to.
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

// guardInside guards the commands that a message carries. Bubble Tea's
// sequence is an unexported type, so both it and the batch are known by their
// shape: a slice of commands. The copy keeps the type, and the caller's slice
// as it was.
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

// Go runs work in a goroutine of its own and sends a panic of it to the
// program, whose Send is passed.
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

// Run runs the program. What Bubble Tea itself lets through (a panic in the
// function that follows an external editor, say) is caught here, and the
// terminal given back by hand.
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
