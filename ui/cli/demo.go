package cli

import (
	"os"
	"path/filepath"

	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/shell"
)

// demoPrefix begins the names of demos' folders, in the folder for temporary files.
const demoPrefix = "pinghome-demo-"

// newDemo returns a database in a new folder, which is removed with the console.
func newDemo(isReadOnly bool) (*database, error) {
	removeStaleDemos(os.TempDir())
	dir, lock, err := makeDemoFolder()
	if err != nil {
		return nil, exit.Failed("There is no room for the demo: %w; set TMPDIR to a folder that you may write to.", err)
	}
	path := filepath.Join(dir, "pinghome.db")
	return &database{engine: fileEngine{path: path}, key: path + ".key", header: shell.DemoPlace, isReadOnly: isReadOnly, tempDir: dir, lock: lock}, nil
}

// makeDemoFolder makes a folder and locks it until the process ends, however it
// ends. Another demo may remove the folder before it is locked; then it is made
// again. lock is nil where folders cannot be locked, and nothing is removed.
func makeDemoFolder() (dir string, lock *os.File, err error) {
	for range 5 {
		if dir, err = os.MkdirTemp("", demoPrefix); err != nil {
			return "", nil, err
		}
		lock, isLocked := lockFolder(dir)
		if _, err := os.Stat(dir); err == nil && isLocked {
			return dir, lock, nil
		}
		lock.Close() // does nothing for nil
		os.RemoveAll(dir)
	}
	dir, err = os.MkdirTemp("", demoPrefix)
	return dir, nil, err
}

// removeStaleDemos removes the folders of demos that were killed, which no
// process has locked.
func removeStaleDemos(temporary string) {
	found, _ := filepath.Glob(filepath.Join(temporary, demoPrefix+"*"))
	for _, dir := range found {
		if info, err := os.Lstat(dir); err != nil || !info.IsDir() || !isOwn(info) {
			continue
		}
		if lock, isLocked := lockFolder(dir); isLocked {
			os.RemoveAll(dir)
			lock.Close()
		}
	}
}
