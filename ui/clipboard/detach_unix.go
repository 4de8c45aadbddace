//go:build unix

package clipboard

import (
	"os/exec"
	"syscall"
)

// detach gives a program a session of its own, without the terminal. When its time is
// over it ends with what it has started.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
