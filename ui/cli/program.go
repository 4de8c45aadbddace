package cli

import (
	"cmp"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/crash"
	"github.com/account-settings/pinghome/ui/terminal"
)

// openScreen takes the terminal. A benchmark takes it by Bubble Tea's own means.
var openScreen = terminal.Open

// program is one run of the console in the terminal.
type program struct {
	streams  Streams
	signals  *signals
	crashes  string // the folder for reports of faults
	typed    []byte // before the terminal was taken
	sideWork func() // runs in a goroutine, since it must not delay the first frame
	// unkept is what was typed and could not be kept, once the console has ended.
	unkept func() string
}

// run shows the console until it ends. However it ends, the terminal is given back,
// and what was typed is saved.
func (p program) run(console crash.Console) error {
	screen, err := openScreen(p.streams.In, p.streams.Out, p.typed)
	if err != nil {
		return exit.Failed("The terminal cannot be used: %w.", err)
	}
	defer screen.Close()
	watched := crash.Watch(console)
	// signals.go and package crash do what these two leave out.
	t := tea.NewProgram(screen.Wrap(watched), append(screen.Options(), tea.WithoutSignalHandler(), tea.WithoutCatchPanics())...)
	watched.OnFault(t.Kill)

	done := make(chan struct{})
	go p.signals.watch(t, screen, done)
	screen.Start(t.Send, func(work func()) { crash.Go(t.Send, work) })
	crash.Go(t.Send, p.sideWork)
	err = cmp.Or(crash.Run(t, watched), screen.Err())
	screen.Close()
	code := p.signals.exitCode(err != nil && watched.Fault() == nil)
	close(done)
	return p.outcome(console, watched.Fault(), code, err)
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
	if p.unkept != nil && p.unkept() != "" {
		return exit.Failed("A fault in the program ended it; the report is in %s.", path)
	}
	return exit.Failed("A fault in the program ended it; what you typed is kept, and the report is in %s.", path)
}
