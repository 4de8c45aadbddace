package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"time"

	"github.com/account-settings/pinghome/backend/local"
)

// unfinishedKey matches the names of files in which keys are written before they get
// their own name (backend/local).
var unfinishedKey = regexp.MustCompile(`^\.key-[0-9]+$`)

// keyText matches what such a file can have in it.
var keyText = regexp.MustCompile(`^[0-9a-f]*\n?$`)

// unfinishedKeyAge is after how long such a file was left by a process that was
// killed: to write one takes milliseconds.
const unfinishedKeyAge = 10 * time.Minute

// removeUnfinishedKeys removes what killed processes have left of keys in a folder. A
// key that was left there is one more place from which it can be stolen.
func removeUnfinishedKeys(folder string, now time.Time) {
	entries, _ := os.ReadDir(folder) // in a folder that cannot be read they stay
	for _, entry := range entries {
		if !unfinishedKey.MatchString(entry.Name()) {
			continue
		}
		path := filepath.Join(folder, entry.Name())
		info, err := os.Lstat(path)
		if err != nil || !info.Mode().IsRegular() || !isOwn(info) || info.Size() > 2*local.KeySize+1 || now.Sub(info.ModTime()) < unfinishedKeyAge {
			continue
		}
		if text, err := os.ReadFile(path); err == nil && keyText.Match(text) {
			_ = os.Remove(path)
		}
	}
}
