//go:build !unix

package cli

// fileLimit is how many files this process may open; 0 when that is not known.
func fileLimit() uint64 { return 0 }
