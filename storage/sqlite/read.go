package sqlite

import (
	"cmp"
	"context"
	"sync"

	"github.com/account-settings/pinghome/storage"
)

// maxReaders is how many reading connections there are at most. A read takes some
// ten microseconds, so a few serve many callers; each has about 2 MB of cache.
const maxReaders = 4

// Read is that of storage.Store.
func (d *DB) Read(ctx context.Context, fn func(*storage.Tx) error) error {
	return d.read(ctx, fn, false)
}

// ReadOne is that of storage.Store. A statement sees one snapshot by itself, and a transaction around
// it takes as long as a third of it.
func (d *DB) ReadOne(ctx context.Context, fn func(*storage.Tx) error) error {
	return d.read(ctx, fn, true)
}

func (d *DB) read(ctx context.Context, fn func(*storage.Tx) error, isAlone bool) error {
	c, err := d.readers.acquire(ctx)
	if err != nil {
		return err
	}
	isSound := false // after a panic or an error the connection is not used again
	defer func() { d.readers.release(c, isSound) }()
	if !isAlone {
		if err := c.run("BEGIN"); err != nil {
			return err
		}
	}
	s := &session{ctx: ctx, conn: c, isAlone: isAlone}
	err = fn(storage.NewTx(ctx, s, d.options.Now(), storage.Hooks{ByIndex: byIndex}))
	s.ended = true
	if fault := cmp.Or(s.fatal, err); fault != nil {
		err = d.noteDamage(fault)
	}
	isSound = isAlone && s.fatal == nil || !isAlone && c.run("COMMIT") == nil
	return err
}

// byIndex is what names the index by which a table is read.
const byIndex = " INDEXED BY "

// readers is a pool of connections, opened when they are first needed. The one
// released last is acquired first: the pages in its cache are the newest.
type readers struct {
	path string
	slot chan struct{} // has one element for each acquired connection

	mu     sync.Mutex
	idle   []*conn
	closed bool
}

func newReaders(path string) *readers {
	return &readers{path: path, slot: make(chan struct{}, maxReaders)}
}

// acquire takes an idle connection or opens one, and waits while maxReaders are
// acquired. Errors: busy, unavailable.
func (r *readers) acquire(ctx context.Context) (*conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, storage.CancelledError(err)
	}
	select {
	case r.slot <- struct{}{}:
	case <-ctx.Done():
		return nil, storage.CancelledError(ctx.Err())
	}
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		<-r.slot
		return nil, errClosed()
	}
	if n := len(r.idle); n > 0 {
		c := r.idle[n-1]
		r.idle = r.idle[:n-1]
		r.mu.Unlock()
		return c, nil
	}
	r.mu.Unlock()
	c, err := dial(ctx, r.path, reading)
	if err != nil {
		<-r.slot
		return nil, err
	}
	return c, nil
}

// release returns a connection to the pool, or closes it when it is not sound.
func (r *readers) release(c *conn, isSound bool) {
	if isSound {
		r.mu.Lock()
		r.idle = append(r.idle, c)
		r.mu.Unlock()
	} else {
		c.close()
	}
	<-r.slot
}

// close waits for the running reads and closes every connection.
func (r *readers) close() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	for range maxReaders {
		r.slot <- struct{}{}
	}
	for _, c := range r.idle {
		c.close()
	}
	for range maxReaders {
		<-r.slot
	}
}
