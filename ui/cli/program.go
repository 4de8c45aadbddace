package cli

import (
	"fmt"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/background"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/crash"
)

// program is one run of the console in the terminal.
type program struct {
	streams  Streams
	signals  *signals
	crashes  string            // the folder for reports of faults
	answer   background.Answer // of the terminal, with what was typed before it came
	sideWork func()            // runs in a goroutine, since it must not delay the first frame
}

// run shows the console until it ends. However it ends, the terminal is reset to
// what it was, and what was typed is saved.
func (p program) run(console crash.Console) error {
	before, _ := term.GetState(p.streams.In.Fd())
	watched := crash.Watch(console)
	t := tea.NewProgram(watched, p.options()...)
	watched.OnFault(t.Kill)

	done := make(chan struct{})
	go p.signals.watch(t, ui.QuitMsg{}, done, func(code int) {
		p.resetTerminal(before)
		os.Exit(code)
	})
	crash.Go(t.Send, func() { p.sendTyped(t) })
	crash.Go(t.Send, p.sideWork)
	err := crash.Run(t, watched)
	code := p.signals.exitCode(err != nil && watched.Fault() == nil)
	close(done)
	return p.outcome(console, watched.Fault(), code, err)
}

func (p program) options() []tea.ProgramOption {
	options := []tea.ProgramOption{
		tea.WithAltScreen(), tea.WithInput(p.streams.In), tea.WithOutput(p.streams.Out),
		tea.WithoutSignalHandler(), tea.WithoutCatchPanics(), // signals.go and package crash do both
	}
	if p.answer.IsPending {
		options = append(options, tea.WithFilter(background.NewLate().Filter))
	}
	return options
}

// sendTyped sends the keys that were typed while the terminal was asked for its
// background.
func (p program) sendTyped(t *tea.Program) {
	for _, key := range background.Keys(p.answer.Typed) {
		t.Send(key)
	}
}

// outcome returns the error of the command. The program's loop is over, so that
// the console can be used from here.
func (p program) outcome(console crash.Console, fault *crash.Fault, code int, err error) error {
	switch {
	case fault != nil:
		return p.report(fault)
	case err == nil && code == 0:
		return nil
	}
	console.SaveDrafts()
	if code != 0 {
		return &exit.Error{Code: code}
	}
	return exit.Failed("The terminal could not be used any longer: %w.", err)
}

// report writes the report of a fault, and returns an error that names its file.
func (p program) report(f *crash.Fault) error {
	path, err := crash.Write(p.crashes, release(), time.Now(), f)
	if err != nil {
		return exit.Failed("A fault in the program ended it (%s), and the report could not be written: %w", f.What, err)
	}
	return exit.Failed("A fault in the program ended it; what you typed is kept, and the report is in %s.", path)
}

// resetTerminal does what Bubble Tea does at its end, for a program that hangs:
// it turns off bracketed paste, the mouse and the alternate screen, shows the
// cursor and restores the mode.
func (p program) resetTerminal(before *term.State) {
	_, _ = fmt.Fprint(p.streams.Out, "\x1b[?2004l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1049l\x1b[?25h")
	if before != nil {
		_ = term.Restore(p.streams.In.Fd(), before)
	}
}
