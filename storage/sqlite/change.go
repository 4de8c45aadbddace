package sqlite

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// Change is that of storage.Store. There is one writer to a file, so it takes no account to keep
// changes apart.
//
// fn is called once, or not at all when ctx ends or the write lock cannot be had
// in time. It may run on another goroutine. It must not call Change or do anything
// slow, since all other changes wait for it. A panic in fn undoes its work and
// continues in the caller as a *storage.Panic.
//
// Errors of its own: read_only, busy, unavailable.
func (d *DB) Change(ctx context.Context, _ string, fn func(*storage.Tx) error) error {
	if d.writer == nil {
		return backend.Errorf(backend.CodeReadOnly, "%s is open for reading only; start without read-only to change something.", d.path)
	}
	if err := d.waitForCheck(ctx); err != nil {
		return err
	}
	d.backUpDaily()
	now := time.Now()
	c := &change{ctx: ctx, fn: fn, asked: now, until: now.Add(d.options.Wait), done: make(chan struct{})}
	isClaimed, err := d.claimOrQueue(c)
	if err != nil {
		return err
	}
	if isClaimed {
		d.commitAlone(c)
		return c.answer()
	}
	select {
	case <-c.done:
	case <-ctx.Done():
		if c.state.CompareAndSwap(waiting, abandoned) {
			return storage.CancelledError(ctx.Err())
		}
		<-c.done // it is running, and only its answer says whether something was changed
	}
	return c.answer()
}

// change is one call of Change while it is queued or run. Its state says which
// goroutine owns the other fields: the writer's while running, the caller's once
// done is closed.
type change struct {
	ctx   context.Context
	fn    func(*storage.Tx) error
	asked time.Time // when it was asked for
	until time.Time // when to stop waiting for the write lock
	state atomic.Int32
	done  chan struct{}

	tx     *storage.Tx // that it was run in
	err    error
	panic  *storage.Panic
	exited bool // fn ended its goroutine, as t.FailNow does
}

const (
	waiting   = iota // queued; the caller may still give up
	running          // taken by the writer
	abandoned        // the caller gave up while it was queued; it must not run
)

// run calls fn and records how it ended: an error, a panic, or the end of the
// goroutine, in which case run does not return.
func (c *change) run(t *storage.Tx, s *session) {
	c.tx = t
	returned := false
	defer func() {
		s.ended = true
		if returned {
			return
		}
		if v := recover(); v != nil {
			c.panic = storage.NewPanic(v)
		} else {
			c.exited = true
		}
	}()
	c.err = t.Run(c.fn)
	returned = true
	if s.fatal != nil {
		c.err = s.fatal // also when fn ignored the error
	}
}

// failure returns why fn did not succeed; nil when it did.
func (c *change) failure() error {
	switch {
	case c.panic != nil:
		return c.panic
	case c.exited:
		return errExited
	}
	return c.err
}

var errExited = &backend.Error{Code: backend.CodeInternal, Message: "The program gave up in the middle of a change; nothing was changed.",
	Err: errors.New("a change ended the goroutine of the writer")}

// answer makes Change end as fn ended: with its error, its panic, or the end of the
// goroutine.
func (c *change) answer() error {
	if c.panic != nil {
		panic(c.panic)
	}
	if c.exited {
		runtime.Goexit()
	}
	if c.err == nil {
		c.tx.Committed()
	}
	return c.err
}
