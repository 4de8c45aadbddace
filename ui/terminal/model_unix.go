//go:build unix

package terminal

import (
	"reflect"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/background"
)

// What the terminal sends to the model that it wraps.
type (
	// inputMsg are the keys of one read. They arrive together, so that one frame
	// is drawn for all of them.
	inputMsg []tea.Msg
	// resizedMsg: the window may have another size.
	resizedMsg struct{}
	// continuedMsg: the process was stopped, and goes on.
	continuedMsg struct{}
	// endedMsg: the terminal cannot be read any longer.
	endedMsg struct{ err error }
	// suspendedMsg: the process was stopped by its own wish, and goes on.
	suspendedMsg struct{}
)

// Bubble Tea does not export the types of the messages that its commands for the
// terminal make. With its renderer off it does nothing for them, and they are
// recognised here.
var (
	clearScreenType = reflect.TypeOf(tea.ClearScreen())
	windowSizeType  = reflect.TypeOf(tea.WindowSize()())
	setTitleType    = reflect.TypeOf(tea.SetWindowTitle("")())
	mouseOnType     = reflect.TypeOf(tea.EnableMouseCellMotion())
	mouseOffType    = reflect.TypeOf(tea.DisableMouse())
	execType        = reflect.TypeOf(tea.Exec(nil, nil)())
)

// model stands between Bubble Tea and the model that it wraps: it does what is the
// terminal's, and paints what is shown after every message.
type model struct {
	tea.Model
	terminal *terminal
}

// Init tells the size before anything else, so that the first frame is right.
func (m *model) Init() tea.Cmd {
	first := m.Model.Init()
	_, second := m.pass(m.terminal.resize())
	return tea.Batch(first, second)
}

func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case inputMsg:
		return m.each(msg)
	case protocolMsg:
		m.terminal.useProtocol()
		return m, nil
	case coloursMsg, background.AskMsg:
		m.terminal.askBackground()
		return m, nil
	case replyMsg:
		if shade := background.ShadeOf(string(msg)); shade != background.Unknown {
			return m.pass(background.LateMsg(shade))
		}
		return m, nil
	case resizedMsg:
		return m.pass(m.terminal.resize())
	case continuedMsg:
		m.terminal.reenter()
		return m.resumed()
	case suspendedMsg:
		return m.resumed()
	case endedMsg:
		m.terminal.err = msg.err
		return m, tea.Quit
	case tea.MouseMsg:
		if !m.terminal.hasMouse {
			return m, nil // another program left the mouse on
		}
	}
	switch reflect.TypeOf(msg) {
	case clearScreenType:
		m.terminal.frames.redraw()
		return m, nil
	case windowSizeType:
		return m.pass(m.terminal.resize())
	case setTitleType:
		m.terminal.setTitle(reflect.ValueOf(msg).String())
		return m, nil
	case mouseOnType, mouseOffType:
		m.terminal.setMouse(reflect.TypeOf(msg) == mouseOnType)
		return m, nil
	case execType: // the other program has ended: see filter
		m.terminal.reenter()
		return m.pass(m.terminal.resize())
	}
	return m.pass(msg)
}

// pass gives a message to the wrapped model.
func (m *model) pass(msg tea.Msg) (tea.Model, tea.Cmd) {
	next, cmd := m.Model.Update(msg)
	m.Model = next
	return m, cmd
}

// each passes several messages on, in their order.
func (m *model) each(msgs []tea.Msg) (tea.Model, tea.Cmd) {
	cmds := make([]tea.Cmd, 0, len(msgs))
	for _, msg := range msgs {
		_, cmd := m.Update(msg)
		cmds = append(cmds, cmd)
	}
	return m, tea.Batch(cmds...)
}

// resumed tells the size, and then that the program goes on.
func (m *model) resumed() (tea.Model, tea.Cmd) {
	return m.each([]tea.Msg{m.terminal.resize(), tea.ResumeMsg{}})
}

// View is called by Bubble Tea after every Update. What it returns is not written.
func (m *model) View() string {
	m.terminal.show(m.Model.View())
	return ""
}

// filter sees every message before Bubble Tea handles it. It gives the terminal away
// where Bubble Tea is about to run another program, and suspends in its place.
func (t *terminal) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if _, isSuspend := msg.(tea.SuspendMsg); isSuspend {
		t.suspend()
		return suspendedMsg{}
	}
	if reflect.TypeOf(msg) == execType {
		t.leave()
	}
	return msg
}
