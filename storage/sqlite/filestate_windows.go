package sqlite

import (
	"os"

	"golang.org/x/sys/windows"
)

// fileState tells a file from others of its name.
type fileState struct {
	volume      uint32
	index, size uint64
}

// stateOf looks at a file at once. os.Stat leaves what tells files apart to os.SameFile, which asks for
// the file that has the name by then, and does not let others write to it meanwhile.
func stateOf(name string) (fileState, error) {
	path, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return fileState{}, err
	}
	const share = windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE | windows.FILE_SHARE_DELETE
	file, err := windows.CreateFile(path, windows.FILE_READ_ATTRIBUTES, share, nil, windows.OPEN_EXISTING, windows.FILE_FLAG_BACKUP_SEMANTICS, 0)
	if err != nil {
		return fileState{}, &os.PathError{Op: "open", Path: name, Err: err}
	}
	defer windows.CloseHandle(file) //nolint:errcheck // nothing was written
	var info windows.ByHandleFileInformation
	if err := windows.GetFileInformationByHandle(file, &info); err != nil {
		return fileState{}, &os.PathError{Op: "look at", Path: name, Err: err}
	}
	join := func(high, low uint32) uint64 { return uint64(high)<<32 | uint64(low) }
	return fileState{info.VolumeSerialNumber, join(info.FileIndexHigh, info.FileIndexLow), join(info.FileSizeHigh, info.FileSizeLow)}, nil
}

func (s fileState) isSame(other fileState) bool {
	return s.volume == other.volume && s.index == other.index
}

// modified returns when a file was last written, in nanoseconds.
func modified(name string) (int64, error) {
	info, err := os.Stat(name)
	if err != nil {
		return 0, err
	}
	return info.ModTime().UnixNano(), nil
}
