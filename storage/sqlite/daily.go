package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Backups are made before the first change of a day (UTC), by the process that
// makes the change.
type Backups struct {
	Folder string // made when it is missing
	Keep   int    // the newest that are kept; at least 1
	// Report is called with each backup that was made, or with why none could be.
	// The change is made all the same. nil: it is not told.
	Report func(path string, err error)
}

// backUpDaily makes the backup of the day. Other changes wait for it, so that none
// of them is in it.
func (d *DB) backUpDaily() {
	b := d.options.Backups
	if b == nil {
		return
	}
	day := d.options.Now().Unix() / int64(24*time.Hour/time.Second)
	if d.backupDay.Load() == day {
		return
	}
	d.oneBackup.Lock()
	defer d.oneBackup.Unlock()
	if d.backupDay.Swap(day) == day { // and no second try at every change, when it fails
		return
	}
	made, err := d.DailyBackup(d.life, b.Folder, max(1, b.Keep))
	if b.Report != nil && (made != "" || err != nil) {
		b.Report(made, err)
	}
}

// DailyBackup makes a backup of the day in a folder, unless there is one, and then
// removes the oldest ones beyond keep. made is its path; "" when there was one.
// Processes may ask at the same time. Errors: unavailable, busy.
func (d *DB) DailyBackup(ctx context.Context, folder string, keep int) (made string, err error) {
	const layout = "2006-01-02"
	base := filepath.Base(d.path)
	name := func(day string) string { return filepath.Join(folder, base+"."+day+".backup") }
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fileError("back up to", folder, err)
	}
	lockFile, err := lock(ctx, filepath.Join(folder, base))
	if err != nil {
		return "", err
	}
	defer lockFile.Close()
	today := name(d.Now().UTC().Format(layout))
	if _, err := os.Stat(today); err == nil {
		return "", nil
	}
	if err := d.Backup(ctx, today); err != nil {
		return "", err
	}
	all, _ := filepath.Glob(escapeGlob(filepath.Join(folder, base)) + ".[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].backup")
	slices.Sort(all)
	for _, old := range all[:max(0, len(all)-keep)] {
		_ = os.Remove(old)
	}
	return today, nil
}
