//go:build !unix

package clipboard

import "os/exec"

// detach does nothing: there is no controlling terminal here.
func detach(*exec.Cmd) {}
