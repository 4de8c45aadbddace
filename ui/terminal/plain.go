package terminal

import (
	"os"

	tea "github.com/charmbracelet/bubbletea"
)

// Screen is a terminal that a Bubble Tea program runs on.
type Screen interface {
	// Options are what the program needs.
	Options() []tea.ProgramOption
	// Wrap returns a model that shows m.
	Wrap(m tea.Model) tea.Model
	// Start begins to read and to paint, for a program whose Send is send. goSafely
	// runs work in a goroutine.
	Start(send func(tea.Msg), goSafely func(work func()))
	// IsAway reports that another program has the terminal, an editor for example. It
	// may be called from anywhere.
	IsAway() bool
	// Err returns why the terminal could not be read any longer, nil where it could.
	// It is for the time after the program.
	Err() error
	// Close gives the terminal back. It may be called from anywhere, and again.
	Close()
}

// plain is a terminal that Bubble Tea itself reads and paints on.
type plain struct{ in, out *os.File }

// Plain returns a terminal that Bubble Tea takes, reads, paints on and gives back, by
// its own means.
func Plain(in, out *os.File) Screen { return plain{in, out} }

func (p plain) Options() []tea.ProgramOption {
	return []tea.ProgramOption{tea.WithAltScreen(), tea.WithInput(p.in), tea.WithOutput(p.out)}
}

func (plain) Wrap(m tea.Model) tea.Model             { return m }
func (plain) Start(func(tea.Msg), func(work func())) {}
func (plain) IsAway() bool                           { return false }
func (plain) Err() error                             { return nil }
func (plain) Close()                                 {}
