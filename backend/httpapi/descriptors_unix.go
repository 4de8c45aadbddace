//go:build unix

package httpapi

import "syscall"

// descriptors is how many files this process may have open; 0 when that is not
// known.
func descriptors() int {
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit) != nil {
		return 0
	}
	return int(min(limit.Cur, 1<<20))
}
