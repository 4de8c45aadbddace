//go:build !unix

package terminal

import "os"

// Open returns a plain terminal: what is typed before it is taken stays in the system's
// own buffer here.
func Open(in, out *os.File, _ []byte) (Screen, error) { return Plain(in, out), nil }
