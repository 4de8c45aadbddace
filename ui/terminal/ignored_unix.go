//go:build unix && cgo

package terminal

/*
#include <signal.h>

static unsigned int ignored;

// Constructors run before the Go runtime, which replaces the disposition of most signals.
__attribute__((constructor)) static void noteIgnored(void) {
	for (int sig = 1; sig < 32; sig++) {
		struct sigaction present;
		if (sigaction(sig, 0, &present) == 0 && !(present.sa_flags & SA_SIGINFO) && present.sa_handler == SIG_IGN)
			ignored |= 1u << sig;
	}
}

static unsigned int ignoredAtStart(void) { return ignored; }
*/
import "C"

import (
	"os"
	"os/signal"
	"syscall"
)

// KeepsIgnored reports whether the process was started to ignore a signal, as by nohup
// or a shell's trap, and has it ignored from now on. signal.Ignored knows that of
// SIGHUP and SIGINT only: of others the Go runtime has put a handler in the place.
func KeepsIgnored(sig os.Signal) bool {
	number, isNumber := sig.(syscall.Signal)
	if !isNumber || number < 1 || number > 31 || uint(C.ignoredAtStart())>>number&1 == 0 {
		return signal.Ignored(sig)
	}
	signal.Ignore(sig)
	return true
}
