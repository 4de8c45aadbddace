//go:build !unix

package cli

import "io/fs"

// isOfRoot reports whether a file belongs to root; there is none here.
func isOfRoot(fs.FileInfo) bool { return false }
