//go:build unix

package cli

import (
	"io/fs"
	"syscall"
)

// isOfRoot reports whether a file belongs to root.
func isOfRoot(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && stat.Uid == 0
}
