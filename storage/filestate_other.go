//go:build !linux

package storage

import "os"

// fileState tells a file from others of its name.
type fileState struct {
	info os.FileInfo
	size int64
}

func stateOf(name string) (fileState, error) {
	info, err := os.Stat(name)
	if err != nil {
		return fileState{}, err
	}
	return fileState{info, info.Size()}, nil
}

func (s fileState) isSame(other fileState) bool { return os.SameFile(s.info, other.info) }
