//go:build !unix

package background

import "os"

// Ask knows no way to wait for a terminal here.
func Ask(_, _ *os.File) Answer { return Answer{} }
