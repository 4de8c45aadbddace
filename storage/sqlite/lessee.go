package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/storage"
)

// A process that leases messages has a file of its own beside the database, and keeps it
// locked. The system releases the lock when the process ends, however it ends: who can
// take the lock of another one's file knows that it is dead, and makes its messages due.
// A process that is only slow, or was stopped for a while, keeps its lock.
//
// The file is removed by the process itself or by the one that finds it. Names are never
// used again, so no process can lock a file in the place of the one that it found.

// lesseeMark is in the name of the file, between those of database and process.
const lesseeMark = ".process-"

// lessee is this process as one that leases messages.
type lessee struct {
	mu   sync.Mutex
	id   string   // "" before the first lease, and when there is no file
	file *os.File // locked; nil when it could not be made
	done bool     // the file was made, or could not be
}

// lesseeID returns the id under which this process leases, and locks its file with the
// first call. It is "" when there can be no file: then its leases end by time.
func (d *DB) lesseeID() string {
	l := &d.lessee
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.done {
		l.done = true
		l.id, l.file = lockNew(d.path + lesseeMark)
	}
	return l.id
}

// lockNew makes and locks a file with a new name. Another process may find it before it is
// locked, take it for that of a dead one and remove it; then there is another new name.
func lockNew(prefix string) (id string, f *os.File) {
	for range 10 {
		id = uuid.NewString()
		f, err := os.OpenFile(prefix+id, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
		if err != nil {
			return "", nil
		}
		isLocked, err := tryLock(f)
		if err == nil && !isLocked && isStill(f, prefix+id) {
			return id, f
		}
		f.Close()
		if err != nil {
			os.Remove(prefix + id)
			return "", nil
		}
	}
	return "", nil
}

// isStill reports whether a name is still that of an open file.
func isStill(f *os.File, name string) bool {
	opened, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(name)
	return err == nil && os.SameFile(opened, named)
}

// ReleaseLeasesOfDead makes the messages due that processes had leased which have ended.
// It reads the folder of the database, and writes only when there was such a process.
func (d *DB) ReleaseLeasesOfDead(ctx context.Context) error {
	if d.writer == nil {
		return nil
	}
	folder, base := filepath.Split(d.path)
	entries, _ := os.ReadDir(folder) // in a folder that cannot be read the leases end by time
	for _, entry := range entries {
		id, isLessee := strings.CutPrefix(entry.Name(), base+lesseeMark)
		if !isLessee || id == d.ownLessee() {
			continue
		}
		if err := d.releaseIfDead(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// ownLessee is the id of this process, "" before its first lease.
func (d *DB) ownLessee() string {
	d.lessee.mu.Lock()
	defer d.lessee.mu.Unlock()
	return d.lessee.id
}

// releaseIfDead releases the leases of a process whose file is not locked, and removes
// the file.
func (d *DB) releaseIfDead(ctx context.Context, id string) error {
	name := d.path + lesseeMark + id
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return nil // another process has removed it just now
	}
	defer f.Close()
	if isLocked, err := tryLock(f); isLocked || err != nil {
		return nil
	}
	if err := d.Change(ctx, storage.NoAccount, func(tx *storage.Tx) error { return tx.ReleaseLeases(id) }); err != nil {
		return err
	}
	return errors.Join(f.Close(), removeIfThere(name))
}

func removeIfThere(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// endLessee unlocks the file of this process. It is removed when no lease is left, and
// otherwise left to the next process, which releases them.
func (d *DB) endLessee() {
	l := &d.lessee
	l.mu.Lock()
	defer l.mu.Unlock()
	l.done = true
	if l.file == nil {
		return
	}
	left, err := d.writer.tx(context.Background(), d.Now()).CountLeases(l.id)
	l.file.Close()
	if err == nil && left == 0 {
		_ = removeIfThere(d.path + lesseeMark + l.id)
	}
	l.id, l.file = "", nil
}
