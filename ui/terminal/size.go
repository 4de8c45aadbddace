package terminal

import (
	"os"
	"strconv"

	"github.com/charmbracelet/x/term"
)

// Size returns the size of a terminal in columns and rows. A side of which the kernel
// knows nothing (serial lines, some containers) is that of COLUMNS or LINES, else of a
// VT100: 80 by 24.
func Size(terminal *os.File) (width, height int) {
	width, height, err := term.GetSize(terminal.Fd())
	if err != nil {
		width, height = 0, 0
	}
	return known(width, "COLUMNS", 80), known(height, "LINES", 24)
}

func known(side int, variable string, otherwise int) int {
	if side > 0 {
		return side
	}
	if n, err := strconv.Atoi(os.Getenv(variable)); err == nil && n > 0 && n < 1<<15 {
		return n
	}
	return otherwise
}
