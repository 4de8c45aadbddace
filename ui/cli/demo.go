package cli

import (
	"os"
	"path/filepath"
)

// demoFolder is how the folders of demos are called, in the folder for
// temporary files.
const demoFolder = "pinghome-demo-"

// demoPlace is a new folder for a database that ends with the console. Its
// drafts have the same scope each time, since its accounts are the same too.
func demoPlace(isReadOnly bool) (*place, error) {
	sweepDemos(os.TempDir())
	dir, lock, err := makeDemoFolder()
	if err != nil {
		return nil, failed("There is no room for the demo: %w; set TMPDIR to a folder that you may write to.", err)
	}
	path := filepath.Join(dir, "pinghome.db")
	return &place{path: path, key: path + ".key", word: "demo", scope: "demo", isReadOnly: isReadOnly, throwaway: dir, lock: lock}, nil
}

// makeDemoFolder makes a folder and holds it for as long as the process lives,
// whichever way it ends. One that another demo sweeps away before it is held is
// made again. Where nothing can be held, nobody sweeps either.
func makeDemoFolder() (dir string, lock *os.File, err error) {
	for range 5 {
		if dir, err = os.MkdirTemp("", demoFolder); err != nil {
			return "", nil, err
		}
		lock, isHeld := hold(dir)
		if _, err := os.Stat(dir); err == nil && isHeld {
			return dir, lock, nil
		}
		lock.Close() // nil is closed already
		os.RemoveAll(dir)
	}
	dir, err = os.MkdirTemp("", demoFolder)
	return dir, nil, err
}

// sweepDemos removes the folders of demos that were killed: nobody holds them.
func sweepDemos(temporary string) {
	found, _ := filepath.Glob(filepath.Join(temporary, demoFolder+"*"))
	for _, dir := range found {
		if info, err := os.Lstat(dir); err != nil || !info.IsDir() || !isMine(info) {
			continue
		}
		if lock, isHeld := hold(dir); isHeld {
			os.RemoveAll(dir)
			lock.Close()
		}
	}
}
