package sqlite

import (
	"context"
	"os"
	"time"

	"github.com/account-settings/pinghome/storage"
)

// observeTurn tells the observer how long the changes of a batch have waited for the writer.
func (d *DB) observeTurn(batch []*change) {
	if d.options.Observer == nil {
		return
	}
	now := time.Now()
	for _, c := range batch {
		d.options.Observer.Waited(now.Sub(c.asked))
	}
}

// observeCommit tells the observer of the commit of a batch, unless all of it was refused.
func (d *DB) observeCommit(batch []*change, commit func() error) error {
	if d.options.Observer == nil {
		return commit()
	}
	made := 0
	for _, c := range batch {
		if c.tx != nil && c.failure() == nil {
			made++
		}
	}
	begun := time.Now()
	err := commit()
	if made > 0 {
		d.options.Observer.Committed(made, time.Since(begun), err)
	}
	return err
}

// Connections are those that read; the one that writes is not counted.
func (d *DB) Connections() storage.Connections {
	d.readers.mu.Lock()
	defer d.readers.mu.Unlock()
	return storage.Connections{InUse: len(d.readers.slot), Idle: len(d.readers.idle), Max: maxReaders}
}

// Size is that of the file and its log, in bytes.
func (d *DB) Size(context.Context) (size int64, err error) {
	for _, name := range []string{d.path, d.path + "-wal"} {
		info, err := os.Stat(name)
		if err != nil {
			return 0, fileError("find", name, err)
		}
		size += info.Size()
	}
	return size, nil
}
