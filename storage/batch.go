package storage

import (
	"context"
	"os"
	"runtime"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// A commit under synchronous=FULL waits once for the disk, and only one can
// be under way, so many callers together are no faster than one. Whoever has
// the writer therefore takes all changes that wait, runs each in a savepoint
// of its own and pays for one commit. Nobody is answered before it, and a
// change that fails takes back its own work only. What ends the transaction
// itself, such as a full disk, fails the whole batch: then nothing of it was
// changed.
//
// Foreign keys must not be deferred to the commit, where one change would
// fail the others.

// queueOrLead gives a change its place: behind the others, or, when nobody
// has the writer, on the caller's own goroutine. That saves a lone caller two
// switches between goroutines, a fifth of the time of a commit.
func (d *DB) queueOrLead(c *change) (leads bool, err error) {
	if err := c.ctx.Err(); err != nil {
		return false, stopped(err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.closed:
		return false, errClosed()
	case !d.writing:
		d.writing = true
		return true, nil
	}
	d.queue = append(d.queue, c)
	return false, nil
}

// lead runs a change as a batch of its own.
func (d *DB) lead(c *change) {
	defer d.handOver()
	d.commit(c.ctx, []*change{c})
}

// handOver gives the writer to those who came meanwhile, if any. It is always
// deferred, since a change can end the goroutine that it runs on.
func (d *DB) handOver() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.queue) > 0 {
		go d.write()
		return
	}
	d.writing = false
	d.free.Broadcast()
}

// write commits one batch after the other until nobody waits.
func (d *DB) write() {
	defer d.handOver()
	for batch := d.take(); len(batch) > 0; batch = d.take() {
		d.commit(context.Background(), batch)
		// The answered callers are about to come back; letting some of them
		// run first makes the next batch larger. Waiting for all of them
		// made fewer batches and no difference to the rate.
		runtime.Gosched()
	}
}

// take returns the changes that wait.
func (d *DB) take() []*change {
	d.mu.Lock()
	defer d.mu.Unlock()
	batch := d.queue
	d.queue = nil
	return batch
}

// commit runs a batch as one transaction and answers every caller, even when
// a change ends the goroutine half-way. ctx is about waiting for the lock.
func (d *DB) commit(ctx context.Context, batch []*change) {
	err := error(errExited)
	defer func() { d.settle(batch, err) }()
	err = d.runAll(ctx, batch)
}

// runAll returns an error when nothing of the batch can be committed.
func (d *DB) runAll(ctx context.Context, batch []*change) error {
	if err := d.begin(ctx, batch[len(batch)-1].until); err != nil {
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
	if t.fatal != nil {
		return t.fatal
	}
	if c.failure() != nil {
		if err := d.writer.run("ROLLBACK TO change"); err != nil {
			return err
		}
	}
	return d.writer.run("RELEASE change")
}

// begin takes the write lock, and then looks whether the file is still the one
// that was opened, and a newer program has not migrated it since. SQLite would
// go on writing into a file that was removed, where nobody finds it again.
func (d *DB) begin(ctx context.Context, until time.Time) error {
	err := retry(ctx, until, func() error { return d.writer.run("BEGIN IMMEDIATE") })
	if err != nil {
		return err
	}
	if info, err := os.Stat(d.path); err != nil || !os.SameFile(info, d.file) {
		return backend.Errorf(backend.CodeUnavailable,
			"%s was moved, removed or replaced while it was open, so nothing was changed. Stop every pinghome, put the file in its place and start again.", d.path)
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
		c.state.CompareAndSwap(waiting, running) // from here on the answer counts
		if err != nil && c.failure() == nil {
			c.err = err
		}
		close(c.done)
	}
}
