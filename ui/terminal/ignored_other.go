//go:build !unix || !cgo

package terminal

import (
	"os"
	"os/signal"
)

// KeepsIgnored reports whether the process was started to ignore a signal.
func KeepsIgnored(sig os.Signal) bool { return signal.Ignored(sig) }
