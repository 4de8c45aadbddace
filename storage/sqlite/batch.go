package sqlite

import (
	"context"
	"errors"
	"runtime"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// Changes are committed in batches. A commit under synchronous=FULL waits once
// for the disk, and there can be only one at a time, so without batches many
// callers would be no faster than one. The goroutine that has the writer takes
// all queued changes, runs each in a savepoint of its own, and commits once. Only
// then do the callers get their answers. A change that fails is rolled back
// alone. An error that ends the transaction, such as a full disk, fails the whole
// batch, and nothing of it was changed.
//
// Foreign keys must not be deferred to the commit: a violation by one change
// would fail the others.

// claimOrQueue claims the writer for the caller when it is free, and queues the
// change otherwise. Running a change on its caller's goroutine saves two
// goroutine switches, a fifth of the time of a commit.
func (d *DB) claimOrQueue(c *change) (isClaimed bool, err error) {
	if err := c.ctx.Err(); err != nil {
		return false, storage.CancelledError(err)
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

// commitAlone commits a change as a batch of one. The caller has claimed the writer.
func (d *DB) commitAlone(c *change) {
	defer d.releaseWriter()
	d.commit(c.ctx, []*change{c})
}

// releaseWriter passes the writer on to the queued changes, or frees it when there
// are none. It must be deferred: a change can end the goroutine that it runs on.
func (d *DB) releaseWriter() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.queue) > 0 {
		go d.commitBatches()
		return
	}
	d.writing = false
	d.free.Broadcast()
}

// commitBatches commits the queue batch by batch until it is empty.
func (d *DB) commitBatches() {
	defer d.releaseWriter()
	for batch := d.takeQueue(); len(batch) > 0; batch = d.takeQueue() {
		d.commit(context.Background(), batch)
		// The callers that were just answered tend to make their next change
		// at once. Letting some of them run first makes the next batch larger;
		// waiting for all of them was measured to gain nothing more.
		runtime.Gosched()
	}
}

// takeQueue empties the queue and returns it.
func (d *DB) takeQueue() []*change {
	d.mu.Lock()
	defer d.mu.Unlock()
	batch := d.queue
	d.queue = nil
	return batch
}

// commit runs a batch as one transaction and answers every caller, also when a
// change ends the goroutine. ctx bounds the wait for the write lock.
func (d *DB) commit(ctx context.Context, batch []*change) {
	err := error(errExited)
	defer func() { d.finish(batch, err) }()
	err = d.runBatch(ctx, batch)
}

// runBatch runs the changes of a batch in a new transaction. It returns an error
// when nothing of the batch can be committed; the error of a change is kept in the
// change.
func (d *DB) runBatch(ctx context.Context, batch []*change) error {
	if err := d.begin(ctx, batch[len(batch)-1].until); err != nil {
		return err
	}
	d.observeTurn(batch)
	now := d.options.Now()
	for _, c := range batch {
		if !c.state.CompareAndSwap(waiting, running) {
			continue
		}
		if err := c.ctx.Err(); err != nil {
			c.err = storage.CancelledError(err)
			continue
		}
		s := &session{ctx: c.ctx, conn: d.writer}
		t := storage.NewTx(c.ctx, s, now, d.hooks)
		if len(batch) == 1 {
			c.run(t, s)
			return c.failure()
		}
		if err := d.runInSavepoint(c, t, s); err != nil {
			return err
		}
	}
	return nil
}

// runInSavepoint runs a change in a savepoint of its own. It returns an error only
// when the transaction around it is lost.
func (d *DB) runInSavepoint(c *change, t *storage.Tx, s *session) error {
	if err := d.writer.run("SAVEPOINT change"); err != nil {
		return err
	}
	c.run(t, s)
	if s.fatal != nil {
		return s.fatal
	}
	if c.failure() != nil {
		if err := d.writer.run("ROLLBACK TO change"); err != nil {
			return err
		}
	}
	return d.writer.run("RELEASE change")
}

// begin takes the write lock, then checks that the files are still the ones that
// were opened and that no newer program has migrated them. SQLite itself would go
// on writing into files that were removed, and the changes would be lost.
func (d *DB) begin(ctx context.Context, until time.Time) error {
	if d.unwritable != nil {
		return d.unwritable
	}
	err := retry(ctx, until, func() error { return d.writer.run("BEGIN IMMEDIATE") })
	if err != nil {
		return err
	}
	if err := d.checkFiles(); err != nil {
		d.isLogGone = errors.Is(err, errLogMoved)
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

// finish commits, or rolls back when err is not nil, and answers all callers.
func (d *DB) finish(batch []*change, err error) {
	if err == nil {
		err = d.observeCommit(batch, func() error { return d.writer.run("COMMIT") })
	}
	if err != nil {
		// This fails when the transaction never began or SQLite has ended it already.
		_ = d.writer.run("ROLLBACK")
	}
	d.noteFault(err)
	if err == nil {
		d.noteLog()
	}
	d.saveLog()
	for _, c := range batch {
		c.state.CompareAndSwap(waiting, running) // from here on the caller can no longer leave
		if err != nil && c.failure() == nil {
			c.err = err
		}
		close(c.done)
	}
	d.checkpoint(err == nil)
}
