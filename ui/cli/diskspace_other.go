//go:build !linux && !darwin

package cli

// diskSpace is not known here.
func diskSpace(string) (free uint64, isKnown bool) { return 0, false }

// mayWrite is not known here; the first change finds out.
func mayWrite(string) bool { return true }

// mayWriteFile is not known here; the start of a server finds out.
func mayWriteFile(string) bool { return true }
