package storage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// backup copies the file to one beside it, named after its version and the
// time, such as accounts.db.v3-20260131T101500.123Z.backup. VACUUM INTO reads one
// snapshot, so it finishes although others write; SQLite's incremental backup
// starts over at every write.
func backup(ctx context.Context, c *conn, version int, now time.Time) error {
	to := fmt.Sprintf("%s.v%d-%s.backup", c.path, version, now.UTC().Format("20060102T150405.000Z"))
	// VACUUM INTO accepts an empty file. Creating it here sets its mode before there is data in it.
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return fileError("back up to", to, err)
	}
	defer f.Close()
	if _, err := c.pinned.ExecContext(ctx, "VACUUM INTO $1", to); err != nil {
		_ = os.Remove(to)
		return translate(c.path, err)
	}
	if err := f.Sync(); err != nil {
		return fileError("back up to", to, err)
	}
	if err := syncDir(filepath.Dir(to)); err != nil {
		return fileError("back up to", to, err)
	}
	return nil
}
