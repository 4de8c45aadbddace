package storage

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Change runs fn in a transaction that may read and write, and returns after
// what fn did is on the disk for good, or was undone because fn returned an
// error, which Change returns as it is.
//
// fn is called once, or not at all when ctx ends or the lock is not to be had
// before its turn; it may run on another goroutine and must not call Change or
// do anything slow, since everybody waits. A panic in fn undoes its work and
// goes on in the caller, as a *Panic.
//
// Errors of its own: read_only, busy, unavailable.
func (d *DB) Change(ctx context.Context, fn func(*Tx) error) error {
	if d.writer == nil {
		return backend.Errorf(backend.CodeReadOnly, "%s is open for reading only; start without read-only to change something.", d.path)
	}
	if err := d.sound(ctx); err != nil {
		return err
	}
	c := &change{ctx: ctx, fn: fn, until: time.Now().Add(d.options.Wait), done: make(chan struct{})}
	leads, err := d.queueOrLead(c)
	if err != nil {
		return err
	}
	if leads {
		d.lead(c)
		return c.answer()
	}
	select {
	case <-c.done:
	case <-ctx.Done():
		if c.state.CompareAndSwap(waiting, left) {
			return stopped(ctx.Err())
		}
		<-c.done // it has begun, and its answer is the only true one
	}
	return c.answer()
}

// Panic is what Change panics with when its fn did: the value, and the stack
// of the goroutine that fn ran on.
type Panic struct {
	Value any
	Stack []byte
}

func (p *Panic) Error() string { return fmt.Sprintf("%v\n\n%s", p.Value, p.Stack) }

// Unwrap returns the value when it is an error.
func (p *Panic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}

// change is one call of Change on its way through the writer. The state says
// who owns the other fields: the writer while running, the caller once done.
type change struct {
	ctx   context.Context
	fn    func(*Tx) error
	until time.Time // when to stop waiting for the lock
	state atomic.Int32
	done  chan struct{}

	err    error
	panic  *Panic
	exited bool // fn ended its goroutine, as t.FailNow does
}

const (
	waiting = iota // queued; the caller may still leave
	running        // taken by the writer
	left           // the caller has gone
)

// run calls fn and keeps how it ended. It does not return when fn ended the
// goroutine.
func (c *change) run(t *Tx) {
	returned := false
	defer func() {
		t.over = true
		if returned {
			return
		}
		if v := recover(); v != nil {
			c.panic = &Panic{Value: v, Stack: stack()}
		} else {
			c.exited = true
		}
	}()
	c.err = c.fn(t)
	returned = true
	if t.fatal != nil {
		c.err = t.fatal // fn may have overlooked it
	}
}

func stack() []byte {
	buf := make([]byte, 16<<10)
	return buf[:runtime.Stack(buf, false)]
}

// failure returns nil when fn went well.
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

// answer ends Change in the way in which fn ended.
func (c *change) answer() error {
	if c.panic != nil {
		panic(c.panic)
	}
	if c.exited {
		runtime.Goexit()
	}
	return c.err
}
