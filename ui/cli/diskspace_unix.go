//go:build linux || darwin

package cli

import "golang.org/x/sys/unix"

// diskSpace returns how many bytes the user may still write to the disk of a folder.
func diskSpace(folder string) (free uint64, isKnown bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil || s.Bsize < 0 {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true
}

// mayWrite reports whether the user may make files in a folder.
func mayWrite(folder string) bool { return unix.Access(folder, unix.W_OK|unix.X_OK) == nil }

// mayWriteFile reports whether the user may write a file.
func mayWriteFile(path string) bool { return unix.Access(path, unix.W_OK) == nil }
