// Package clipboard puts text on the person's clipboard: through tmux, with a program of
// the desktop, or with a sequence for the terminal (OSC 52). It says which way the text
// went, since that decides where it can be pasted and whether it arrived.
package clipboard

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"github.com/aymanbagabas/go-osc52/v2"
)

// Way is how a text was copied.
type Way struct {
	Name string // ends a sentence that begins with "Copied": "with wl-copy"
	// IsSure reports that the text arrived. A terminal does not acknowledge OSC 52, and
	// drops it where that is turned off or the text is too long.
	IsSure bool
}

// MaxSequence is how many bytes of text many terminals take with OSC 52: as base64 they
// are the 100,000 bytes at which those terminals stop.
const MaxSequence = 74_994

// patience is how long a program may take. One of the desktop that has not ended by
// then waits for a display that does not answer.
const patience = time.Second

// Clipboard is that of the person before a terminal.
type Clipboard struct {
	terminal io.Writer
	system   string // as runtime.GOOS
	patience time.Duration
}

// New returns the clipboard of the person before this terminal. A sequence is written
// with a single Write, so that it falls between two frames where each of them is written
// with a single one, too.
func New(terminal io.Writer) *Clipboard {
	return &Clipboard{terminal: terminal, system: runtime.GOOS, patience: patience}
}

// Copy copies a text. It tries the ways one after the other, the surest first. The error
// is that of the last one.
func (c *Clipboard) Copy(text string) (Way, error) {
	for _, t := range tools(c.system) {
		if t.run(text, c.patience) == nil {
			return Way{Name: t.way, IsSure: true}, nil
		}
	}
	return c.sequence(text)
}

// sequence asks the terminal to copy a text. GNU screen passes a sequence on only when it
// is wrapped, in pieces of the length that it can hold; tmux takes it as it is.
func (c *Clipboard) sequence(text string) (Way, error) {
	if len(text) > MaxSequence {
		return Way{}, fmt.Errorf("it has %d bytes, and terminals take %d at most", len(text), MaxSequence)
	}
	sequence := osc52.New(text)
	if os.Getenv("STY") != "" && os.Getenv("TMUX") == "" {
		sequence = sequence.Screen()
	}
	_, err := io.WriteString(c.terminal, sequence.String())
	return Way{Name: "through the terminal"}, err
}
