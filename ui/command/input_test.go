//go:build unix

package command

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestAReadingEndsWithItsContext, also of a pipe in the file system that never gets a writer, whose opening does not end.
func TestAReadingEndsWithItsContext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var i input
	if _, err := i.bytes(ctx, path); !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	if writer, err := os.OpenFile(path, os.O_RDWR, 0); err == nil { // the reading goes on in vain until here
		writer.Close()
	}
}
