package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// examineBackups looks for the newest backup, and whether it could be restored.
func (d *database) examineBackups(ctx context.Context, path string) finding {
	if d.backups == nil {
		return fine("backups", "none are made, as the configuration says")
	}
	if folder := existingFolder(d.backups.Folder); !mayWrite(folder) {
		return wrong("backups", "none can be made in %s, because you may not make files in %s", d.backups.Folder, folder)
	}
	newest, err := newestBackup(d.backups.Folder, path)
	switch {
	case err != nil:
		return wrong("backups", "%s cannot be read: %v", d.backups.Folder, errors.Unwrap(err))
	case newest == "":
		return fine("backups", "there is none yet; the first is made before a change")
	}
	return d.examineBackup(ctx, newest)
}

// newestBackup is the newest backup of a database in a folder, "" for none.
func newestBackup(folder, path string) (string, error) {
	files, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	own := filepath.Base(sqlite.WithoutLink(path)) + ".*.backup" // a folder may have those of several databases
	for _, file := range slices.Backward(files) {                // they are sorted by name, and so by day
		if ok, _ := filepath.Match(own, file.Name()); ok {
			return filepath.Join(folder, file.Name()), nil
		}
	}
	return "", nil
}

// examineBackup tells whether a backup is whole, and whether the key that it was made
// with is where "pinghome restore" looks for it.
func (d *database) examineBackup(ctx context.Context, path string) finding {
	saved, err := sqlite.OpenBackup(ctx, path)
	if err != nil {
		return wrong("backups", "the newest cannot be restored: %v", err)
	}
	defer saved.Close()
	fingerprint := ""
	if saved.HasFacts() {
		if fingerprint, err = local.StoredFingerprint(ctx, saved); err != nil {
			return wrong("backups", "the newest, %s, cannot be read: %v", path, err)
		}
	}
	key, _ := d.presentKey() // what is wrong with that is told of the key
	switch {
	case !saved.HasFacts():
		return fine("backups", "the newest is %s, whole; it is of an older version, which did not note the key: keep a copy of that", path)
	case fingerprint == "":
		return fine("backups", "the newest is %s, whole; it is from before the first key, and needs none", path)
	case key != nil && fingerprint == local.KeyFingerprint(key):
		return fine("backups", "the newest is %s, whole; the key opens it", path)
	case os.Getenv(keyVariable) == "" && d.keptKey(fingerprint, path) != nil:
		return fine("backups", "the newest is %s, whole; a key that is kept opens it", path)
	}
	is := "is not there"
	if key != nil {
		is = "has the fingerprint " + local.KeyFingerprint(key)
	}
	return wrong("backups", "the newest, %s, was made with the key %s; %s %s, and no such key is kept. Copy it to %s.key", path, fingerprint, d.keyName(), is, path)
}
