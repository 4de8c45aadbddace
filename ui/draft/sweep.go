package draft

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	savingPattern = "saving-*" // the names of files that are being written
	savingLimit   = time.Hour  // an older one was left by a process that was killed
)

// Sweep removes drafts older than Lifetime, and unfinished files of processes that
// were killed. It reads the whole folder, so it should not delay the console's
// first frame. A file that cannot be removed is left for the next Sweep.
func (s *Store) Sweep() {
	if s == nil {
		return
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err == nil && info.Mode().IsRegular() && s.isStale(entry.Name(), info.ModTime()) {
			os.Remove(filepath.Join(s.dir, entry.Name()))
		}
	}
}

// isStale reports whether a file can be removed. It judges by the file's time,
// which is that of the last Save, and is false for files of other programs.
func (s *Store) isStale(name string, changed time.Time) bool {
	if isUnfinished, _ := filepath.Match(savingPattern, name); isUnfinished {
		return s.now().Sub(changed) > savingLimit
	}
	return (strings.HasSuffix(name, suffix) || strings.HasSuffix(name, damaged)) && s.isExpired(changed)
}
