//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package cli

import (
	"os"

	"golang.org/x/sys/unix"
)

// readQueue is FREAD of the system's sys/fcntl.h: what was typed, and not what was printed.
const readQueue = 1

// discardTyped discards what was typed at a terminal and not read yet.
func discardTyped(in *os.File) {
	_ = unix.IoctlSetPointerInt(int(in.Fd()), unix.TIOCFLUSH, readQueue) // what is no terminal refuses that
}
