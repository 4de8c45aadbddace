//go:build unix

package cli

import (
	"os"
	"os/signal"
	"syscall"
)

// notifyResumed tells that the program goes on after it was stopped, such as by ctrl+z, until stop is called.
func notifyResumed() (resumed <-chan os.Signal, stop func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGCONT)
	return c, func() { signal.Stop(c) }
}
