//go:build unix

package background

import (
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// Ask asks a terminal for its background, and waits for at most Limit. Both files
// must be the terminal, which is left in the mode that it had. The zero Answer
// is returned where there is no terminal.
func Ask(in, out *os.File) Answer {
	before, err := term.MakeRaw(in.Fd())
	if err != nil {
		return Answer{}
	}
	defer func() { _ = term.Restore(in.Fd(), before) }()
	if _, err := out.WriteString(question); err != nil {
		return Answer{}
	}
	return readAnswer(in, time.Now().Add(Limit))
}

// readAnswer reads until the answer is complete, or until the deadline.
func readAnswer(in *os.File, deadline time.Time) Answer {
	var input []byte
	buffer := make([]byte, 256)
	for isReadable(int(in.Fd()), deadline) {
		n, err := unix.Read(int(in.Fd()), buffer)
		if err != nil || n == 0 {
			break
		}
		input = append(input, buffer[:n]...)
		if a := parseAnswer(input); !a.IsPending {
			return a
		}
	}
	return parseAnswer(input)
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
