package draft

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// unfinished is the name pattern of a file being written, and leftover how old
// one must be before it can only come from a process that died over it.
const (
	unfinished = "saving-*"
	leftover   = time.Hour
)

// Sweep removes what is past its Lifetime, and what dead processes left. It
// reads the whole folder, so it is run beside the console's first frame and
// not before. A file that cannot be removed is left for the next time.
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
		if err == nil && info.Mode().IsRegular() && s.isRubbish(entry.Name(), info.ModTime()) {
			os.Remove(filepath.Join(s.dir, entry.Name()))
		}
	}
}

// isRubbish goes by the time of the file: opening each would cost more, and a
// draft's file is as old as its last Save. Files of others are not touched.
func (s *Store) isRubbish(name string, changed time.Time) bool {
	if isUnfinished, _ := filepath.Match(unfinished, name); isUnfinished {
		return s.now().Sub(changed) > leftover
	}
	return (strings.HasSuffix(name, suffix) || strings.HasSuffix(name, damaged)) && s.isOver(changed)
}
