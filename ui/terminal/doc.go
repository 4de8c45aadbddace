// Package terminal stands between Bubble Tea and the terminal. It owns raw mode, the
// alternate screen, bracketed paste, the mouse, the keyboard's protocol, the title and
// the size; it reads keys and paints frames; and it gives the terminal back as it was,
// however the program ends.
//
// Bubble Tea v1 paints on a ticker, 60 times a second, and its reader of keys knows
// few of the sequences that terminals send. So it runs without both, and keeps what it
// is good at: the model, its messages and its commands. A model needs to know nothing
// of this package: it gets Bubble Tea's own messages, and may use Bubble Tea's own
// commands.
//
// The scanner (scanner.go, sequence.go, key.go) makes messages of bytes. The painter
// (painter.go, looks.go, update.go) writes what has changed, in a goroutine of its own,
// right after every Update. Files that end in _unix.go are about the device, processes
// and signals; on other systems Bubble Tea does all of this itself (plain.go).
package terminal
