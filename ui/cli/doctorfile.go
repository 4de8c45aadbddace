package cli

import (
	"cmp"
	"context"
	"os"
	"path/filepath"

	"github.com/account-settings/pinghome/storage/sqlite"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// examineFile looks at the file, its tables, its key and the clock.
func (d *database) examineFile(ctx context.Context, path string) []finding {
	isThere, err := d.exists(ctx)
	if err == nil && !isThere {
		err = cmp.Or(d.refuseWithKey(), exit.NotFound("%s.", d.engine.missing()))
	}
	if err != nil {
		return []finding{wrong("file", "%v", err)}
	}
	if err := d.openStore(ctx); err != nil {
		return []finding{wrong("file", "%v", err)}
	}
	defer d.close()
	all := []finding{fine("file", "%s, whole", path), fine("tables", "version %d, the newest", d.db.Version())}
	if err := cmp.Or(d.db.Check(ctx), refuseUnwritable(path)); err != nil {
		all[0] = wrong("file", "%v", err)
	}
	return append(append(all, d.examineKey(ctx), d.examineClock(ctx)), d.examineSpellings(ctx)...)
}

// refuseUnwritable refuses a database of which a file may not be written: itself, or
// what SQLite keeps beside it.
func refuseUnwritable(path string) error {
	path = sqlite.WithoutLink(path)
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if exists(name) && !mayWriteFile(name) {
			return exit.Failed("%s cannot be written, so nothing can be changed. Correct the permissions of the file and its folder.", name)
		}
	}
	return nil
}

// minSpace is how many bytes have to be free beside those of a backup.
const minSpace = 64 << 20

// examineDisk looks at the folder of the database: SQLite makes files there.
func examineDisk(path string) finding {
	folder := existingFolder(filepath.Dir(path))
	if !mayWrite(folder) {
		return wrong("disk", "you may not make files in %s", folder)
	}
	free, isKnown := diskSpace(folder)
	if !isKnown {
		return fine("disk", "you may make files in %s", folder)
	}
	needs := uint64(minSpace)
	if info, err := os.Stat(path); err == nil {
		needs += uint64(max(0, info.Size()))
	}
	if free < needs {
		return wrong("disk", "%d MB are free; a backup and some changes need %d MB", free>>20, needs>>20)
	}
	return fine("disk", "%d MB are free", free>>20)
}

// existingFolder returns the folder itself, or else the nearest one above it that is
// there.
func existingFolder(folder string) string {
	for !exists(folder) && folder != filepath.Dir(folder) {
		folder = filepath.Dir(folder)
	}
	return folder
}
