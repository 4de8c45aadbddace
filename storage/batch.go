package storage

import (
	"context"
	"runtime"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// A commit under synchronous=FULL waits once for the disk, and only one can
// be under way, so many callers together are no faster than one. The writer
// therefore takes all changes that wait, runs each in a savepoint of its own
// and pays for one commit. Nobody is answered before it, and a change that
// fails takes back its own work only. What ends the transaction itself, such
// as a full disk, fails the whole batch: then nothing of it was changed.
//
// Foreign keys must not be deferred to the commit, where one change would
// fail the others.

// write is the writer's goroutine: one batch after the other until the file
// is closed and nobody waits.
func (d *DB) write() {
	finished := false
	defer func() {
		if !finished { // a change ended this goroutine: the rest need another
			go d.write()
		}
	}()
	for {
		batch := d.take()
		if batch == nil {
			break
		}
		d.commit(batch)
		if len(batch) > 1 {
			// The answered callers are about to come back; letting them run
			// first makes the next batch a full one too.
			runtime.Gosched()
		}
	}
	finished = true
	close(d.idle)
}

// take waits for changes and returns all that wait, or nil at the end.
func (d *DB) take() []*change {
	for {
		d.mu.Lock()
		batch, closed := d.queue, d.closed
		d.queue = nil
		d.mu.Unlock()
		if len(batch) > 0 {
			return batch
		}
		if closed {
			return nil
		}
		<-d.wake
	}
}

// commit runs a batch as one transaction and answers every caller, even when
// a change ends the goroutine half-way.
func (d *DB) commit(batch []*change) {
	err := error(errExited)
	defer func() { d.settle(batch, err) }()
	err = d.runAll(batch)
}

// runAll returns an error when nothing of the batch can be committed.
func (d *DB) runAll(batch []*change) error {
	if err := d.begin(batch[len(batch)-1].until); err != nil {
		return err
	}
	now := d.options.Now()
	for _, c := range batch {
		if !c.state.CompareAndSwap(waiting, running) {
			continue
		}
		if err := c.ctx.Err(); err != nil {
			c.err = stopped(err)
			continue
		}
		t := newTx(c.ctx, d.writer, now)
		if len(batch) == 1 {
			c.run(t)
			return c.failure()
		}
		if err := d.runOne(c, t); err != nil {
			return err
		}
	}
	return nil
}

// runOne runs a change in a savepoint and returns an error only when the
// transaction around it is lost.
func (d *DB) runOne(c *change, t *Tx) error {
	if err := d.writer.run("SAVEPOINT change"); err != nil {
		return err
	}
	c.run(t)
	if c.failure() != nil {
		if err := d.writer.run("ROLLBACK TO change"); err != nil {
			return err
		}
	}
	return d.writer.run("RELEASE change")
}

// begin takes the write lock, and then looks whether a newer program has
// migrated the file since it was opened.
func (d *DB) begin(until time.Time) error {
	err := retry(context.Background(), until, func() error { return d.writer.run("BEGIN IMMEDIATE") })
	if err != nil {
		return err
	}
	var version int
	if err := d.writer.scan("PRAGMA user_version", nil, &version); err != nil {
		return err
	}
	if version != d.version {
		return backend.Errorf(backend.CodeUnavailable,
			"Another version of the program has changed %s; close this one and start the newest.", d.path)
	}
	return nil
}

// settle commits, or rolls back because of err, and answers everybody.
func (d *DB) settle(batch []*change, err error) {
	if err == nil {
		err = d.writer.run("COMMIT")
	}
	if err != nil {
		// Fails when the transaction never began or SQLite ended it already.
		_ = d.writer.run("ROLLBACK")
	}
	for _, c := range batch {
		if c.state.CompareAndSwap(waiting, running); err != nil && c.failure() == nil {
			c.err = err
		}
		close(c.done)
	}
}
