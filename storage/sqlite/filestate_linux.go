package sqlite

import "golang.org/x/sys/unix"

// fileState tells a file from others of its name.
type fileState struct {
	device, inode uint64
	size          uint64
}

// stateOf looks at a file without asking for its times: since Linux 6.13 the next
// write to a file whose times were asked for has to sync them, too, and every change
// would take a quarter longer.
func stateOf(name string) (fileState, error) {
	var s unix.Statx_t
	if err := unix.Statx(unix.AT_FDCWD, name, 0, unix.STATX_INO|unix.STATX_SIZE, &s); err != nil {
		return fileState{}, err
	}
	return fileState{uint64(s.Dev_major)<<32 | uint64(s.Dev_minor), s.Ino, s.Size}, nil
}

func (s fileState) isSame(other fileState) bool {
	return s.device == other.device && s.inode == other.inode
}

// modified returns when a file was last written, in nanoseconds. Only the database itself
// is asked for it: see stateOf.
func modified(name string) (int64, error) {
	var s unix.Statx_t
	if err := unix.Statx(unix.AT_FDCWD, name, 0, unix.STATX_MTIME, &s); err != nil {
		return 0, err
	}
	return s.Mtime.Sec*1e9 + int64(s.Mtime.Nsec), nil
}
