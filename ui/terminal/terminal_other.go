//go:build !unix

package terminal

import (
	"os"

	tea "github.com/charmbracelet/bubbletea"
)

// Terminal is a terminal that Bubble Tea itself reads and paints on.
type Terminal struct {
	in, out *os.File
}

// Open returns the terminal. Bubble Tea takes it when the program runs.
func Open(in, out *os.File, _ []byte) (*Terminal, error) { return &Terminal{in, out}, nil }

// Options are what a Bubble Tea program needs to run on the terminal.
func (t *Terminal) Options() []tea.ProgramOption {
	return []tea.ProgramOption{tea.WithAltScreen(), tea.WithInput(t.in), tea.WithOutput(t.out)}
}

// Wrap returns m.
func (t *Terminal) Wrap(m tea.Model) tea.Model { return m }

// Start has nothing to start.
func (t *Terminal) Start(func(tea.Msg), func(func())) {}

// IsAway cannot tell whether another program has the terminal.
func (t *Terminal) IsAway() bool { return false }

// Err returns nil: Bubble Tea tells its own errors.
func (t *Terminal) Err() error { return nil }

// Close has nothing to do: Bubble Tea gives the terminal back.
func (t *Terminal) Close() {}
