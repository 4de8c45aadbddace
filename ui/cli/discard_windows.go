package cli

import (
	"os"

	"golang.org/x/sys/windows"
)

// discardTyped discards what was typed at a terminal and not read yet.
func discardTyped(in *os.File) {
	_ = windows.FlushConsoleInputBuffer(windows.Handle(in.Fd())) // what is no terminal refuses that
}
