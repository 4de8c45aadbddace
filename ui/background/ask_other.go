//go:build !unix

package background

import "os"

// Ask cannot ask on this system, and returns the zero Answer.
func Ask(_, _ *os.File) Answer { return Answer{} }
