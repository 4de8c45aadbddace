//go:build unix

package background

import (
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// Ask puts the question to a terminal, which it leaves in the mode it found.
// Both files must be the terminal.
func Ask(in, out *os.File) Answer {
	before, err := term.MakeRaw(in.Fd())
	if err != nil {
		return Answer{}
	}
	defer term.Restore(in.Fd(), before)
	if _, err := out.WriteString(question); err != nil {
		return Answer{}
	}
	return listen(in, time.Now().Add(Limit))
}

// listen reads until the fence or the deadline.
func listen(in *os.File, deadline time.Time) Answer {
	var heard []byte
	buffer := make([]byte, 256)
	for isReadable(int(in.Fd()), deadline) {
		n, err := unix.Read(int(in.Fd()), buffer)
		if err != nil || n == 0 {
			break
		}
		heard = append(heard, buffer[:n]...)
		if a := read(heard); !a.IsDue {
			return a
		}
	}
	return read(heard)
}

// isReadable waits until there is something to read, or the deadline. It uses
// select and not poll, because macOS does not poll terminals.
func isReadable(fd int, deadline time.Time) bool {
	for {
		left := time.Until(deadline)
		if left <= 0 {
			return false
		}
		var ready unix.FdSet
		ready.Set(fd)
		limit := unix.NsecToTimeval(left.Nanoseconds())
		if n, err := unix.Select(fd+1, &ready, nil, nil, &limit); err != unix.EINTR {
			return err == nil && n > 0
		}
	}
}
