//go:build !unix

package cli

import "os"

// notifyResumed tells of nothing: programs are not stopped there.
func notifyResumed() (resumed <-chan os.Signal, stop func()) { return nil, func() {} }
