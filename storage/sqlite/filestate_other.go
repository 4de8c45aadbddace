//go:build !linux && !windows

package sqlite

import "os"

// fileState tells a file from others of its name.
type fileState struct {
	info os.FileInfo
	size uint64
}

func stateOf(name string) (fileState, error) {
	info, err := os.Stat(name)
	if err != nil {
		return fileState{}, err
	}
	return fileState{info, uint64(max(0, info.Size()))}, nil
}

func (s fileState) isSame(other fileState) bool { return os.SameFile(s.info, other.info) }

// modified returns when a file was last written, in nanoseconds.
func modified(name string) (int64, error) {
	info, err := os.Stat(name)
	if err != nil {
		return 0, err
	}
	return info.ModTime().UnixNano(), nil
}
