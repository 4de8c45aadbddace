package storage

import (
	"context"
	"sync"
)

// maxReaders bounds the reading connections. A read takes some ten
// microseconds, so a few serve many callers; each costs about 2 MB of cache.
const maxReaders = 4

// Read runs fn in a transaction that sees one state of the file throughout,
// whatever is being changed meanwhile, and returns fn's error as it is.
// Errors of its own: busy, unavailable.
func (d *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	c, err := d.readers.borrow(ctx)
	if err != nil {
		return err
	}
	sound := false // a connection that fn or an error left in doubt is not used again
	defer func() { d.readers.giveBack(c, sound) }()
	if err := c.run("BEGIN"); err != nil {
		return err
	}
	t := newTx(ctx, c, d.options.Now())
	err = fn(t)
	t.over = true
	sound = c.run("COMMIT") == nil
	return err
}

// readers is a stack of connections, opened when they are first needed. The
// one given back last is taken first: its pages are warm.
type readers struct {
	path string
	slot chan struct{} // one for each connection that may be out

	mu     sync.Mutex
	idle   []*conn
	closed bool
}

func newReaders(path string) *readers {
	return &readers{path: path, slot: make(chan struct{}, maxReaders)}
}

func (r *readers) borrow(ctx context.Context) (*conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, stopped(err)
	}
	select {
	case r.slot <- struct{}{}:
	case <-ctx.Done():
		return nil, stopped(ctx.Err())
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

func (r *readers) giveBack(c *conn, sound bool) {
	if sound {
		r.mu.Lock()
		r.idle = append(r.idle, c)
		r.mu.Unlock()
	} else {
		c.close()
	}
	<-r.slot
}

// close waits for the reads under way and closes every connection.
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
