package sqlite

import (
	"context"
	"path/filepath"
)

// CheckUnused refuses a file that a process has open, this one too: busy. It must not be called while
// this process needs a lock on the file.
func CheckUnused(ctx context.Context, path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return fileError("open", path, err)
	}
	return checkUnused(ctx, WithoutLink(path))
}
